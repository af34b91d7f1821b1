import type { EventTime } from './time.js';
import { GLOBAL_WINDOW_END } from './time.js';

/** The window of elements that nobody put into another. */
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

/** A window, of whichever kind: the last time that belongs to it is what all have in common. */
export type Window = GlobalWindow | IntervalWindow | CustomWindow;

/**
 * The one window that holds all times.
 *
 * @example
 * ```ts
 * import { GLOBAL_WINDOW, type Window } from 'strahl/portability';
 * const isGlobal = (window: Window) => window === GLOBAL_WINDOW;
 * ```
 */
export const GLOBAL_WINDOW: GlobalWindow = Object.freeze({
  kind: 'global',
  maxTimestamp: GLOBAL_WINDOW_END,
});

/** The windows of an element that was never windowed; shared, so it can be compared by reference. */
export const GLOBAL_WINDOWS: readonly [GlobalWindow] = Object.freeze([GLOBAL_WINDOW] as const);

/**
 * The times from `start` to just before `end`.
 *
 * Not frozen: a session makes one per element, and freezing costs more than making it.
 *
 * @example
 * ```ts
 * import { intervalWindow, type EventTime } from 'strahl/portability';
 * const firstMinute = intervalWindow(0 as EventTime, 60_000 as EventTime);
 * ```
 */
export function intervalWindow(start: EventTime, end: EventTime): IntervalWindow {
  return { kind: 'interval', start, end, maxTimestamp: (end - 1) as EventTime };
}
