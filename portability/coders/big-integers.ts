import type { ByteReader } from '../wire/reader.js';
import type { ByteWriter } from '../wire/writer.js';

/** Writes a varint length and the shortest big-endian two's complement; 0 is one zero byte. */
export function writeBigInteger(n: bigint, out: ByteWriter): void {
  const magnitude = n < 0n ? ~n : n;
  // One bit more than the magnitude, for the sign.
  const bits = magnitude === 0n ? 1 : magnitude.toString(16).length * 4 + 1;
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
  const bytes = input.lengthPrefixed();
  if (bytes.length === 0) return 0n;
  const hex = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('hex');
  return BigInt.asIntN(bytes.length * 8, BigInt(`0x${hex}`));
}
