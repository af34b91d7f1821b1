import { expect, it } from '@jest/globals';
import { exactBounds, exactIntervalWindow } from '#portability/model/exact-windows.js';
import { duration } from '#portability/model/time.js';
import type { WindowFnSpec } from '#portability/model/windowing.js';
import type { IntervalWindow } from '#portability/model/windows.js';
import { GLOBAL_WINDOW, interval, TENS } from '../input/frames.fixture.js';
import { sideWindowOf } from './side-windows.js';

const fixed = (size: number, offset = 0): WindowFnSpec => ({
  kind: 'fixed',
  size: duration(size),
  offset: duration(offset),
});
const sliding = (size: number, period: number): WindowFnSpec => ({
  kind: 'sliding',
  size: duration(size),
  period: duration(period),
  offset: duration(0),
});

// prettier-ignore
it.each([
  // side             main               side window
  [{ kind: 'global' } as const, interval(0, 10), GLOBAL_WINDOW],
  [fixed(10),         interval(0, 10),   interval(0, 10)],
  [fixed(10),         interval(12, 14),  interval(10, 20)],
  [fixed(10, 5),      interval(0, 10),   interval(5, 15)],
  [fixed(10),         interval(-4, -2),  interval(-10, 0)],
  [sliding(20, 10),   interval(0, 10),   interval(-10, 10)],
  [sliding(20, 10),   interval(0, 11),   interval(0, 20)],
  [sliding(60, 20),   interval(-2, 0),   interval(-60, 0)],
] as const)('SID-1: row %#', (windowFn, main, side) => {
  expect(sideWindowOf({ kind: 'window-fn', windowing: { ...TENS, windowFn } }, main)).toEqual(side);
});

// prettier-ignore
it.each([
  // side              end of main             start and end of the side window
  [fixed(60_000),      -9223372036800000n,     -9223372036860000n, -9223372036800000n],
  [fixed(60_000, 1),   -9223372036800000n,     -9223372036859999n, -9223372036799999n],
  [sliding(90, 60),    -9223372036854774n,     -9223372036854840n, -9223372036854750n],
  [fixed(60_000),      9223371950454775n,      9223371950400000n,  9223371950454775n],
] as const)('WIN-7: a window at the limits of time reads what no number holds, row %#', (windowFn, end, start, sideEnd) => {
  const main = exactIntervalWindow(end - 60_000n, end);
  const side = sideWindowOf({ kind: 'window-fn', windowing: { ...TENS, windowFn } }, main);
  expect(exactBounds(side as IntervalWindow)).toEqual({ start, end: sideEnd });
});

it('SID-1: refuses a mapping that only user code knows', () => {
  expect(() => sideWindowOf({ kind: 'user', stage: 'mapping' as never }, GLOBAL_WINDOW)).toThrow(
    'STRAHL-2001',
  );
});
