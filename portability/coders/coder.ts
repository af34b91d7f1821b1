import type { ByteReader } from '../wire/reader.js';
import type { ByteWriter } from '../wire/writer.js';

/**
 * Turns values into Beam's bytes and back; the running side of a `CoderSpec`.
 *
 * Beam encodes in two contexts. *Nested* bytes tell where they end, *outer* bytes fill the rest of the
 * input. For most coders they are the same.
 *
 * @example
 * ```ts
 * import { ByteWriter, type ElementCoder } from 'strahl/portability';
 * const bytesOf = <T>(coder: ElementCoder<T>, value: T): Uint8Array => {
 *   const out = new ByteWriter();
 *   coder.encodeOuter(value, out);
 *   return out.toBytes();
 * };
 * ```
 */
export interface ElementCoder<T> {
  readonly urn: string;
  /** Equal values give equal bytes; required of a key. */
  readonly deterministic: boolean;
  encode(value: T, out: ByteWriter): void;
  decode(input: ByteReader): T;
  encodeOuter(value: T, out: ByteWriter): void;
  decodeOuter(input: ByteReader): T;
  /** Moves `input` past one nested value without making it. */
  skip(input: ByteReader): void;
  /** Decodes `count` nested values to the end of `values`, where that is cheaper than one by one. */
  decodeInto?(values: T[], count: number, input: ByteReader): void;
}

/** A coder whose bytes are the same in both contexts. */
export abstract class NestedCoder<T> implements ElementCoder<T> {
  abstract readonly urn: string;
  abstract readonly deterministic: boolean;
  abstract encode(value: T, out: ByteWriter): void;
  abstract decode(input: ByteReader): T;
  abstract skip(input: ByteReader): void;

  encodeOuter(value: T, out: ByteWriter): void {
    this.encode(value, out);
  }

  decodeOuter(input: ByteReader): T {
    return this.decode(input);
  }
}
