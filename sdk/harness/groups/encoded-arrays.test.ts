// What a bug here would look like: a group that is read at once differs from one that is iterated.
import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import type { ElementCoder } from '#portability/coders/coder.js';
import { UNKNOWN_COUNT } from '#portability/coders/iterables.js';
import { plainCoder, plainKeyCoder } from '#portability/coders/plain/plain.js';
import { ByteWriter } from '#portability/wire/writer.js';
import { EncodedValues } from './encoded-values.js';

function counted(values: readonly unknown[]): Uint8Array {
  const out = new ByteWriter();
  out.int32(values.length);
  for (const value of values) plainCoder.encode(value, out);
  return out.toBytes();
}

function inBatches(batches: readonly (readonly unknown[])[]): Uint8Array {
  const out = new ByteWriter();
  out.int32(UNKNOWN_COUNT);
  for (const batch of [...batches, []]) {
    out.varint(batch.length);
    for (const value of batch) plainCoder.encode(value, out);
  }
  return out.toBytes();
}

const read = (bytes: Uint8Array, coder: ElementCoder<unknown> = plainCoder) =>
  new EncodedValues(bytes, 0, bytes.length, coder);

describe('the values of an encoded iterable', () => {
  // The second coder does not decode several values at once.
  it.each([
    ['at once', plainCoder],
    ['one by one', plainKeyCoder],
  ])('are the same as an array and as an iteration, decoded %s', (_, coder) => {
    for (const bytes of [counted([1, 'b', 300]), inBatches([[1], ['b', 300]])]) {
      expect(read(bytes, coder).toArray()).toEqual([1, 'b', 300]);
      expect([...read(bytes, coder)]).toEqual([1, 'b', 300]);
    }
  });

  it('are the same in both ways, whatever lies before and behind a short integer', () => {
    const integer = fc.constantFrom(0, 63, 64, 127, 128, 300, 16_383, 16_384, -1, -300, 2 ** 40);
    const value = fc.oneof(integer, fc.string(), fc.constantFrom(-0, 0.5, null, [300], true));
    fc.assert(
      fc.property(fc.array(value), (values) => {
        const encoded = read(counted(values));
        expect(encoded.toArray()).toEqual(values);
        expect([...encoded]).toEqual(values);
      }),
    );
  });

  it('are the same in both ways, wherever a run of texts ends', () => {
    const character = fc.constantFrom('a', '\u007f', '\u0080', 'é', '\ufffd', '😀');
    const ascii = fc.string({ unit: fc.constantFrom('a', ' ', '\0', '\u007f'), maxLength: 40 });
    const length = fc.constantFrom(0, 1, 32, 33, 127, 128, 300);
    const value = fc.oneof(
      { arbitrary: ascii, weight: 9 },
      { arbitrary: length.map((n) => 'x'.repeat(n)), weight: 3 },
      fc.string({ unit: character, maxLength: 40 }),
      fc.constantFrom(7, null),
    );
    fc.assert(
      fc.property(fc.array(value, { maxLength: 40, size: 'max' }), (values) => {
        const encoded = read(counted(values));
        expect(encoded.toArray()).toEqual(values);
        expect([...encoded]).toEqual(values);
      }),
    );
  });

  it('may be none, in both forms', () => {
    expect(read(counted([])).toArray()).toEqual([]);
    expect(read(inBatches([])).toArray()).toEqual([]);
  });

  it('are refused as an array when bytes are missing', () => {
    for (const values of [
      [1, 'beam'],
      ['beam', 'samza', 'flink', 'x'.repeat(40)],
    ]) {
      const bytes = counted(values);
      expect(() => read(bytes.subarray(0, bytes.length - 1)).toArray()).toThrow('STRAHL-5002');
    }
  });
});
