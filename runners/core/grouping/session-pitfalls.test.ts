// The pitfalls of windows that merge, by their numbers. A bug here would look like a pane of a session that
// nobody has, counts that start at nought after a merge, or a session that is closed and yet takes elements.
import { describe, expect, it } from '@jest/globals';
import { duration, TIMESTAMP_MAX } from '#portability/model/time.js';
import type { TriggerSpec } from '#portability/model/triggers.js';
import type { WindowingStrategy } from '#portability/model/windowing.js';
import { SESSIONS } from '../input/frames.fixture.js';
import { GroupingDriver } from './grouping.fixture.js';

const count = (n: number): TriggerSpec => ({ kind: 'element-count', count: n });
const repeat = (subtrigger: TriggerSpec): TriggerSpec => ({ kind: 'repeat', subtrigger });
const EARLY_AND_LATE: TriggerSpec = {
  kind: 'after-end-of-window',
  early: repeat(count(2)),
  late: repeat(count(2)),
};

function driver(more: Partial<WindowingStrategy>): GroupingDriver {
  return new GroupingDriver({ ...SESSIONS, ...more });
}

describe('pitfall 9: pane indices', () => {
  it('begin anew when a merge makes another window, and go on when it does not (MRG-5)', () => {
    const d = driver({ trigger: repeat(count(1)) });
    expect(d.add(['a', 'x', 1])).toEqual(['a@[1,6): x 5 early 0 first']);
    expect(d.add(['a', 'y', 1])).toEqual(['a@[1,6): y 5 early 1']);
    expect(d.add(['a', 'z', 3])).toEqual(['a@[1,8): z 7 early 0 first']);
    expect(d.add(['a', 'w', 2])).toEqual(['a@[1,8): w 7 early 1']);
  });
});

describe('pitfall 14: merging comes before firing', () => {
  it('so that nobody sees a pane of an unmerged window (MRG-1)', () => {
    const d = driver({ trigger: repeat(count(1)) });
    expect(d.add(['a', 'x', 1], ['a', 'y', 8], ['a', 'z', 4])).toEqual([
      'a@[1,13): xyz 12 early 0 first',
    ]);
  });

  it('and before lateness is known: a session that grows beyond the watermark is on time', () => {
    const d = driver({ allowedLateness: duration(50), timestampCombiner: 'earliest' });
    d.watermark(7);
    // [1, 6) is over, but the bundle also brings what connects it to the future.
    expect(d.add(['a', 'x', 1], ['a', 'y', 4], ['a', 'z', 8])).toEqual([]);
    expect(d.watermark(100)).toEqual(['a@[1,13): xyz 8 on-time 0 first last']);
  });
});

describe('pitfall 15: a merge moves everything', () => {
  it('values, counts of triggers, and timers (MRG-4)', () => {
    const d = driver({ trigger: repeat(count(3)) });
    d.add(['a', 'x', 1]);
    d.add(['a', 'y', 9]);
    expect(d.add(['a', 'z', 5])).toEqual(['a@[1,14): xyz 13 early 0 first']);
    expect(d.hold).toBe(13);
    d.watermark(14);
    expect([d.hold, d.grouping.buffered]).toEqual([TIMESTAMP_MAX, 0]);
  });

  it('the earliest time on the clock, too', () => {
    const late: TriggerSpec = {
      kind: 'after-processing-time',
      transforms: [{ kind: 'delay', delay: duration(100) }],
    };
    const d = driver({ trigger: repeat(late) });
    d.clock(0);
    d.add(['a', 'x', 1]);
    d.clock(50);
    d.add(['a', 'y', 8]);
    d.add(['a', 'z', 4]);
    expect(d.clock(101)).toEqual(['a@[1,13): xyz 12 early 0 first']);
    expect(d.clock(200)).toEqual([]);
  });

  it('a chain of sessions becomes one', () => {
    const d = driver({});
    for (const t of [1, 9, 17, 25]) d.add(['a', String(t), t]);
    d.add(['a', '5', 5], ['a', '21', 21], ['a', '13', 13]);
    expect(d.watermark(100)).toEqual([
      `a@[1,30): ${['1', '13', '17', '21', '25', '5', '9'].join('')} 29 on-time 0 first last`,
    ]);
  });

  it('back to early panes where the end of the result is ahead again', () => {
    const d = driver({ trigger: EARLY_AND_LATE, allowedLateness: duration(50) });
    d.add(['a', 'x', 1]);
    expect(d.watermark(6)).toEqual(['a@[1,6): x 5 on-time 0 first']);
    expect(d.add(['a', 'y', 4], ['a', 'z', 4])).toEqual(['a@[1,9): yz 8 early 0 first']);
    expect(d.watermark(9)).toEqual(['a@[1,9):  8 on-time 1']);
    expect(d.add(['a', 'v', 3])).toEqual([]);
    expect(d.add(['a', 'w', 3])).toEqual(['a@[1,9): vw 8 late 2']);
  });
});

describe('MRG-7: a session whose trigger has finished', () => {
  it('takes part in no merge: an element beside it begins another one', () => {
    const d = driver({ trigger: count(1), allowedLateness: duration(50) });
    expect(d.add(['a', 'x', 1])).toEqual(['a@[1,6): x 5 early 0 first last']);
    expect(d.add(['a', 'y', 3])).toEqual(['a@[3,8): y 7 early 0 first last']);
  });

  it('refuses elements of exactly its window', () => {
    const d = driver({ trigger: count(1), allowedLateness: duration(50) });
    d.add(['a', 'x', 1]);
    expect(d.add(['a', 'y', 1])).toEqual([]);
    expect(d.grouping.droppedDueToClosedWindow).toBe(1);
  });

  it('unless the element also belongs to a session that is open', () => {
    const d = driver({ trigger: count(2), allowedLateness: duration(50) });
    expect(d.add(['a', 'x', 1], ['a', 'x', 1])).toHaveLength(1);
    d.add(['a', 'y', 3]);
    expect(d.add(['a', 'z', 1])).toEqual(['a@[1,8): yz 7 early 0 first last']);
    expect(d.grouping.droppedDueToClosedWindow).toBe(0);
  });

  it('is forgotten when it is collected', () => {
    const d = driver({ trigger: count(1) });
    d.add(['a', 'x', 1]);
    d.watermark(6);
    expect([...d.grouping.open()]).toEqual([]);
    expect(d.hold).toBe(TIMESTAMP_MAX);
  });
});
