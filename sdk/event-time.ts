import { StrahlError } from '#portability/errors.js';
import type { EventTime } from '#portability/model/time.js';
import type { TimeLike } from './dofn/dofn.js';
import { toEventTime } from './dofn/time-like.js';

/**
 * A time on the events' own clock: milliseconds, a `Date`, anything with `epochMilliseconds`, or ISO text.
 *
 * @throws STRAHL-4002 for what is not a time
 * @example
 * ```ts
 * import { eventTime } from 'strahl';
 * const noon = eventTime('2015-05-17T12:00:00Z');
 * ```
 */
export function eventTime(time: TimeLike | string): EventTime {
  if (typeof time !== 'string') return toEventTime(time);
  const ms = Date.parse(time);
  if (Number.isSafeInteger(ms)) return toEventTime(ms);
  throw new StrahlError('timestampOutOfBounds', {
    title: `'${time}' is not a time`,
    fix: "write it as in '2015-05-17T10:05:03Z'",
  });
}
