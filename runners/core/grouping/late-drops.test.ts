import { expect, it } from '@jest/globals';
import { TIMESTAMP_MIN } from '#portability/model/time.js';
import { at, element, frameOf, TENS, tenOf, textPairs } from '../input/frames.fixture.js';
import { indexOf } from '../input/frame-scan.js';
import { PAIRS } from '../plan.fixture.js';
import { LateDrops } from './late-drops.js';

const drops = () => new LateDrops({ windowing: TENS, keyed: true, shape: PAIRS });

/** Elements of one key at these times, in windows of ten. */
function frame(...times: readonly number[]) {
  const whole = frameOf(
    times.map((time) => element(['k', String(time)] as const, time, tenOf(time))),
    textPairs,
  );
  return [whole, indexOf(whole, PAIRS)] as const;
}

it('LATE-1: keeps the late elements of a frame as samples, not those that were in time', () => {
  const late = drops();
  late.note(0, ...frame(1, 2), TIMESTAMP_MIN);
  late.note(2, ...frame(3, 25, 4), at(20));
  expect(late.count).toBe(2);
  expect(late.samples).toMatchObject([
    { timestamp: 3, watermark: 20, window: { start: 0, end: 10 } },
    { timestamp: 4, watermark: 20 },
  ]);
  expect(Buffer.from(late.samples[0]!.key).toString()).toContain('k');
});

it('keeps eight of any number: the first four, and from then on ever rarer ones', () => {
  const late = drops();
  for (let n = 1; n <= 5000; n++) late.note(n, ...frame(n % 10), at(n + 20));
  expect(late.count).toBe(5000);
  expect(late.samples.map(({ watermark }) => watermark - 20)).toEqual([
    ...[1, 2, 3, 4],
    ...[512, 1024, 2048, 4096],
  ]);
});
