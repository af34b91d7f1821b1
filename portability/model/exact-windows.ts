import { exactMillis, timeAtOrAfter } from './exact-times.js';
import {
  GLOBAL_WINDOW_END,
  minTime,
  TIMESTAMP_MAX,
  TIMESTAMP_MIN,
  type EventTime,
} from './time.js';
import type { IntervalWindow } from './windows.js';

/*
 * An element without a timestamp carries TIMESTAMP_MIN, and may be put into windows of a minute. The bounds of such
 * windows are even where numbers stand for odd times (`exact-times.ts`), or lie beyond the limits.
 *
 *   X1. Such a window knows its exact bounds beside the numbers; the coder writes the exact ones.
 *   X2. `start` and `end` are rounded and serve ordering only.
 *   X3. `maxTimestamp` is a time that an element may carry, because groups are emitted at it: what an element at the last
 *       millisecond of the window has, or the limit before which the window ends.
 */
const EXACT_BOUNDS = new WeakMap<IntervalWindow, ExactBounds>();

export interface ExactBounds {
  readonly start: bigint;
  readonly end: bigint;
}

/** The limits can be bounds without ambiguity. */
const LIMITS: readonly EventTime[] = [TIMESTAMP_MIN, TIMESTAMP_MAX, GLOBAL_WINDOW_END];

/** The exact bound that a number is; `undefined` where numbers cannot tell. */
function boundOf(t: EventTime): bigint | undefined {
  return Number.isSafeInteger(t) || LIMITS.includes(t) ? exactMillis(t) : undefined;
}

function lastTime(end: bigint): EventTime {
  const limit = end < 0n ? TIMESTAMP_MIN : GLOBAL_WINDOW_END;
  const last = (timeAtOrAfter(end - 1n) as EventTime | undefined) ?? limit;
  return minTime(last, GLOBAL_WINDOW_END);
}

/** The window [start, end) of any 64-bit bounds. */
export function exactIntervalWindow(start: bigint, end: bigint): IntervalWindow {
  const window: IntervalWindow = Object.freeze({
    kind: 'interval',
    start: Number(start) as EventTime,
    end: Number(end) as EventTime,
    maxTimestamp: lastTime(end),
  });
  if (boundOf(window.start) !== start || boundOf(window.end) !== end) {
    EXACT_BOUNDS.set(window, Object.freeze({ start, end }));
  }
  return window;
}

/** The exact bounds of a window; `undefined` if it has numbers for bounds that are not times. */
export function exactBounds(window: IntervalWindow): ExactBounds | undefined {
  const known = EXACT_BOUNDS.get(window);
  if (known !== undefined) return known;
  const start = boundOf(window.start);
  const end = boundOf(window.end);
  return start === undefined || end === undefined ? undefined : { start, end };
}
