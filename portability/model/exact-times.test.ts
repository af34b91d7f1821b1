// What a bug here would look like: a timer one second after an element without a timestamp that fails the job, fires
// early, or comes back at another time than it was set to.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ByteReader } from '../wire/reader.js';
import { ByteWriter } from '../wire/writer.js';
import { exactMillis, timeAtOrAfter, timeAtOrBefore } from './exact-times.js';
import {
  addDuration,
  duration,
  expiryOf,
  GLOBAL_WINDOW_END,
  TIMESTAMP_MAX,
  TIMESTAMP_MIN,
  type EventTime,
} from './time.js';

const MIN = -9223372036854775n;
const MAX = 9223372036854775n;
const SAFE = BigInt(Number.MAX_SAFE_INTEGER);
const anyMillis = fc.oneof(
  fc.bigInt(MIN, MAX),
  fc.bigInt(MIN, MIN + 5n),
  fc.bigInt(-SAFE - 5n, -SAFE + 5n),
  fc.bigInt(SAFE - 5n, SAFE + 5n),
  fc.bigInt(9223371950454770n, 9223371950454780n),
  fc.bigInt(MAX - 5n, MAX),
);
/** Every number that a time can be. */
const anyTime = anyMillis.map((ms) => timeAtOrAfter(ms)! as EventTime);

const after = (ms: bigint): bigint => exactMillis(timeAtOrAfter(ms)!);
const before = (ms: bigint): bigint => exactMillis(timeAtOrBefore(ms));

describe('times beyond the safe integers', () => {
  it('are exact where Beam has its limits', () => {
    for (const [time, ms] of [
      [TIMESTAMP_MIN, MIN],
      [TIMESTAMP_MAX, MAX],
      [GLOBAL_WINDOW_END, 9223371950454775n],
      // What an SDK that counts microseconds calls the last moments.
      [9223371950454774, 9223371950454774n],
      [9223372036854774, 9223372036854774n],
    ] as const) {
      expect(exactMillis(time)).toBe(ms);
      expect([timeAtOrAfter(ms), timeAtOrBefore(ms)]).toEqual([time, time]);
    }
  });

  it('are exact an even number of milliseconds behind the least', () => {
    fc.assert(
      fc.property(fc.bigInt(0n, 10n ** 14n), (n) => {
        const ms = MIN + 2n * n;
        expect([after(ms), before(ms)]).toEqual([ms, ms]);
      }),
    );
  });

  it('are rounded up or down as asked, by a millisecond or two, and safe ones never', () => {
    fc.assert(
      fc.property(anyMillis, (ms) => {
        const [low, high] = [before(ms), after(ms)];
        expect(low <= ms && ms <= high).toBe(true);
        // By two where the nearest number stands for itself.
        expect(ms - low <= 2n && high - ms <= 2n).toBe(true);
        if (ms >= -SAFE && ms <= SAFE) expect([low, high]).toEqual([ms, ms]);
      }),
    );
  });

  it('keep the order of what they stand for', () => {
    fc.assert(
      fc.property(anyMillis, anyMillis, (a, b) => {
        const [least, most] = a < b ? [a, b] : [b, a];
        expect(timeAtOrAfter(least)!).toBeLessThanOrEqual(timeAtOrAfter(most)!);
        expect(timeAtOrBefore(least)).toBeLessThanOrEqual(timeAtOrBefore(most));
        expect(timeAtOrBefore(least)).toBeLessThanOrEqual(timeAtOrAfter(most)!);
      }),
    );
  });

  it('are none beyond the limits of Beam, where a watermark is the limit', () => {
    expect([timeAtOrAfter(MIN - 1n), timeAtOrAfter(MAX + 1n)]).toEqual([undefined, undefined]);
    expect(timeAtOrBefore(-(2n ** 63n))).toBe(TIMESTAMP_MIN);
    expect(timeAtOrBefore(2n ** 63n)).toBe(TIMESTAMP_MAX);
  });

  it('come back from their bytes', () => {
    fc.assert(
      fc.property(anyTime, (time) => {
        const out = new ByteWriter();
        out.timestamp(time);
        const bytes = out.toBytes();
        expect(Buffer.from(bytes).readBigUInt64BE() - (1n << 63n)).toBe(exactMillis(time));
        expect(new ByteReader(bytes).timestamp()).toBe(time);
      }),
    );
  });
});

describe('sums of times and durations', () => {
  it('are exact, up to the parity, and end at the limits', () => {
    fc.assert(
      fc.property(anyTime, fc.maxSafeInteger(), (time, d) => {
        const sum = exactMillis(time) + BigInt(d);
        const clipped = sum < MIN ? MIN : sum > MAX ? MAX : sum;
        expect(addDuration(time, duration(d))).toBe(timeAtOrAfter(clipped));
      }),
    );
  });

  it('count from the least time', () => {
    const later = addDuration(TIMESTAMP_MIN, duration(1_000));
    expect(exactMillis(later)).toBe(MIN + 1_000n);
    expect(expiryOf(TIMESTAMP_MIN, duration(1_000))).toBe(later);
  });

  it('WIN-3: let no window outlive the global one', () => {
    fc.assert(
      fc.property(anyTime, fc.nat(), (time, d) => {
        expect(expiryOf(time, duration(d))).toBeLessThanOrEqual(GLOBAL_WINDOW_END);
      }),
    );
    expect(expiryOf(0 as EventTime, duration(Infinity))).toBe(GLOBAL_WINDOW_END);
  });
});
