import type { Duration } from '#portability/model/time.js';
import { millisecondsOf, noDuration, type DurationLike } from './dofn/duration-text.js';
import { siteOfCall, type Callee, type Site } from './graph/site.js';

export type { DurationLike, DurationUnit } from './dofn/duration-text.js';

/** The same for a literal, with the name of a property as the text of the compiler's error. */
export type CheckedDuration<D> = [D] extends [DurationLike]
  ? D
  : D & {
      readonly "STRAHL-1203: a duration is milliseconds or a number and a unit of ms, s, m, h, d, as in '30s'": never;
    };

/**
 * Milliseconds of `text`.
 *
 * @param what names the argument in the error, for example `size of fixed windows`
 * @param at the user's call, or the public function that was called there
 * @throws STRAHL-1203 for another unit, a fraction of a millisecond, or what is not a number
 */
export function durationOf(
  text: DurationLike,
  what: string,
  at: Callee | Site | undefined,
): Duration {
  const ms = millisecondsOf(text);
  if (ms !== undefined) return ms;
  const site = typeof at === 'function' ? siteOfCall(at) : at;
  throw noDuration(text, what, site);
}
