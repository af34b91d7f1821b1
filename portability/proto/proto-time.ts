import { StrahlError } from '../errors.js';
import { exactMillis, timeAtOrBefore } from '../model/exact-times.js';
import type { EventTime } from '../model/time.js';
import type { Init } from './codec.js';
import type { Duration as DurationProto } from './generated/google/protobuf/duration.js';

/** Seconds and nanoseconds; Google's Duration and Timestamp have the same fields. */
export type Seconds = Init<DurationProto>;

const MS_PER_SECOND = 1000;
const NANOS_PER_MS = 1_000_000;
const INT64_MAX = 2n ** 63n - 1n;

/** Whole milliseconds; `undefined` for a finer value or one beyond the safe range. */
export function millisOf({ seconds = 0, nanos = 0 }: Seconds): number | undefined {
  const ms = seconds * MS_PER_SECOND + nanos / NANOS_PER_MS;
  return Number.isSafeInteger(ms) ? ms : undefined;
}

/** As Google's Duration wants it: both parts of one sign. */
export function durationProto(ms: number): Seconds {
  const seconds = Math.trunc(ms / MS_PER_SECOND);
  return { seconds, nanos: (ms - seconds * MS_PER_SECOND) * NANOS_PER_MS };
}

/** Of a time, or of a length of time: where that does not fit it is as good as endless. */
export function timeToInt64(t: number): bigint {
  if (!Number.isInteger(t)) {
    throw new StrahlError('integerOutOfRange', {
      title: `${String(t)} is not a whole number of milliseconds`,
    });
  }
  const n = exactMillis(t);
  return n > INT64_MAX ? INT64_MAX : n;
}

/** A timestamp: nanoseconds count forward, also before the epoch. */
export function timestampProto(t: EventTime): Seconds {
  const exact = timeToInt64(t);
  const ms = Number(((exact % 1000n) + 1000n) % 1000n);
  return { seconds: Number((exact - BigInt(ms)) / 1000n), nanos: ms * NANOS_PER_MS };
}

/** A watermark: truncates towards the past. */
export function eventTimeOf({ seconds = 0, nanos = 0 }: Seconds): EventTime {
  const ms = BigInt(seconds) * 1000n + BigInt(Math.floor(nanos / NANOS_PER_MS));
  return timeAtOrBefore(ms) as EventTime;
}
