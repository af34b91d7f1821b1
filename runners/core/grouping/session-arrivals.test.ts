// What a bug here would look like: another pane, or another hold, where elements are added to sessions one by
// one than where all windows of a bundle are merged first.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { duration, TIMESTAMP_MAX } from '#portability/model/time.js';
import type { WindowingStrategy } from '#portability/model/windowing.js';
import { SESSIONS } from '../input/frames.fixture.js';
import { GroupingDriver, type Arrival } from './grouping.fixture.js';

/** Fires as the default trigger does, but is not known to: its windows are merged before elements are added. */
const MERGED_FIRST = { kind: 'repeat', subtrigger: { kind: 'default' } } as const;

const arrival = fc.tuple(
  fc.constantFrom('a', 'b', 'c'),
  fc.constantFrom('x', 'y', 'z'),
  fc.integer({ min: 0, max: 60 }),
);

/** A bundle, or a move of the watermark. */
const step = fc.oneof(
  fc.array(arrival, { minLength: 1, maxLength: 6 }),
  fc.integer({ min: 1, max: 12 }),
);

interface Seen {
  readonly panes: readonly string[];
  readonly hold: number;
  readonly buffered: number;
  readonly dropped: number;
}

function run(
  windowing: WindowingStrategy,
  steps: readonly (readonly Arrival[] | number)[],
): Seen[] {
  const driver = new GroupingDriver(windowing);
  let watermark = 0;
  return [...steps, 200].map((s) => {
    const panes = typeof s === 'number' ? driver.watermark((watermark += s)) : driver.add(...s);
    const { buffered, droppedDueToLateness: dropped } = driver.grouping;
    return { panes, hold: driver.hold, buffered, dropped };
  });
}

describe('elements of sessions that only their ends make fire', () => {
  for (const allowedLateness of [0, 10]) {
    for (const accumulation of ['discarding', 'accumulating'] as const) {
      it(`MRG-1: come to what they come to where windows are merged first (${accumulation}, ${String(allowedLateness)} late)`, () => {
        const windowing = { ...SESSIONS, accumulation, allowedLateness: duration(allowedLateness) };
        fc.assert(
          fc.property(fc.array(step, { maxLength: 25 }), (steps) => {
            expect(run(windowing, steps)).toEqual(
              run({ ...windowing, trigger: MERGED_FIRST }, steps),
            );
          }),
        );
      });
    }
  }

  it('TRG-1: a late element before another that joins its session to one that came later makes a pane at once', () => {
    const driver = new GroupingDriver({ ...SESSIONS, allowedLateness: duration(100) });
    driver.add(['a', 'v', 0], ['a', 'w', 2], ['a', 'x', 7]);
    driver.watermark(20);
    expect(driver.add(['a', 'y', 0], ['a', 'z', 4])).toEqual(['a@[0,12): yz 11 late 0 first']);
  });

  it('WM-4: sessions that are due hold at the first of their ends until all panes are out', () => {
    const driver = new GroupingDriver(SESSIONS);
    driver.add(['a', 'x', 1], ['b', 'y', 3], ['c', 'z', 20]);
    driver.times.input = 100 as never;
    driver.grouping.advance();
    const holds: number[] = [driver.hold];
    while (driver.grouping.due) {
      driver.grouping.emit(1);
      holds.push(driver.hold);
    }
    expect(holds).toEqual([5, 7, 24, TIMESTAMP_MAX]);
    expect(driver.grouping.holds.reason()).toBeUndefined();
  });
});
