import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { asBuffer } from './native-buffer.js';
import { shortText } from './short-texts.js';

// A bug here gives a user another text than the one that was sent, and only if some third text was read before.

/** Few kinds of bytes, so that texts are alike in most of them. */
const ascii = fc.array(fc.constantFrom(0, 32, 97, 98, 127), { maxLength: 40 });

test('a text is that of its bytes, whatever was read before', () => {
  fc.assert(
    fc.property(fc.array(ascii), fc.nat(3), (all, before) => {
      for (const codes of [...all, ...all]) {
        const bytes = asBuffer(Uint8Array.from([...Array(before).fill(200), ...codes, 200]));
        const expected = codes.length <= 32 ? String.fromCharCode(...codes) : undefined;
        expect(shortText(bytes, before, codes.length)).toBe(expected);
      }
    }),
  );
});

test('texts are kept apart when there are more than are remembered', () => {
  const texts = Array.from({ length: 20_000 }, (_, n) => `${String(n)}${'.'.repeat(n % 27)}`);
  const bytes = asBuffer(Buffer.from(texts.join(''), 'latin1'));
  for (let round = 0; round < 2; round++) {
    const read: (string | undefined)[] = [];
    let at = 0;
    for (const { length } of texts) {
      read.push(shortText(bytes, at, length));
      at += length;
    }
    expect(read).toEqual(texts);
  }
});

test('what is not ASCII is left to others, wherever it lies', () => {
  for (let length = 1; length <= 32; length++) {
    for (let at = 0; at < length; at++) {
      const bytes = asBuffer(new Uint8Array(length).fill(97));
      bytes[at] = 0x80;
      expect(shortText(bytes, 0, length)).toBeUndefined();
    }
  }
});
