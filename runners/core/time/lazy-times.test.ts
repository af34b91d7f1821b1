// What a bug here looks like: a window that never ends, or a watermark that passes a hold.
import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { GLOBAL_WINDOW_END, TIMESTAMP_MAX, TIMESTAMP_MIN } from '#portability/model/time.js';
import { LazyTimes } from './lazy-times.js';

/** Things whose times are what the test says. */
function things() {
  const times = new Map<number, number>();
  const lazy = new LazyTimes((id) => times.get(id) ?? Infinity);
  return {
    times,
    lazy,
    set: (id: number, time: number): void => {
      times.set(id, time);
      lazy.note(id, time);
    },
    expected: () => Math.min(Infinity, ...times.values()),
  };
}

describe('the least of many times', () => {
  it('is not known without any', () => {
    expect(things().lazy.least()).toBeUndefined();
  });

  it('names its thing', () => {
    const { lazy, set } = things();
    set(7, 1_700_000_000_000);
    set(8, 1_600_000_000_000);
    expect([lazy.least(), lazy.leastId]).toEqual([1_600_000_000_000, 8]);
  });

  it('L2: is moved up when it is asked for, not before', () => {
    const { lazy, set, times } = things();
    set(1, 10);
    set(2, 20);
    for (let t = 11; t < 1000; t++) times.set(1, t);
    expect(lazy.least()).toBe(20);
    times.delete(2);
    expect(lazy.least()).toBe(999);
    times.delete(1);
    expect(lazy.least()).toBeUndefined();
  });

  it('may be an end of time', () => {
    const { lazy, set, times } = things();
    set(1, TIMESTAMP_MAX);
    set(2, GLOBAL_WINDOW_END);
    expect(lazy.least()).toBe(GLOBAL_WINDOW_END);
    set(3, TIMESTAMP_MIN);
    expect(lazy.least()).toBe(TIMESTAMP_MIN);
    times.delete(3);
    times.delete(2);
    expect(lazy.least()).toBe(TIMESTAMP_MAX);
  });

  it('holds as much as there are things, however often their times move', () => {
    const { lazy, set, times } = things();
    for (let id = 0; id < 100; id++) set(id, id);
    const before = lazy.heldBytes;
    for (let round = 1; round < 200; round++) {
      for (let id = 0; id < 100; id++) times.set(id, round * 1000 + id);
      lazy.least();
    }
    expect(lazy.heldBytes).toBeLessThan(before * 2);
  });

  it('L3: is not above what was noted in front of a bucket that the horizon touches', () => {
    const { lazy, set, times } = things();
    set(1, -5);
    set(2, 30);
    expect(lazy.least()).toBe(-5);
    set(3, 11);
    times.delete(1);
    expect(lazy.least()).toBe(11);
  });

  it('L3: is not above what was noted near the horizon, however buckets were cut', () => {
    const step = fc.tuple(fc.nat(9), fc.integer({ min: 1, max: 200 }));
    fc.assert(
      fc.property(fc.array(step, { minLength: 20, maxLength: 120 }), (script) => {
        const { lazy, set, times, expected } = things();
        // So many that buckets are cut.
        for (let n = 0; n < 300; n++) set(10 + n, n * 7);
        let now = 0;
        for (const [id, ahead] of script) {
          set(id, now + ahead);
          now = Math.max(now, expected());
          expect(lazy.least()).toBe(expected());
          if (ahead % 3 === 0) times.delete(lazy.leastId);
        }
      }),
      { numRuns: 100 },
    );
  });

  const time = fc.oneof(
    fc.integer({ min: -100, max: 100 }),
    fc.integer({ min: -(2 ** 45), max: 2 ** 45 }),
    fc.constantFrom<number>(TIMESTAMP_MIN, TIMESTAMP_MAX, GLOBAL_WINDOW_END),
  );
  const moves = fc.array(
    fc.tuple(
      fc.constantFrom('note', 'note', 'up', 'up', 'drop', 'many', 'ask', 'ask'),
      fc.nat(40),
      time,
    ),
    { maxLength: 300 },
  );

  it('L1: is what comparing all of them gives, whatever moves', () => {
    fc.assert(
      fc.property(moves, (script) => {
        const { lazy, set, times, expected } = things();
        for (const [move, id, t] of script) {
          if (move === 'note') set(id, t);
          else if (move === 'drop') times.delete(id);
          else if (move === 'up' && times.has(id)) times.set(id, Math.max(times.get(id)!, t));
          // Enough for a bucket to be cut into finer ones.
          else if (move === 'many') for (let n = 0; n < 300; n++) set(100 + n, t + n * (id + 1));
          else if (move === 'ask') {
            const least = expected();
            expect(lazy.least()).toBe(least === Infinity ? undefined : least);
            if (least !== Infinity) expect(times.get(lazy.leastId)).toBe(least);
          }
        }
      }),
      { numRuns: 100 },
    );
  });
});
