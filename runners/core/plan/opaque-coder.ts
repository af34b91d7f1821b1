import { NestedCoder } from '#portability/coders/coder.js';
import type { ByteReader } from '#portability/wire/reader.js';
import type { ByteWriter } from '#portability/wire/writer.js';

/** A coder that only user code understands; its values stand behind their length in either context. */
class OpaqueCoder extends NestedCoder<Uint8Array> {
  readonly urn: string = '';
  readonly deterministic: boolean = false;

  override encode(value: Uint8Array, out: ByteWriter): void {
    out.lengthPrefixed(value);
  }

  override decode(input: ByteReader): Uint8Array {
    return input.lengthPrefixed().slice();
  }

  override skip(input: ByteReader): void {
    input.skipLengthPrefixed('a value of an unknown coder');
  }
}

export const opaqueCoder: OpaqueCoder = new OpaqueCoder();
