// What a bug here would look like: two sessions where there is one, one where there are two, or a pane
// of a session that has grown since.
import { describe, expect, it } from '@jest/globals';
import { duration, TIMESTAMP_MAX } from '#portability/model/time.js';
import { SESSIONS } from '../input/frames.fixture.js';
import { GroupingDriver } from './grouping.fixture.js';

const LATE_10 = { ...SESSIONS, allowedLateness: duration(10) };

describe('grouping by sessions', () => {
  it('MRG-2: merges what overlaps and keeps apart what merely touches', () => {
    const driver = new GroupingDriver(SESSIONS);
    driver.add(['a', 'x', 1], ['a', 'y', 6], ['a', 'z', 8], ['a', 'w', 11]);
    expect(driver.watermark(100)).toEqual([
      'a@[1,6): x 5 on-time 0 first last',
      'a@[6,16): wyz 15 on-time 0 first last',
    ]);
  });

  it('MRG-2: an element between two sessions joins them', () => {
    const driver = new GroupingDriver(SESSIONS);
    driver.add(['a', 'x', 1]);
    driver.add(['a', 'z', 8]);
    driver.add(['a', 'y', 5]);
    expect(driver.watermark(100)).toEqual(['a@[1,13): xyz 12 on-time 0 first last']);
  });

  it('MRG-1: sessions of other keys are other sessions', () => {
    const driver = new GroupingDriver(SESSIONS);
    driver.add(['a', 'x', 1], ['b', 'y', 2]);
    expect(driver.watermark(100)).toHaveLength(2);
  });

  it('MRG-4: timers of merged windows move with the result', () => {
    const driver = new GroupingDriver(SESSIONS);
    driver.add(['a', 'x', 1]);
    driver.add(['a', 'y', 4]);
    expect(driver.watermark(6)).toEqual([]);
    expect(driver.hold).toBe(8);
    expect(driver.watermark(9)).toEqual(['a@[1,9): xy 8 on-time 0 first last']);
    expect(driver.hold).toBe(TIMESTAMP_MAX);
    expect(driver.grouping.buffered).toBe(0);
  });

  it('MRG-5: pane counters start anew in a window that a merge has made', () => {
    const driver = new GroupingDriver(LATE_10);
    driver.add(['a', 'x', 1]);
    expect(driver.watermark(6)).toEqual(['a@[1,6): x 5 on-time 0 first']);
    expect(driver.add(['a', 'y', 3])).toEqual([]);
    expect(driver.watermark(8)).toEqual(['a@[1,8): y 7 on-time 0 first']);
  });

  it('MRG-5: pane counters stay where the result is a window that had panes', () => {
    const driver = new GroupingDriver(LATE_10);
    driver.add(['a', 'x', 1], ['a', 'y', 4]);
    expect(driver.watermark(9)).toEqual(['a@[1,9): xy 8 on-time 0 first']);
    expect(driver.add(['a', 'z', 2])).toEqual(['a@[1,9): z 8 late 1']);
  });

  it('LATE-2: drops by the unmerged window of the element, even where a live session would take it', () => {
    const driver = new GroupingDriver(SESSIONS);
    driver.watermark(7);
    driver.add(['a', 'y', 5]);
    expect(driver.add(['a', 'x', 1])).toEqual([]);
    expect(driver.grouping.droppedDueToLateness).toBe(1);
  });

  it('MRG-6: `earliest` merges to the earliest', () => {
    const driver = new GroupingDriver({ ...SESSIONS, timestampCombiner: 'earliest' });
    driver.add(['a', 'x', 8], ['a', 'y', 1]);
    expect(driver.hold).toBe(1);
    driver.add(['a', 'z', 5]);
    expect(driver.watermark(100)).toEqual(['a@[1,13): xyz 1 on-time 0 first last']);
  });

  it('ACC-1: accumulating sessions repeat their values after growing', () => {
    const driver = new GroupingDriver({ ...LATE_10, accumulation: 'accumulating' });
    driver.add(['a', 'x', 1]);
    expect(driver.watermark(6)).toEqual(['a@[1,6): x 5 on-time 0 first']);
    driver.add(['a', 'y', 4]);
    expect(driver.watermark(9)).toEqual(['a@[1,9): xy 8 on-time 0 first']);
  });

  it('forgets keys whose sessions are over', () => {
    const driver = new GroupingDriver(SESSIONS);
    for (let round = 0; round < 20; round++) {
      const start = round * 100;
      const arrivals = Array.from(
        { length: 500 },
        (_, i) => [`key-${String(start)}-${String(i)}`, 'v', start] as const,
      );
      driver.add(...arrivals);
      expect(driver.watermark(start + 50)).toHaveLength(500);
    }
    // 10,000 keys came by; about as many are remembered as two rounds bring.
    expect(driver.grouping.heldBytes).toBeLessThan(500_000);
  });
});
