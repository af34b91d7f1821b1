import { expect, it } from '@jest/globals';
import { ByteReader } from '../wire/reader.js';
import { ByteWriter } from '../wire/writer.js';
import { CountedCoder } from './counted.js';
import { stringCoder } from './primitives.js';

it.each([0, 1, 127, 128, 1_000_000])(
  'what stands for %d elements is their number and a value',
  (count) => {
    const coder = new CountedCoder(stringCoder);
    const out = new ByteWriter();
    coder.encode({ count, value: 'sum' }, out);
    const input = new ByteReader(out.toBytes());
    expect(coder.decode(input)).toEqual({ count, value: 'sum' });
    expect(input.remaining).toBe(0);
    input.pos = 0;
    coder.skip(input);
    expect(input.remaining).toBe(0);
  },
);

it('is as deterministic as the value', () => {
  expect(new CountedCoder(stringCoder).deterministic).toBe(true);
});
