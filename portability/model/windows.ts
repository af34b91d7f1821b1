import type { EventTime } from './time.js';
import { GLOBAL_WINDOW_END } from './time.js';

export interface GlobalWindow {
  readonly kind: 'global';
  readonly maxTimestamp: EventTime;
}

/** The half-open interval [start, end); its last timestamp is `end - 1`. */
export interface IntervalWindow {
  readonly kind: 'interval';
  readonly start: EventTime;
  readonly end: EventTime;
  readonly maxTimestamp: EventTime;
}

/** A window of a user's window function; only that function understands `value`. */
export interface CustomWindow {
  readonly kind: 'custom';
  readonly value: unknown;
  readonly maxTimestamp: EventTime;
}

export type Window = GlobalWindow | IntervalWindow | CustomWindow;

export const GLOBAL_WINDOW: GlobalWindow = Object.freeze({
  kind: 'global',
  maxTimestamp: GLOBAL_WINDOW_END,
});

/** The windows of an element that was never windowed; shared, so it can be compared by reference. */
export const GLOBAL_WINDOWS: readonly [GlobalWindow] = Object.freeze([GLOBAL_WINDOW] as const);

/** Not frozen: a session makes one per element, and freezing costs more than making it. */
export function intervalWindow(start: EventTime, end: EventTime): IntervalWindow {
  return { kind: 'interval', start, end, maxTimestamp: (end - 1) as EventTime };
}
