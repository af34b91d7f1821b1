import { StrahlError } from '#portability/errors.js';
import type { Duration } from '#portability/model/time.js';
import { siteOfCall, type Callee, type Site } from './graph/site.js';

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

/** The same for a literal, with the name of a property as the text of the compiler's error. */
export type CheckedDuration<D> = [D] extends [DurationLike]
  ? D
  : D & {
      readonly "STRAHL-1203: a duration is milliseconds or a number and a unit of ms, s, m, h, d, as in '30s'": never;
    };

const UNIT_MS: Readonly<Record<DurationUnit, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

/**
 * Milliseconds of `text`.
 *
 * @param what names the argument in the error, for example `size of fixed windows`
 * @param at the user's call, or the public function that was called there
 * @throws STRAHL-1203 for another unit, a fraction of a millisecond, or what is no number
 */
export function durationOf(
  text: DurationLike,
  what: string,
  at: Callee | Site | undefined,
): Duration {
  const ms = typeof text === 'number' ? text : parse(text);
  if (Number.isSafeInteger(ms)) return ms as Duration;
  const site = typeof at === 'function' ? siteOfCall(at) : at;
  throw new StrahlError('windowOutOfRange', {
    title: `${what} is ${quote(text)}, which is no whole number of milliseconds`,
    ...(site === undefined ? {} : { site }),
    fix: "write a number and a unit of ms, s, m, h, d, as in '30s', or plain milliseconds",
  });
}

function parse(text: unknown): number {
  const match = typeof text === 'string' ? /^(-?\d+(?:\.\d+)?)(ms|s|m|h|d)$/.exec(text) : null;
  if (match === null) return NaN;
  // Rounded because 1.1 s is 1100.0000000000001 ms in binary; a real fraction stays one.
  const ms = Number(match[1]) * UNIT_MS[match[2] as DurationUnit];
  return Math.abs(ms - Math.round(ms)) < 1e-6 ? Math.round(ms) : ms;
}

function quote(x: unknown): string {
  return typeof x === 'string' ? `'${x}'` : String(x);
}
