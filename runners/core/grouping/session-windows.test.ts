// What a bug here looks like: sessions at the ends of time that are joined with their neighbours, or are not.
import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { intervalWindowCoder } from '#portability/coders/windows.js';
import { exactIntervalWindow } from '#portability/model/exact-windows.js';
import { duration } from '#portability/model/time.js';
import { ByteWriter } from '#portability/wire/writer.js';
import { SessionWindows } from './session-windows.js';

const LEAST = -(2n ** 63n) / 1000n;
const time = fc.oneof(
  fc.bigInt({ min: -1000n, max: 1000n }),
  fc.bigInt({ min: LEAST, max: -LEAST }),
  fc.constantFrom(LEAST, -LEAST, 2n ** 53n, -(2n ** 53n), 2n ** 53n - 1n, 2n ** 49n),
);

function encoded(start: bigint, end: bigint): Uint8Array {
  const out = new ByteWriter(24);
  intervalWindowCoder.encode(exactIntervalWindow(start, end), out);
  return out.toBytes();
}

const bounds = fc
  .tuple(time, time)
  .map(([a, b]): readonly [bigint, bigint] => (a < b ? [a, b] : [b, a]));

describe('windows of sessions', () => {
  it('WIN-7, WIN-8: are the bytes they were read from, wherever their bounds are', () => {
    fc.assert(
      fc.property(bounds, fc.nat(3), ([start, end], at) => {
        const windows = new SessionWindows(intervalWindowCoder, duration(0));
        const window = encoded(start, end);
        const source = new Uint8Array(at + window.length + 1);
        source.set(window, at);
        expect(windows.read(source, at, true)).toBe(at + window.length);
        windows.put(3);
        expect(Uint8Array.from(windows.encoded(3))).toEqual(Uint8Array.from(window));
        expect(windows.equals(3)).toBe(true);
        expect(windows.maxOf(3)).toBe(windows.maxTimestamp);
      }),
    );
  });

  it('MRG-2: span to the least window that holds both', () => {
    fc.assert(
      fc.property(bounds, bounds, ([a, b], [c, d]) => {
        const windows = new SessionWindows(intervalWindowCoder, duration(0));
        windows.read(encoded(a, b), 0, true);
        windows.put(1);
        windows.read(encoded(c, d), 0, true);
        windows.span(1);
        windows.put(2);
        const both = encoded(a < c ? a : c, b > d ? b : d);
        expect(Uint8Array.from(windows.encoded(2))).toEqual(Uint8Array.from(both));
      }),
      {
        examples: [
          [
            [-1n, 0n],
            [2n ** 53n - 2n ** 49n, 2n ** 53n - 1n],
          ],
        ],
      },
    );
  });
});
