// A bug here changes bytes of elements, or writes beside them.
import { expect, it } from '@jest/globals';
import { copyRun, isSameRun } from './copy-run.js';

const SIZES = [...Array(20).keys(), 127, 128, 129, 511, 512, 513, 2000];
const source = Uint8Array.from({ length: 2100 }, (_, i) => 1 + ((i * 7) % 250));
const viewOf = ({ buffer }: Uint8Array): DataView => new DataView(buffer as ArrayBuffer);

it.each(SIZES)('a run of %d bytes is copied, and nothing beside it', (size) => {
  const target = new Uint8Array(2100);
  copyRun(viewOf(source), 3, 3 + size, viewOf(target), 5);
  const expected = new Uint8Array(2100);
  expected.set(source.subarray(3, 3 + size), 5);
  expect(Buffer.compare(target, expected)).toBe(0);
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
