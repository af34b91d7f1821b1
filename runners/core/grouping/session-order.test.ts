// What a bug here would look like: a key with many sessions whose elements join the wrong one, or none.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { duration } from '#portability/model/time.js';
import type { WindowingStrategy } from '#portability/model/windowing.js';
import { SESSIONS } from '../input/frames.fixture.js';
import { GroupingDriver, type Arrival } from './grouping.fixture.js';

/** Sessions of different regions never meet, so that a region may as well have a key of its own. */
const REGION = 40;
const REGIONS = 60;

const time = fc
  .tuple(fc.integer({ min: 0, max: REGIONS - 1 }), fc.integer({ min: 0, max: REGION - 10 }))
  .map(([region, t]) => region * REGION + t);
/** A bundle, or a move of the watermark. */
const step = fc.oneof(
  { weight: 3, arbitrary: fc.array(time, { minLength: 40, maxLength: 80 }) },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 300 }) },
);

function run(
  windowing: WindowingStrategy,
  steps: readonly (readonly number[] | number)[],
  keyOf: (time: number) => string,
  partBytes?: number,
): unknown[] {
  const driver = new GroupingDriver(windowing, partBytes === undefined ? {} : { partBytes });
  let watermark = 0;
  return [...steps, REGIONS * REGION].map((s) => {
    const panes =
      typeof s === 'number'
        ? driver.watermark((watermark += s))
        : driver.add(...s.map((t): Arrival => [keyOf(t), 'x', t]));
    const { buffered, droppedDueToLateness, droppedDueToClosedWindow } = driver.grouping;
    const seen = panes.map((pane) => pane.slice(pane.indexOf('@'))).sort();
    return { seen, hold: driver.hold, buffered, droppedDueToLateness, droppedDueToClosedWindow };
  });
}

describe('a key with many sessions', () => {
  const strategies: Readonly<Record<string, WindowingStrategy>> = {
    'by default': SESSIONS,
    'with lateness': { ...SESSIONS, allowedLateness: duration(200), accumulation: 'accumulating' },
    'early, by a trigger': {
      ...SESSIONS,
      trigger: { kind: 'repeat', subtrigger: { kind: 'element-count', count: 2 } },
      allowedLateness: duration(50),
    },
    'with a trigger that finishes': {
      ...SESSIONS,
      trigger: { kind: 'element-count', count: 2 },
      allowedLateness: duration(100),
    },
  };

  for (const [name, windowing] of Object.entries(strategies)) {
    it(`MRG-2: has the panes that many keys with few sessions have, ${name}`, () => {
      fc.assert(
        fc.property(fc.array(step, { minLength: 1, maxLength: 12 }), (steps) => {
          const apart = run(windowing, steps, (t) => String(Math.floor(t / REGION)));
          expect(run(windowing, steps, () => 'a')).toEqual(apart);
        }),
        { numRuns: 15 },
      );
    });
  }
});
