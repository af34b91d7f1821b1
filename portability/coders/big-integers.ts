import type { ByteReader } from '../wire/reader.js';
import type { ByteWriter } from '../wire/writer.js';

/** For integers of 64 bits, which most are: they need no text on their way. */
const words = new DataView(new ArrayBuffer(8));

/** Writes a varint length and the shortest big-endian two's complement; 0 is one zero byte. */
export function writeBigInteger(n: bigint, out: ByteWriter): void {
  if (BigInt.asIntN(64, n) === n) writeShort(n, out);
  else writeLong(n, out);
}

function writeShort(n: bigint, out: ByteWriter): void {
  words.setBigInt64(0, n);
  const sign = n < 0n ? 0xff : 0;
  let start = 0;
  while (start < 7 && words.getUint8(start) === sign && words.getInt8(start + 1) < 0 === n < 0n)
    start++;
  out.byte(8 - start);
  for (let i = start; i < 8; i++) out.byte(words.getUint8(i));
}

function writeLong(n: bigint, out: ByteWriter): void {
  const magnitude = n < 0n ? ~n : n;
  // One bit more than the magnitude, for the sign.
  const bits = magnitude.toString(16).length * 4 + 1;
  let bytes = Buffer.from(toHex(n, Math.ceil(bits / 8)), 'hex');
  if (bytes.length > 1 && isSignOnly(bytes)) bytes = bytes.subarray(1);
  out.lengthPrefixed(bytes);
}

function toHex(n: bigint, byteLength: number): string {
  return BigInt.asUintN(byteLength * 8, n)
    .toString(16)
    .padStart(byteLength * 2, '0');
}

/** Whether the first byte repeats the sign that the second one carries already. */
function isSignOnly(bytes: Uint8Array): boolean {
  const first = bytes[0]!;
  const negative = bytes[1]! >= 0x80;
  return negative ? first === 0xff : first === 0x00;
}

/** Reads what `writeBigInteger` wrote; longer forms of a peer too. No bytes at all are 0. */
export function readBigInteger(input: ByteReader): bigint {
  const size = input.length('an integer');
  if (size <= 8) return readShort(size, input);
  const bytes = input.raw(size);
  const hex = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('hex');
  return BigInt.asIntN(bytes.length * 8, BigInt(`0x${hex}`));
}

function readShort(size: number, input: ByteReader): bigint {
  const { bytes, pos } = input;
  words.setBigInt64(0, size > 0 && bytes[pos]! >= 0x80 ? -1n : 0n);
  for (let i = 0; i < size; i++) words.setUint8(8 - size + i, bytes[pos + i]!);
  input.pos = pos + size;
  return words.getBigInt64(0);
}
