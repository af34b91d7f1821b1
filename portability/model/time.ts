/**
 * The two clocks and their arithmetic.
 *
 *   T1. An ordinary time is a safe integer of milliseconds.
 *   T2. Sentinels lie outside the safe range. As numbers the limits of Beam are rounded by 1 ms, so only the
 *       codec maps them to their exact wire value; everybody else compares with them.
 *   T3. Arithmetic saturates: adding to a sentinel returns it, and a sum that leaves the safe range
 *       becomes `GLOBAL_WINDOW_END` (window ends) or `TIMESTAMP_MAX` (other times).
 */
declare const clock: unique symbol;

/**
 * Milliseconds since the epoch on the events' own clock.
 *
 * @example
 * ```ts
 * import type { EventTime } from 'strahl';
 * const dayOf = (t: EventTime): string => new Date(t).toISOString().slice(0, 10);
 * ```
 */
export type EventTime = number & { readonly [clock]: 'event' };
/**
 * Milliseconds since the epoch on the clock of the machine that processes.
 *
 * @example
 * ```ts
 * import type { ProcessingTime } from 'strahl/portability';
 * const age = (since: ProcessingTime, now: ProcessingTime): number => now - since;
 * ```
 */
export type ProcessingTime = number & { readonly [clock]: 'processing' };
/**
 * A length of time in milliseconds.
 *
 * @example
 * ```ts
 * import { duration, type Duration } from 'strahl/portability';
 * const minutes = (n: number): Duration => duration(n * 60_000);
 * ```
 */
export type Duration = number & { readonly [clock]: 'duration' };

/**
 * Beam's MIN_TIMESTAMP_MILLIS, −9223372036854775 on the wire.
 *
 * @example
 * ```ts
 * import { TIMESTAMP_MIN, type EventTime } from 'strahl';
 * const hasTime = (time: EventTime) => time > TIMESTAMP_MIN;
 * ```
 */
export const TIMESTAMP_MIN: EventTime = -9223372036854775 as EventTime;
/**
 * Beam's MAX_TIMESTAMP_MILLIS, 9223372036854775 on the wire; a finished watermark.
 *
 * @example
 * ```ts
 * import { TIMESTAMP_MAX, type EventTime } from 'strahl';
 * const isFinished = (watermark: EventTime) => watermark === TIMESTAMP_MAX;
 * ```
 */
export const TIMESTAMP_MAX: EventTime = 9223372036854775 as EventTime;
/**
 * Beam's GLOBAL_WINDOW_MAX_TIMESTAMP_MILLIS, 9223371950454775 on the wire.
 *
 * @example
 * ```ts
 * import { GLOBAL_WINDOW_END, type Window } from 'strahl';
 * const everEnds = (window: Window) => window.maxTimestamp < GLOBAL_WINDOW_END;
 * ```
 */
export const GLOBAL_WINDOW_END: EventTime = 9223371950454775 as EventTime;
/**
 * One millisecond before the last of the global window, and of all times: what an SDK that counts microseconds
 * calls the last moment before the end. Both are even and so exact.
 */
export const BEFORE_GLOBAL_WINDOW_END: EventTime = 9223371950454774 as EventTime;
export const BEFORE_TIMESTAMP_MAX: EventTime = 9223372036854774 as EventTime;

/**
 * Milliseconds as the type that the model has for a length of time.
 *
 * @example
 * ```ts
 * import { duration } from 'strahl/portability';
 * const minute = duration(60_000);
 * ```
 */
export const duration = (ms: number): Duration => ms as Duration;

/** True for T1: a time that is a safe integer and hence no sentinel. */
export function isFinite(t: EventTime): boolean {
  return Number.isSafeInteger(t);
}

/** True for a time that may be carried by an element, a timer or a watermark. */
export function isValidTime(t: number): t is EventTime {
  return (
    Number.isSafeInteger(t) ||
    t === TIMESTAMP_MIN ||
    t === TIMESTAMP_MAX ||
    t === GLOBAL_WINDOW_END ||
    t === BEFORE_GLOBAL_WINDOW_END ||
    t === BEFORE_TIMESTAMP_MAX
  );
}

export function minTime(a: EventTime, b: EventTime): EventTime {
  return a < b ? a : b;
}

export function maxTime(a: EventTime, b: EventTime): EventTime {
  return a > b ? a : b;
}

/** `t + d`, saturating at `TIMESTAMP_MAX` (T3). */
export function addDuration(t: EventTime, d: Duration): EventTime {
  if (!Number.isSafeInteger(t)) return t;
  const sum = t + d;
  return Number.isSafeInteger(sum) ? (sum as EventTime) : TIMESTAMP_MAX;
}

/** When a window is collected: `min(maxTimestamp + allowedLateness, GLOBAL_WINDOW_END)`. */
export function expiryOf(maxTimestamp: EventTime, allowedLateness: Duration): EventTime {
  if (!Number.isSafeInteger(maxTimestamp)) return minTime(maxTimestamp, GLOBAL_WINDOW_END);
  const sum = maxTimestamp + allowedLateness;
  return Number.isSafeInteger(sum) ? (sum as EventTime) : GLOBAL_WINDOW_END;
}

/** `2015-05-17T10:05:03.000Z`, or the sentinel's name. */
export function formatTime(t: EventTime): string {
  if (t === TIMESTAMP_MIN) return 'TIMESTAMP_MIN';
  if (t === TIMESTAMP_MAX) return 'TIMESTAMP_MAX';
  if (t === GLOBAL_WINDOW_END) return 'GLOBAL_WINDOW_END';
  return Math.abs(t) <= 8.64e15 ? new Date(t).toISOString() : `${String(t)} ms`;
}
