import { GLOBAL_WINDOW_END, TIMESTAMP_MAX, TIMESTAMP_MIN, type EventTime } from './time.js';
import type { IntervalWindow } from './windows.js';

/*
 * An element without a timestamp carries TIMESTAMP_MIN, and may be put into windows of a minute. The
 * bounds of such windows are neither safe integers nor sentinels, so a number cannot hold them.
 *
 *   X1. Such a window knows its exact bounds beside the numbers; the coder writes the exact ones.
 *   X2. `start` and `end` are rounded and serve ordering only.
 *   X3. `maxTimestamp` is the nearest time that an element may carry, because groups are emitted at it.
 */
const EXACT_BOUNDS = new WeakMap<IntervalWindow, ExactBounds>();

export interface ExactBounds {
  readonly start: bigint;
  readonly end: bigint;
}

const SENTINELS: readonly (readonly [EventTime, bigint])[] = [
  [TIMESTAMP_MIN, -9223372036854775n],
  [TIMESTAMP_MAX, 9223372036854775n],
  [GLOBAL_WINDOW_END, 9223371950454775n],
];

/** The exact milliseconds of a time; `undefined` for a number that is no time. */
export function exactMillis(t: EventTime): bigint | undefined {
  if (Number.isSafeInteger(t)) return BigInt(t);
  return SENTINELS.find(([time]) => time === t)?.[1];
}

/** The time that is exactly `ms`; `undefined` if none is. */
function timeOf(ms: bigint): EventTime | undefined {
  const rounded = Number(ms);
  if (Number.isSafeInteger(rounded)) return rounded as EventTime;
  return SENTINELS.find(([, exact]) => exact === ms)?.[0];
}

/** The window [start, end) of any 64-bit bounds. */
export function exactIntervalWindow(start: bigint, end: bigint): IntervalWindow {
  const last = end - 1n;
  const window: IntervalWindow = Object.freeze({
    kind: 'interval',
    start: Number(start) as EventTime,
    end: Number(end) as EventTime,
    maxTimestamp: timeOf(last) ?? (last < 0n ? TIMESTAMP_MIN : GLOBAL_WINDOW_END),
  });
  if (timeOf(start) === undefined || timeOf(end) === undefined) {
    EXACT_BOUNDS.set(window, Object.freeze({ start, end }));
  }
  return window;
}

/** The exact bounds of a window; `undefined` if it has numbers for bounds that are no times. */
export function exactBounds(window: IntervalWindow): ExactBounds | undefined {
  const known = EXACT_BOUNDS.get(window);
  if (known !== undefined) return known;
  const start = exactMillis(window.start);
  const end = exactMillis(window.end);
  return start === undefined || end === undefined ? undefined : { start, end };
}
