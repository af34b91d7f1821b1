import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { ByteReader } from '../wire/reader.js';
import { ByteWriter } from '../wire/writer.js';
import { readBigInteger, writeBigInteger } from './big-integers.js';

// A bug here changes an integer on its way, or gives equal keys different bytes.

function bytesOf(n: bigint): number[] {
  const out = new ByteWriter(1);
  writeBigInteger(n, out);
  return [...out.toBytes()];
}

/** Where a byte more is needed, or the sign changes, at one bit or next to it. */
const edge = fc
  .tuple(fc.integer({ min: 0, max: 140 }), fc.bigInt({ min: -2n, max: 2n }), fc.boolean())
  .map(([bits, near, isNegative]) => (2n ** BigInt(bits) + near) * (isNegative ? -1n : 1n));

test('an integer of any size comes back, and its bytes are the fewest', () => {
  fc.assert(
    fc.property(fc.oneof(edge, fc.bigInt()), (n) => {
      const bytes = bytesOf(n);
      expect(readBigInteger(new ByteReader(Uint8Array.from(bytes)))).toBe(n);
      const size = bytes.length - 1;
      expect(bytes[0]).toBe(size);
      expect(BigInt.asIntN(size * 8, n)).toBe(n);
      if (size > 1) expect(BigInt.asIntN((size - 1) * 8, n)).not.toBe(n);
    }),
    { numRuns: 1000 },
  );
});

test.each<[bigint, number[]]>([
  [0n, [1, 0]],
  [-1n, [1, 255]],
  [127n, [1, 127]],
  [128n, [2, 0, 128]],
  [-128n, [1, 128]],
  [-129n, [2, 255, 127]],
  [2n ** 63n - 1n, [8, 127, 255, 255, 255, 255, 255, 255, 255]],
  [2n ** 63n, [9, 0, 128, 0, 0, 0, 0, 0, 0, 0]],
  [-(2n ** 63n), [8, 128, 0, 0, 0, 0, 0, 0, 0]],
])('%p has the bytes that Java gives it', (n, bytes) => {
  expect(bytesOf(n)).toEqual(bytes);
});

test.each<[number[], bigint]>([
  [[0], 0n],
  [[3, 0, 0, 5], 5n],
  [[3, 255, 255, 251], -5n],
  [[10, 255, 255, 255, 255, 255, 255, 255, 255, 255, 251], -5n],
])('bytes %p, longer than need be, are read', (bytes, n) => {
  expect(readBigInteger(new ByteReader(Uint8Array.from(bytes)))).toBe(n);
});

test('an integer that is cut off is refused', () => {
  expect(() => readBigInteger(new ByteReader(Uint8Array.of(4, 1, 2)))).toThrow(/STRAHL-5002/);
});
