// What a bug here would look like: an element before the epoch, or exactly at a border, in the wrong window.
import { describe, expect, it } from '@jest/globals';
import { duration, type EventTime } from '#portability/model/time.js';
import type { WindowFnSpec } from '#portability/model/windowing.js';
import type { IntervalWindow } from '#portability/model/windows.js';
import { windowAssigner } from './assign-windows.js';

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

describe('pitfall 21: windows are assigned by the floor, also before the epoch (WIN-3, WIN-4, WIN-6)', () => {
  // prettier-ignore
  it.each([
    [fixed(10),        9,   [[0, 10]]],
    [fixed(10),       10,   [[10, 20]]],
    [fixed(10),       -1,   [[-10, 0]]],
    [fixed(10),      -10,   [[-10, 0]]],
    [fixed(10),      -11,   [[-20, -10]]],
    [fixed(10),      -15,   [[-20, -10]]],
    [fixed(10, 5),     1,   [[-5, 5]]],
    [fixed(10, 5),     8,   [[5, 15]]],
    [sliding(20, 10),  1,   [[0, 20], [-10, 10]]],
    [sliding(20, 10), -1,   [[-10, 10], [-20, 0]]],
    [sliding(60, 20), -1,   [[-20, 40], [-40, 20], [-60, 0]]],
    // Panes of two: size and period share no more.
    [sliding(10, 4),   5,   [[4, 14], [0, 10], [-4, 6]]],
    [sliding(10, 4),   6,   [[4, 14], [0, 10]]],
    // Gaps: what falls between two windows is in none.
    [sliding(5, 10),   7,   []],
    [{ kind: 'sessions', gap: duration(5) }, -3, [[-3, 2]]],
  ] as readonly (readonly [WindowFnSpec, number, readonly (readonly number[])[]])[])('row %#: %j of %d', (fn, t, expected) => {
    const assign = windowAssigner(fn, new Map());
    for (const windows of [assign(t as EventTime, 0), assign(t as EventTime, 0)]) {
      expect(windows.map((w) => [(w as IntervalWindow).start, (w as IntervalWindow).end])).toEqual(expected);
    }
  });

  it('gives elements of one pane the same array, so that they can be combined together', () => {
    const assign = windowAssigner(sliding(10, 4), new Map());
    expect(assign(5 as EventTime, 0)).toBe(assign(4 as EventTime, 0));
    expect(assign(6 as EventTime, 0)).not.toBe(assign(5 as EventTime, 0));
  });
});
