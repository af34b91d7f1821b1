// A bug here changes bytes of elements, or writes beside them.
import { expect, it } from '@jest/globals';
import { copyBytes, copyRun, isSameRun } from './copy-run.js';
import { viewOf } from './native-buffer.js';

const SIZES = [...Array(20).keys(), 48, 49, 127, 128, 129, 511, 512, 513, 2000];
const source = Uint8Array.from({ length: 2100 }, (_, i) => 1 + ((i * 7) % 250));

it.each(SIZES)('a run of %d bytes is copied, and nothing beside it', (size) => {
  const byWords = new Uint8Array(2100);
  copyRun(viewOf(source), 3, 3 + size, viewOf(byWords), 5);
  const byBytes = new Uint8Array(2100);
  copyBytes(source, 3, 3 + size, byBytes, 5);
  const expected = new Uint8Array(2100);
  expected.set(source.subarray(3, 3 + size), 5);
  expect(Buffer.compare(byWords, expected)).toBe(0);
  expect(Buffer.compare(byBytes, expected)).toBe(0);
});

it.each(SIZES)('runs of %d bytes are the same if every byte is', (size) => {
  const other = new Uint8Array(2100);
  other.set(source.subarray(3, 3 + size), 6);
  const isSame = (): boolean => isSameRun(viewOf(source), 3, 3 + size, viewOf(other), 6, 6 + size);
  expect(isSame()).toBe(true);
  expect(isSameRun(viewOf(source), 3, 3 + size, viewOf(other), 6, 7 + size)).toBe(false);
  for (const at of size === 0 ? [] : [0, size >> 1, size - 1]) {
    other[6 + at]! ^= 0x80;
    expect(isSame()).toBe(false);
    other[6 + at]! ^= 0x80;
  }
});
