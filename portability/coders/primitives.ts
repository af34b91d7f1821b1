import { CODER_URN } from '../urns.js';
import type { ByteReader } from '../wire/reader.js';
import type { ByteWriter } from '../wire/writer.js';
import { NestedCoder, type ElementCoder } from './coder.js';
import { wrongType } from './refusals.js';

/** A varint length and the bytes; the bytes alone in the outer context. What is decoded is a copy. */
class BytesCoder implements ElementCoder<Uint8Array> {
  readonly urn = CODER_URN.BYTES;
  readonly deterministic = true;

  encode(value: Uint8Array, out: ByteWriter): void {
    if (!ArrayBuffer.isView(value)) throw wrongType(value, 'bytes');
    out.lengthPrefixed(value);
  }

  encodeOuter(value: Uint8Array, out: ByteWriter): void {
    if (!ArrayBuffer.isView(value)) throw wrongType(value, 'bytes');
    out.raw(value);
  }

  decode(input: ByteReader): Uint8Array {
    return input.ownBytes();
  }

  decodeOuter(input: ByteReader): Uint8Array {
    return Uint8Array.from(input.raw(input.remaining));
  }

  skip(input: ByteReader): void {
    input.skipLengthPrefixed('a byte string');
  }
}

class StringCoder implements ElementCoder<string> {
  readonly urn = CODER_URN.STRING_UTF8;
  readonly deterministic = true;

  encode(value: string, out: ByteWriter): void {
    if (typeof value !== 'string') throw wrongType(value, 'a string');
    out.string(value);
  }

  encodeOuter(value: string, out: ByteWriter): void {
    if (typeof value !== 'string') throw wrongType(value, 'a string');
    out.stringOuter(value);
  }

  decode(input: ByteReader): string {
    return input.string();
  }

  decodeOuter(input: ByteReader): string {
    return input.stringOuter();
  }

  skip(input: ByteReader): void {
    input.skipLengthPrefixed('a string');
  }
}

class BoolCoder extends NestedCoder<boolean> {
  readonly urn = CODER_URN.BOOL;
  readonly deterministic = true;

  override encode(value: boolean, out: ByteWriter): void {
    if (typeof value !== 'boolean') throw wrongType(value, 'a boolean');
    out.byte(value ? 1 : 0);
  }

  override decode(input: ByteReader): boolean {
    const byte = input.byte();
    if (byte > 1) input.fail(`a boolean is ${String(byte)}`, input.pos - 1);
    return byte === 1;
  }

  override skip(input: ByteReader): void {
    input.skipBytes(1);
  }
}

/** 64-bit integers: numbers where they are safe, else bigints. Nothing is ever rounded. */
class VarintCoder extends NestedCoder<number | bigint> {
  readonly urn = CODER_URN.VARINT;
  readonly deterministic = true;

  override encode(value: number | bigint, out: ByteWriter): void {
    if (typeof value === 'number') {
      if (!Number.isInteger(value)) throw wrongType(value, 'an integer');
      out.varint(value);
    } else if (typeof value === 'bigint') out.varint64(value);
    else throw wrongType(value, 'an integer');
  }

  override decode(input: ByteReader): number | bigint {
    return input.int64();
  }

  override skip(input: ByteReader): void {
    input.skipVarint();
  }
}

class DoubleCoder extends NestedCoder<number> {
  readonly urn = CODER_URN.DOUBLE;
  // 0 and −0 are equal and differ in their bytes.
  readonly deterministic = false;

  override encode(value: number, out: ByteWriter): void {
    if (typeof value !== 'number') throw wrongType(value, 'a number');
    out.double(value);
  }

  override decode(input: ByteReader): number {
    return input.double();
  }

  override skip(input: ByteReader): void {
    input.skipBytes(8);
  }
}

export const bytesCoder: ElementCoder<Uint8Array> = new BytesCoder();
export const stringCoder: ElementCoder<string> = new StringCoder();
export const boolCoder: ElementCoder<boolean> = new BoolCoder();
export const varintCoder: ElementCoder<number | bigint> = new VarintCoder();
export const doubleCoder: ElementCoder<number> = new DoubleCoder();
