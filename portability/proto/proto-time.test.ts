import { describe, expect, it } from '@jest/globals';
import { GLOBAL_WINDOW_END, TIMESTAMP_MAX, TIMESTAMP_MIN, type EventTime } from '../model/time.js';
import { durationProto, eventTimeOf, millisOf, timestampProto, timeToInt64 } from './proto-time.js';

const time = (ms: number): EventTime => ms as EventTime;

describe('times in messages', () => {
  it.each([
    [TIMESTAMP_MIN, -9223372036854775n],
    [TIMESTAMP_MAX, 9223372036854775n],
    [GLOBAL_WINDOW_END, 9223371950454775n],
    [time(0), 0n],
    [time(-1), -1n],
    [time(Number.MAX_SAFE_INTEGER), 9007199254740991n],
    [time(-9007199254740994), -9007199254740993n],
  ])('%d is %d as an integer', (t, exact) => {
    expect(timeToInt64(t)).toBe(exact);
  });

  it.each([TIMESTAMP_MIN, TIMESTAMP_MAX, GLOBAL_WINDOW_END, time(0), time(-1), time(1_500)])(
    '%d comes back from a Timestamp',
    (t) => {
      expect(eventTimeOf(timestampProto(t))).toBe(t);
    },
  );

  it('count nanoseconds forward before the epoch', () => {
    expect(timestampProto(time(-1))).toEqual({ seconds: -1, nanos: 999_000_000 });
  });

  it('give both parts of a duration the same sign', () => {
    expect(durationProto(-1_500)).toEqual({ seconds: -1, nanos: -500_000_000 });
    expect(millisOf(durationProto(-1_500))).toBe(-1_500);
  });

  it('are refused when they are not a whole number', () => {
    expect(() => timeToInt64(1.5)).toThrow(/1\.5 is not a whole number of milliseconds/);
    expect(() => timeToInt64(NaN)).toThrow(/NaN is not a whole number/);
  });
});
