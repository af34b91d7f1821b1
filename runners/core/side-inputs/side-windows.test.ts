import { expect, it } from '@jest/globals';
import { duration } from '#portability/model/time.js';
import type { WindowFnSpec } from '#portability/model/windowing.js';
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

it('SID-1: refuses a mapping that only user code knows', () => {
  expect(() => sideWindowOf({ kind: 'user', stage: 'mapping' as never }, GLOBAL_WINDOW)).toThrow(
    'STRAHL-2001',
  );
});
