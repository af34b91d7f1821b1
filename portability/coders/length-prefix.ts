import { CODER_URN } from '../urns.js';
import type { ByteReader } from '../wire/reader.js';
import type { ByteWriter } from '../wire/writer.js';
import { NestedCoder, type ElementCoder } from './coder.js';

/** A varint length and the value in the outer context, so that who does not know it can pass over it. */
export class LengthPrefixCoder extends NestedCoder<unknown> {
  readonly urn: string = CODER_URN.LENGTH_PREFIX;
  readonly deterministic: boolean;
  readonly #value: ElementCoder<unknown>;

  constructor(value: ElementCoder<unknown>) {
    super();
    this.#value = value;
    this.deterministic = value.deterministic;
  }

  override encode(value: unknown, out: ByteWriter): void {
    // Most values are shorter than 128 bytes and have a length of one byte; others are moved.
    const at = out.pos;
    out.byte(0);
    this.#value.encodeOuter(value, out);
    out.insertLength(at);
  }

  override decode(input: ByteReader): unknown {
    const size = input.length('a value');
    const { end } = input;
    const valueEnd = input.pos + size;
    input.end = valueEnd;
    const value = this.#value.decodeOuter(input);
    if (input.pos !== valueEnd) input.fail(`${String(input.remaining)} bytes follow a value`);
    input.end = end;
    return value;
  }

  override skip(input: ByteReader): void {
    input.skipLengthPrefixed('a value');
  }
}
