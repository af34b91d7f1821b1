import type { ByteReader } from '../wire/reader.js';
import type { ByteWriter } from '../wire/writer.js';
import { NestedCoder, type ElementCoder } from './coder.js';
import { wrongType } from './refusals.js';

const TWO_32 = 4294967296;
const MIN_INT32 = -2147483648;
const MAX_INT32 = 2147483647;

function checkRange(value: number, least: number, most: number): void {
  if (!Number.isInteger(value) || value < least || value > most) {
    throw wrongType(value, `an integer from ${String(least)} to ${String(most)}`);
  }
}

/** One byte, signed. */
class ByteFieldCoder extends NestedCoder<number> {
  readonly urn = 'byte';
  readonly deterministic = true;

  override encode(value: number, out: ByteWriter): void {
    checkRange(value, -128, 127);
    out.byte(value & 0xff);
  }

  override decode(input: ByteReader): number {
    return (input.byte() << 24) >> 24;
  }

  override skip(input: ByteReader): void {
    input.skipBytes(1);
  }
}

/** Two bytes, big-endian, signed. */
class Int16FieldCoder extends NestedCoder<number> {
  readonly urn = 'int16';
  readonly deterministic = true;

  override encode(value: number, out: ByteWriter): void {
    checkRange(value, -32768, 32767);
    out.byte((value >> 8) & 0xff);
    out.byte(value & 0xff);
  }

  override decode(input: ByteReader): number {
    const high = (input.byte() << 24) >> 16;
    return high | input.byte();
  }

  override skip(input: ByteReader): void {
    input.skipBytes(2);
  }
}

/** The varint of 32 bits. A negative number has 5 bytes; 10 of a peer that extends the sign are read too. */
class Int32FieldCoder extends NestedCoder<number> {
  readonly urn = 'int32';
  readonly deterministic = true;

  override encode(value: number, out: ByteWriter): void {
    checkRange(value, MIN_INT32, MAX_INT32);
    out.varint(value >>> 0);
  }

  override decode(input: ByteReader): number {
    const n = input.varint();
    const value = n > MAX_INT32 ? n - TWO_32 : n;
    if (value < MIN_INT32 || value > MAX_INT32) input.fail(`${String(n)} is no 32-bit integer`);
    return value;
  }

  override skip(input: ByteReader): void {
    input.skipVarint();
  }
}

/** Four bytes, big-endian. The number is rounded to what a float holds. */
class FloatFieldCoder extends NestedCoder<number> {
  readonly urn = 'float';
  readonly deterministic = false;

  override encode(value: number, out: ByteWriter): void {
    if (typeof value !== 'number') throw wrongType(value, 'a number');
    out.float(value);
  }

  override decode(input: ByteReader): number {
    return input.float();
  }

  override skip(input: ByteReader): void {
    input.skipBytes(4);
  }
}

export const byteFieldCoder: ElementCoder<number> = new ByteFieldCoder();
export const int16FieldCoder: ElementCoder<number> = new Int16FieldCoder();
export const int32FieldCoder: ElementCoder<number> = new Int32FieldCoder();
export const floatFieldCoder: ElementCoder<number> = new FloatFieldCoder();
