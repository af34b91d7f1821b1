import type { EventTime } from './time.js';
import { GLOBAL_WINDOW_END } from './time.js';

/**
 * The window of elements that nobody put into another.
 *
 * @example
 * ```ts
 * import { GLOBAL_WINDOW, type GlobalWindow } from 'strahl/portability';
 * const everything: GlobalWindow = GLOBAL_WINDOW;
 * ```
 */
export interface GlobalWindow {
  readonly kind: 'global';
  readonly maxTimestamp: EventTime;
}

/**
 * The half-open interval [start, end); its last timestamp is `end - 1`.
 *
 * @example
 * ```ts
 * import type { IntervalWindow } from 'strahl/portability';
 * const lengthMs = ({ start, end }: IntervalWindow): number => end - start;
 * ```
 */
export interface IntervalWindow {
  readonly kind: 'interval';
  readonly start: EventTime;
  readonly end: EventTime;
  readonly maxTimestamp: EventTime;
}

/**
 * A window of a user's window function; only that function understands `value`.
 *
 * @example
 * ```ts
 * import type { CustomWindow, Window } from 'strahl/portability';
 * const ownValue = (window: Window): CustomWindow['value'] =>
 *   window.kind === 'custom' ? window.value : undefined;
 * ```
 */
export interface CustomWindow {
  readonly kind: 'custom';
  readonly value: unknown;
  readonly maxTimestamp: EventTime;
}

/**
 * A window, of whichever kind: the last time that belongs to it is what all have in common.
 *
 * @example
 * ```ts
 * import type { Window } from 'strahl';
 * const name = (window: Window): string =>
 *   window.kind === 'interval' ? new Date(window.start).toISOString() : window.kind;
 * ```
 */
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
