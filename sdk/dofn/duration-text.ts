import { StrahlError } from '#portability/errors.js';
import type { Duration } from '#portability/model/time.js';

export type DurationUnit = 'ms' | 's' | 'm' | 'h' | 'd';

/**
 * A length of time: a checked literal or plain milliseconds.
 *
 * @example
 * ```ts
 * import { fixed, type DurationLike } from 'strahl';
 * const size: DurationLike = '90s';
 * const windows = [fixed(size), fixed('1.5h'), fixed(250)];
 * ```
 */
export type DurationLike = `${number}${DurationUnit}` | number;

const UNIT_MS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

/** Milliseconds of a duration as users write it; `undefined` for what is none. */
export function millisecondsOf(text: unknown): Duration | undefined {
  const ms = typeof text === 'number' ? text : parse(text);
  return Number.isSafeInteger(ms) ? (ms as Duration) : undefined;
}

/** @throws STRAHL-1203 for what is not a duration, told as `what` */
export function durationIn(text: unknown, what: string): Duration {
  const ms = millisecondsOf(text);
  if (ms === undefined) throw noDuration(text, what);
  return ms;
}

export function noDuration(text: unknown, what: string, site?: string): StrahlError {
  return new StrahlError('windowOutOfRange', {
    title: `${what} is ${quote(text)}, which is not a whole number of milliseconds`,
    ...(site === undefined ? {} : { site }),
    fix: "write a number and a unit of ms, s, m, h, d, as in '30s', or plain milliseconds",
  });
}

function parse(text: unknown): number {
  const match = typeof text === 'string' ? /^(-?\d+(?:\.\d+)?)(ms|s|m|h|d)$/.exec(text) : null;
  if (match === null) return NaN;
  // Rounded because 1.1 s is 1100.0000000000001 ms in binary; a real fraction stays one.
  const ms = Number(match[1]) * UNIT_MS[match[2]!]!;
  return Math.abs(ms - Math.round(ms)) < 1e-6 ? Math.round(ms) : ms;
}

function quote(x: unknown): string {
  return typeof x === 'string' ? `'${x}'` : String(x);
}
