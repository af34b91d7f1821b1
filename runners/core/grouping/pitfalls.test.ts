// The pitfalls of grouping that runners of the model have fallen into, by their numbers. A bug here would look
// like two on-time panes, a pane twice, a total that lost what came before a merge, or data that waits for ever.
import { describe, expect, it } from '@jest/globals';
import { duration, GLOBAL_WINDOW_END, TIMESTAMP_MAX } from '#portability/model/time.js';
import type { TriggerSpec } from '#portability/model/triggers.js';
import type { WindowingStrategy } from '#portability/model/windowing.js';
import { at, SESSIONS, TENS } from '../input/frames.fixture.js';
import { GroupingDriver } from './grouping.fixture.js';

const count = (n: number): TriggerSpec => ({ kind: 'element-count', count: n });
const repeat = (subtrigger: TriggerSpec): TriggerSpec => ({ kind: 'repeat', subtrigger });
const delay = (ms: number): TriggerSpec => ({
  kind: 'after-processing-time',
  transforms: [{ kind: 'delay', delay: duration(ms) }],
});
const EARLY_2: TriggerSpec = { kind: 'after-end-of-window', early: repeat(count(2)) };
const EARLY_AND_LATE: TriggerSpec = {
  kind: 'after-end-of-window',
  early: repeat(count(2)),
  late: repeat(count(1)),
};

function driver(more: Partial<WindowingStrategy>, base: WindowingStrategy = TENS): GroupingDriver {
  return new GroupingDriver({ ...base, ...more }, { general: base === TENS });
}

describe('the end of a window', () => {
  it('pitfall 1: is exclusive: the watermark at the end has passed it, at the last timestamp has not', () => {
    const d = driver({ trigger: { kind: 'after-end-of-window' } });
    d.add(['a', 'x', 9]);
    expect(d.watermark(9)).toEqual([]);
    expect(d.watermark(10)).toEqual(['a@[0,10): x 9 on-time 0 first last']);
  });

  it('pitfall 2: a late element fires in its bundle, and no timer fires the same content again', () => {
    const d = driver({ allowedLateness: duration(20) });
    d.watermark(11);
    expect(d.add(['a', 'x', 3])).toHaveLength(1);
    expect(d.watermark(15)).toEqual([]);
    expect(d.watermark(100)).toEqual([]);
  });

  it('pitfall 4: has an empty pane on time after an early one, stamped with the end of the window', () => {
    const d = driver({ trigger: EARLY_2, timestampCombiner: 'earliest' });
    expect(d.add(['a', 'x', 1], ['a', 'y', 2])).toEqual(['a@[0,10): xy 1 early 0 first']);
    expect(d.watermark(10)).toEqual(['a@[0,10):  9 on-time 1 last']);
  });

  it('pitfall 4: an accumulating one repeats its content, and none comes if it may be left out', () => {
    const accumulating = driver({ trigger: EARLY_2, accumulation: 'accumulating' });
    accumulating.add(['a', 'x', 1], ['a', 'y', 2]);
    expect(accumulating.watermark(10)).toEqual(['a@[0,10): xy 9 on-time 1 last']);
    const silent = driver({ trigger: EARLY_2, onTime: 'if-non-empty' });
    silent.add(['a', 'x', 1], ['a', 'y', 2]);
    expect(silent.watermark(10)).toEqual([]);
  });

  it('pitfall 5: crossed together with expiry, it makes a single pane, on time, first and last', () => {
    for (const closing of ['always', 'if-non-empty'] as const) {
      const d = driver({ allowedLateness: duration(5), closing });
      d.add(['a', 'x', 1]);
      expect(d.watermark(100)).toEqual(['a@[0,10): x 9 on-time 0 first last']);
    }
  });

  it('pitfall 10: a first pane behind the output watermark is late, behind the input one alone on time', () => {
    const d = driver({ trigger: EARLY_AND_LATE, allowedLateness: duration(50) });
    d.times.input = at(12);
    expect(d.add(['a', 'x', 3])).toEqual(['a@[0,10): x 9 on-time 0 first']);
    d.watermark(12);
    expect(d.add(['b', 'x', 3])).toEqual(['b@[0,10): x 9 late 0 first']);
  });
});

describe('a trigger', () => {
  it('pitfall 3: fires once per bundle, however many elements it brings (TRG-1)', () => {
    const d = driver({ trigger: repeat(count(2)) });
    expect(d.add(['a', 'x', 1], ['a', 'y', 2], ['a', 'z', 3])).toEqual([
      'a@[0,10): xyz 9 early 0 first',
    ]);
  });

  it('pitfall 6: that has finished refuses elements until the window is collected', () => {
    const d = driver({ trigger: count(1), allowedLateness: duration(10) });
    expect(d.add(['a', 'x', 1])).toEqual(['a@[0,10): x 9 early 0 first last']);
    expect(d.add(['a', 'y', 2])).toEqual([]);
    expect(d.watermark(15)).toEqual([]);
    expect(d.add(['a', 'z', 3])).toEqual([]);
    expect(d.grouping.droppedDueToClosedWindow).toBe(2);
    expect(d.grouping.droppedDueToLateness).toBe(0);
    d.watermark(20);
    d.add(['a', 'z', 3]);
    expect(d.grouping.droppedDueToLateness).toBe(1);
    expect(d.grouping.heldBytes).toBe(0);
  });

  it('pitfall 18: counts anew after an early pane', () => {
    const d = driver({ trigger: EARLY_2 });
    expect(d.add(['a', 'x', 1], ['a', 'y', 2])).toHaveLength(1);
    expect(d.add(['a', 'z', 3])).toEqual([]);
    expect(d.add(['a', 'w', 4])).toEqual(['a@[0,10): wz 9 early 1']);
  });

  it('pitfall 17: on the clock is ignored once the window has expired', () => {
    const d = driver({ trigger: repeat(delay(100)) });
    d.clock(0);
    d.add(['a', 'x', 1]);
    expect(d.watermark(10)).toEqual(['a@[0,10): x 9 on-time 0 first last']);
    expect(d.clock(101)).toEqual([]);
  });

  it('pitfall 17: due at the end of the window and on the clock, it makes one pane', () => {
    const late: TriggerSpec = {
      kind: 'after-end-of-window',
      early: repeat(delay(100)),
      late: repeat(count(1)),
    };
    const d = driver({
      trigger: late,
      allowedLateness: duration(50),
      accumulation: 'accumulating',
    });
    d.clock(0);
    d.add(['a', 'x', 1]);
    d.times.input = at(10);
    d.grouping.advance();
    expect(d.clock(101)).toEqual(['a@[0,10): x 9 on-time 0 first']);
  });

  it('pitfall 40: on the clock waits from the first element of the pane, not the last', () => {
    const d = driver({ trigger: repeat(delay(100)) });
    d.clock(0);
    d.add(['a', 'x', 1]);
    d.clock(90);
    d.add(['a', 'y', 2]);
    expect(d.grouping.resumeAt).toBe(101);
    expect(d.clock(100)).toEqual([]);
    expect(d.clock(101)).toEqual(['a@[0,10): xy 9 early 0 first']);
    d.add(['a', 'z', 3]);
    expect(d.clock(201)).toEqual([]);
    expect(d.clock(202)).toEqual(['a@[0,10): z 9 early 1']);
  });

  it('on synchronized time waits for what is pending upstream', () => {
    const d = driver({ trigger: repeat({ kind: 'after-synchronized-processing-time' }) });
    d.clock(50);
    d.add(['a', 'x', 1]);
    expect(d.clock(60, 50)).toEqual([]);
    expect(d.clock(60, 51)).toEqual(['a@[0,10): x 9 early 0 first']);
  });
});

describe('lateness', () => {
  it('pitfall 7: is a property of element and window, measured by the input watermark', () => {
    const d = driver({ allowedLateness: duration(5) });
    d.watermark(14);
    // Behind the watermark, but its window is not over; the next one is over since 15.
    expect(d.add(['a', 'x', 0])).toHaveLength(1);
    d.watermark(15);
    d.add(['a', 'y', 9]);
    expect(d.grouping.droppedDueToLateness).toBe(1);
  });

  it('pitfall 7: of sessions is that of the window of the element itself, before it is merged (LATE-2)', () => {
    const d = driver({ allowedLateness: duration(2) }, SESSIONS);
    d.add(['a', 'x', 10]);
    d.watermark(12);
    d.add(['a', 'late', 6], ['a', 'y', 9]);
    // [6, 11) expires at 12, [9, 14) does not.
    expect(d.grouping.droppedDueToLateness).toBe(0);
    d.watermark(13);
    d.add(['a', 'z', 6]);
    expect(d.grouping.droppedDueToLateness).toBe(1);
  });

  it('pitfall 8: beyond the end of time expires a window at the end of the global one', () => {
    const d = driver({ allowedLateness: duration(TIMESTAMP_MAX) });
    d.add(['a', 'x', 1]);
    expect(d.watermark(10)).toHaveLength(1);
    expect(d.watermark(GLOBAL_WINDOW_END)).toEqual([]);
    expect(d.grouping.heldBytes).toBeGreaterThan(0);
    d.watermark(TIMESTAMP_MAX);
    expect(d.grouping.heldBytes).toBe(0);
  });
});

describe('holds', () => {
  it('pitfall 11: an element behind the output watermark never pulls the pane back (WM-6)', () => {
    const d = driver({ timestampCombiner: 'earliest', trigger: EARLY_AND_LATE });
    d.watermark(5);
    expect(d.add(['a', 'x', 2])).toEqual([]);
    expect(d.add(['a', 'y', 7])).toEqual(['a@[0,10): xy 7 early 0 first']);
  });

  it('pitfall 12: where no element may hold, the arrival holds at expiry', () => {
    const d = driver({ trigger: repeat(count(3)), allowedLateness: duration(20) });
    d.watermark(12);
    d.add(['a', 'x', 3]);
    expect(d.hold).toBe(29);
    expect(d.grouping.holds.holder?.()?.key).toBeDefined();
  });

  it('pitfall 13: an owed pane holds at the end of its window, also when that has been passed', () => {
    const d = driver({ trigger: repeat(count(3)), allowedLateness: duration(20) });
    d.add(['a', 'x', 3], ['b', 'y', 3], ['b', 'y', 3], ['b', 'y', 3]);
    d.watermark(15);
    expect([d.hold, d.times.output]).toEqual([9, 9]);
    // ACC-2: nothing was emitted on time before, so that pane is the last one.
    expect(d.watermark(30)).toEqual([
      'a@[0,10): x 9 on-time 0 first last',
      'b@[0,10):  9 on-time 1 last',
    ]);
    expect(d.hold).toBe(TIMESTAMP_MAX);
  });

  it('pitfall 13: `earliest` lets go of a group that has fired, not of the others', () => {
    const d = driver({ trigger: repeat(count(2)), timestampCombiner: 'earliest' });
    d.add(['a', 'x', 1], ['b', 'y', 4], ['c', 'z', 6]);
    expect(d.hold).toBe(1);
    d.add(['a', 'x', 2]);
    expect(d.hold).toBe(4);
    d.add(['b', 'x', 5]);
    expect(d.hold).toBe(6);
  });

  it.each([true, false])(
    'pitfall 13: `latest` holds at the latest element of a group, and at the earliest of these (WM-6), %s',
    (isDefault) => {
      const trigger = isDefault ? {} : { trigger: repeat(count(9)) };
      const d = driver({ timestampCombiner: 'latest', ...trigger });
      d.add(['a', 'x', 1], ['b', 'y', 4]);
      expect(d.hold).toBe(1);
      d.add(['a', 'z', 6]);
      expect(d.hold).toBe(4);
    },
  );

  it('pitfall 13: of merged sessions are the earliest, or the end of the result (MRG-6)', () => {
    const ends = driver({}, SESSIONS);
    ends.add(['a', 'x', 1]);
    ends.add(['a', 'y', 4]);
    expect(ends.hold).toBe(8);
    const earliest = driver({ timestampCombiner: 'earliest' }, SESSIONS);
    earliest.add(['a', 'x', 8]);
    earliest.add(['a', 'y', 1]);
    expect(earliest.hold).toBe(1);
    earliest.add(['a', 'z', 5]);
    expect([earliest.hold, earliest.watermark(100)]).toEqual([
      1,
      ['a@[1,13): xyz 1 on-time 0 first last'],
    ]);
  });
});
