import { expect, it } from '@jest/globals';
import type { ProcessingTime } from '#portability/model/time.js';
import {
  at,
  element,
  frameOf,
  GLOBAL_WINDOW,
  globalWindowCoder,
  pair,
  size,
  text,
} from './frames.fixture.js';
import { BYTES } from '../plan.fixture.js';
import { boundOf, residualOf, Restrictions, restrictionsOf, sizeOf } from './restrictions.js';

const coder = pair(text, size);
const now = (ms: number): ProcessingTime => ms as ProcessingTime;
const frame = frameOf(
  [element(['a', 3] as const, 5, GLOBAL_WINDOW), element(['b', 4] as const, 2, GLOBAL_WINDOW)],
  coder,
  globalWindowCoder,
);
const all = restrictionsOf(frame, { ...BYTES, elementCoder: coder }, now(0));

it('WM-1: each restriction holds at the timestamp of its element at first', () => {
  expect(all.map(({ watermark }) => watermark)).toEqual([5, 2]);
  const waiting = new Restrictions();
  for (const restriction of all) waiting.add(restriction);
  expect(boundOf(waiting.all)).toMatchObject({ time: 2, holder: { kind: 'restriction', idle: 0 } });
});

it('carry the size that the split step found', () => {
  expect(all.map(sizeOf)).toEqual([3, 4]);
});

it('SDF-4: wait for their delay and let others go first', () => {
  const waiting = new Restrictions();
  waiting.add({ ...all[0]!, resumeAt: now(100) });
  waiting.add({ ...all[1]!, watermark: at(7) });
  expect(waiting.resumeAt).toBe(0);
  expect(waiting.take(now(50), 10)).toMatchObject([{ watermark: 7 }]);
  expect(waiting.resumeAt).toBe(100);
  expect(waiting.take(now(50), 10)).toEqual([]);
  expect(waiting.take(now(100), 10)).toHaveLength(1);
  expect(waiting.resumeAt).toBeUndefined();
});

it('WM-10: an idle restriction is left out as long as another one is not idle', () => {
  const [late, early] = all.map((r, part) => ({ ...r, part }));
  const idle = { ...early!, idle: true };
  expect(boundOf([late!, idle])).toEqual({
    time: 5,
    holder: { kind: 'restriction', part: 0, since: 0, idle: 1 },
  });
  expect(boundOf([idle])).toMatchObject({ time: 2, holder: { part: 1 } });
  expect(boundOf([])).toBeUndefined();
});

it('WM-1: what is left of a restriction stands still since its watermark last moved', () => {
  const [of] = all;
  const rest = { ...of!, resumeAt: now(90) };
  expect(residualOf(rest, { ...of!, part: 3 }, now(80))).toMatchObject({ part: 3, since: 0 });
  expect(residualOf({ ...rest, watermark: at(6) }, of, now(80))).toMatchObject({ since: 80 });
});
