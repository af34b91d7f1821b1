import { expect, it } from '@jest/globals';
import { ByteWriter } from '#portability/wire/writer.js';
import { behindCount, countAt } from './counted-values.js';

it.each([0, 1, 127, 128, 16_383, 16_384, 2 ** 31, 2 ** 40])(
  'a count of %d is read, and passed, where it stands',
  (count) => {
    const out = new ByteWriter();
    out.byte(0xff);
    out.varint(count);
    out.byte(0xff);
    const bytes = out.toBytes();
    expect(countAt(bytes, 1)).toBe(count);
    expect(behindCount(bytes, 1)).toBe(bytes.length - 1);
  },
);
