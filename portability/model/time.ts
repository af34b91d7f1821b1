/**
 * The two clocks and their arithmetic.
 *
 *   T1. An ordinary time is a safe integer of milliseconds.
 *   T2. Beam's limits and what is near them lie outside the safe range, where numbers have steps of 2 ms: each stands for
 *       one exact time (`exact-times.ts`). Only the codec and arithmetic know which; everybody else compares.
 *   T3. Arithmetic is exact and saturates: at `GLOBAL_WINDOW_END` (window ends) or at the limits (other times).
 */
import { exactMillis, timeAtOrAfter } from './exact-times.js';

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
 * Milliseconds as the type that the model has for a length of time.
 *
 * @example
 * ```ts
 * import { duration } from 'strahl/portability';
 * const minute = duration(60_000);
 * ```
 */
export const duration = (ms: number): Duration => ms as Duration;

/** True for a time that may be carried by an element, a timer or a watermark. */
export function isValidTime(t: number): t is EventTime {
  if (Number.isSafeInteger(t)) return true;
  // Of 2^53 nobody can say which of two times it was before it was rounded.
  return t >= TIMESTAMP_MIN && t <= TIMESTAMP_MAX && Number.isInteger(t) && Math.abs(t) !== 2 ** 53;
}

export function minTime(a: EventTime, b: EventTime): EventTime {
  return a < b ? a : b;
}

/** `t + d`, saturating at the limits of time (T3). */
export function addDuration(t: EventTime, d: Duration): EventTime {
  const sum = t + d;
  if (Number.isSafeInteger(t) && Number.isSafeInteger(sum)) return sum as EventTime;
  // Without an end, or beyond the limits.
  const limit = d < 0 ? TIMESTAMP_MIN : TIMESTAMP_MAX;
  if (!Number.isInteger(d)) return limit;
  return (timeAtOrAfter(exactMillis(t) + BigInt(d)) as EventTime | undefined) ?? limit;
}

/** When a window is collected: `min(maxTimestamp + allowedLateness, GLOBAL_WINDOW_END)`. */
export function expiryOf(maxTimestamp: EventTime, allowedLateness: Duration): EventTime {
  const sum = maxTimestamp + allowedLateness;
  if (Number.isSafeInteger(maxTimestamp) && Number.isSafeInteger(sum)) return sum as EventTime;
  if (maxTimestamp >= GLOBAL_WINDOW_END) return GLOBAL_WINDOW_END;
  // Asked for each element that has no time of its own; exact sums are dear.
  if (allowedLateness === 0) return maxTimestamp;
  return minTime(addDuration(maxTimestamp, allowedLateness), GLOBAL_WINDOW_END);
}

/** `2015-05-17T10:05:03.000Z`, or the limit's name. */
export function formatTime(t: EventTime): string {
  if (t === TIMESTAMP_MIN) return 'TIMESTAMP_MIN';
  if (t === TIMESTAMP_MAX) return 'TIMESTAMP_MAX';
  if (t === GLOBAL_WINDOW_END) return 'GLOBAL_WINDOW_END';
  return Math.abs(t) <= 8.64e15 ? new Date(t).toISOString() : `${String(t)} ms`;
}

const SPANS = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
  ['s', 1_000],
] as const;

/** Milliseconds as a person reads them: `850 ms`, `4.2 s`, `3 min 5 s`, `2 h 4 min`, `325 d 4 h`. */
export function formatDuration(ms: number): string {
  if (ms < 0) return `-${formatDuration(-ms)}`;
  const whole = Math.round(ms);
  if (whole < 1_000) return `${String(whole)} ms`;
  if (whole < 9_950) return `${(whole / 1_000).toFixed(1)} s`;
  if (whole < 10_000) return '10 s';
  const first = SPANS.findIndex(([, size]) => whole >= size);
  const [unit, size] = SPANS[first]!;
  const [smaller, part] = SPANS[first + 1] ?? ['ms', 1];
  const rest = smaller === 'ms' ? 0 : Math.floor((whole % size) / part);
  const text = `${String(Math.floor(whole / size))} ${unit}`;
  return rest === 0 ? text : `${text} ${String(rest)} ${smaller}`;
}
