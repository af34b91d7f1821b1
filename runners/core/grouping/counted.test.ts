// What a bug here looks like: sums that are right, under triggers and metrics that count bundles.
import { describe, expect, it } from '@jest/globals';
import { CountedCoder, type Counted } from '#portability/coders/counted.js';
import { duration } from '#portability/model/time.js';
import type { TriggerSpec } from '#portability/model/triggers.js';
import type { WindowingStrategy } from '#portability/model/windowing.js';
import {
  at,
  element,
  elementsOf,
  frameOf,
  grouped,
  interval,
  pair,
  PAIRS,
  SESSIONS,
  TENS,
  tenOf,
  text,
} from '../input/frames.fixture.js';
import { indexOf } from '../input/frame-scan.js';
import { groupingOf } from './grouping-of.js';
import { LateDrops } from './late-drops.js';

const counted = pair(text, new CountedCoder(text));
const shape = { ...PAIRS, elementCoder: counted };
const every = (count: number): TriggerSpec => ({
  kind: 'repeat',
  subtrigger: { kind: 'element-count', count },
});

function open(windowing: WindowingStrategy) {
  const times = { input: at(-100), output: at(-100) };
  const options = { windowing, keyed: true, counted: true, accumulators: true, shape, times };
  const grouping = groupingOf(options);
  const late = new LateDrops(options);
  const panes = (): readonly string[] => {
    const frames = [];
    while (grouping.due) frames.push(...grouping.emit(1));
    return elementsOf(frames, grouped).map(({ value: [key, values] }) => key + values.join(''));
  };
  return {
    grouping,
    late,
    /** One accumulator in a bundle of its own. */
    add(key: string, count: number, value: string, time: number): readonly string[] {
      const window =
        windowing.windowFn.kind === 'sessions' ? interval(time, time + 5) : tenOf(time);
      const accumulator: Counted<string> = { count, value };
      const frame = frameOf([element([key, accumulator] as const, time, window)], counted);
      const index = indexOf(frame, shape);
      grouping.absorb(frame, index);
      late.note(grouping.droppedDueToLateness, frame, index, times.input);
      grouping.endBundle();
      return panes();
    },
    watermark(t: number): readonly string[] {
      times.input = at(t);
      grouping.advance();
      return panes();
    },
  };
}

describe.each([
  ['that do not merge', { ...TENS, trigger: every(3) }],
  ['that merge', { ...SESSIONS, trigger: every(3) }],
])('an accumulator in windows %s', (_, windowing) => {
  it('LFT-1: counts as many as it stands for, under a trigger that counts', () => {
    const all = open(windowing);
    expect(all.add('a', 2, 'x', 1)).toEqual([]);
    expect(all.add('b', 200, 'z', 1)).toEqual(['bz']);
    expect(all.add('a', 1, 'y', 1)).toEqual(['axy']);
  });

  it('LATE-3: counts as many as it stands for where the trigger has finished', () => {
    const all = open({ ...windowing, trigger: { kind: 'element-count', count: 1 } });
    expect(all.add('a', 7, 'x', 1)).toEqual(['ax']);
    expect(all.add('a', 130, 'y', 1)).toEqual([]);
    expect(all.grouping.droppedDueToClosedWindow).toBe(130);
  });
});

it.each([
  ['default', TENS],
  ['other', { ...TENS, trigger: every(3) }],
  ['default, of sessions', SESSIONS],
])('LATE-3: too late, it is as many drops as it stands for; trigger: %s', (_, windowing) => {
  const all = open({ ...windowing, allowedLateness: duration(0) });
  all.watermark(50);
  all.add('a', 130, 'x', 1);
  all.add('a', 1, 'y', 2);
  expect(all.grouping.droppedDueToLateness).toBe(131);
  expect(all.late.count).toBe(131);
  expect(all.late.samples).toHaveLength(2);
});

it('is kept without its count', () => {
  const all = open(TENS);
  all.add('a', 5, 'x', 1);
  all.add('a', 500, 'y', 2);
  expect(all.watermark(50)).toEqual(['axy']);
});
