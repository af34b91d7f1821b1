import type { ByteReader } from '../wire/reader.js';
import type { ByteWriter } from '../wire/writer.js';
import { NestedCoder, type ElementCoder } from './coder.js';
import { COUNTED_CODER_URN } from './plain/plain-urns.js';

/** What stands for several elements, such as an accumulator, and how many they are. */
export interface Counted<T> {
  readonly count: number;
  readonly value: T;
}

/**
 * The count as a varint, then the value. What is between a precombine and its grouping travels so: who
 * counts elements can do so without knowing the value.
 */
export class CountedCoder<T> extends NestedCoder<Counted<T>> {
  readonly urn: string = COUNTED_CODER_URN;
  readonly deterministic: boolean;
  readonly #value: ElementCoder<T>;

  constructor(value: ElementCoder<T>) {
    super();
    this.#value = value;
    this.deterministic = value.deterministic;
  }

  override encode({ count, value }: Counted<T>, out: ByteWriter): void {
    out.varint(count);
    this.#value.encode(value, out);
  }

  override decode(input: ByteReader): Counted<T> {
    return { count: input.varint(), value: this.#value.decode(input) };
  }

  override skip(input: ByteReader): void {
    input.varint();
    this.#value.skip(input);
  }
}
