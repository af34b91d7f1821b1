import { StrahlError } from '#portability/errors.js';
import { isValidTime, type EventTime } from '#portability/model/time.js';
import type { TimeLike } from './dofn.js';

/**
 * A user's time as an event time. Fractions of a millisecond are cut off, as Beam does.
 *
 * @throws STRAHL-4002 for NaN, an invalid `Date`, and whatever lies beyond Beam's limits.
 */
export function toEventTime(time: TimeLike): EventTime {
  const ms = typeof time === 'number' ? time : millisecondsOf(time);
  const whole = Math.floor(ms);
  if (isValidTime(whole)) return whole;
  throw new StrahlError('timestampOutOfBounds', {
    title: `${describe(time)} is not a time`,
    fix: 'give milliseconds since 1970, a valid Date, or an object with epochMilliseconds',
  });
}

function millisecondsOf(time: Exclude<TimeLike, number> | null | undefined): number {
  if (typeof time !== 'object' || time === null) return NaN;
  if ('epochMilliseconds' in time) return time.epochMilliseconds;
  return typeof time.getTime === 'function' ? time.getTime() : NaN;
}

function describe(time: unknown): string {
  if (typeof time === 'number' || time === undefined || time === null) return String(time);
  return typeof time === 'object' ? 'an invalid Date' : `a ${typeof time}`;
}
