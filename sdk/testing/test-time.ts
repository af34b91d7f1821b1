import type { EventTime } from '#portability/model/time.js';
import type { TimeLike } from '../dofn/dofn.js';
import { toEventTime } from '../dofn/time-like.js';
import { durationOf, type DurationUnit } from '../duration.js';
import { eventTime } from '../event-time.js';

/**
 * A time as tests write it: after the epoch (`'90s'`), of the day of the epoch (`'00:01:30'`), as ISO text, or
 * whatever else is a time.
 *
 * @example
 * ```ts
 * import { at, type TestTime } from 'strahl/testing';
 * const times: TestTime[] = ['90s', '00:01:30', '1970-01-01T00:01:30Z', 90_000];
 * console.log(times.every((t) => at(t) === 90_000));
 * ```
 */
export type TestTime =
  TimeLike | `${number}${DurationUnit}` | `${number}:${string}` | `${number}-${string}`;

const DURATION = /^-?[\d.]+(?:ms|s|m|h|d)$/;
const CLOCK = /^(\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,3}))?)?$/;

/**
 * The event time that `t` stands for.
 *
 * @throws STRAHL-4002 for what is not a time
 * @example
 * ```ts
 * import { fixed } from 'strahl';
 * import { at, runTest, testStream } from 'strahl/testing';
 * const clicks = testStream<string>().at(at('00:30'), 'a').finish();
 * const { counts } = await runTest((p) => ({
 *   counts: p.read(clicks).window(fixed('1m')).countPerElement(),
 * }));
 * ```
 */
export function at(t: TestTime): EventTime {
  if (typeof t !== 'string') return toEventTime(t);
  const clock = CLOCK.exec(t);
  if (clock !== null) return timeOfDay(clock);
  return DURATION.test(t)
    ? toEventTime(durationOf(t as `${number}s`, 'a time of a test', at))
    : eventTime(t);
}

function timeOfDay([, hours, minutes, seconds = '0', fraction = '0']: RegExpExecArray): EventTime {
  const whole = (Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds);
  return toEventTime(whole * 1000 + Number(fraction.padEnd(3, '0')));
}
