import type { ElementCoder } from '#portability/coders/coder.js';
import { checkedCount, decodeMany, UNKNOWN_COUNT } from '#portability/coders/iterables.js';
import { bytesCoder } from '#portability/coders/primitives.js';
import { ByteReader } from '#portability/wire/reader.js';
import { keepShape } from '#portability/wire/kept-shapes.js';

/**
 * The values of an encoded iterable, decoded each time they are gone through and never kept. Holds on to
 * the bytes, which nobody may change.
 */
export class EncodedValues<V> implements Iterable<V> {
  readonly #bytes: Uint8Array;
  readonly #start: number;
  readonly #end: number;
  readonly #coder: ElementCoder<V>;

  /** `bytes[start, end)` is the encoding; `coder` is that of one value. */
  constructor(bytes: Uint8Array, start: number, end: number, coder: ElementCoder<V>) {
    this.#bytes = bytes;
    this.#start = start;
    this.#end = end;
    this.#coder = coder;
  }

  /** All values at once, which is cheaper than going through them. */
  toArray(): V[] {
    const input = new ByteReader(this.#bytes, this.#start, this.#end);
    const values: V[] = [];
    const count = input.int32();
    if (count !== UNKNOWN_COUNT) {
      decodeMany(this.#coder, values, checkedCount(count, input), input);
      requireEnd(input);
      return values;
    }
    for (let batch = input.varint(); batch !== 0; batch = input.varint()) {
      decodeMany(this.#coder, values, checkedCount(batch, input), input);
    }
    requireEnd(input);
    return values;
  }

  [Symbol.iterator](): Iterator<V> {
    return new EncodedIterator(new ByteReader(this.#bytes, this.#start, this.#end), this.#coder);
  }
}

class EncodedIterator<V> implements Iterator<V> {
  readonly #input: ByteReader;
  readonly #coder: ElementCoder<V>;
  /** The form whose count is not known in front: batches, ended by an empty one. */
  readonly #inBatches: boolean;
  /** Values left in the batch. */
  #left: number;

  constructor(input: ByteReader, coder: ElementCoder<V>) {
    this.#input = input;
    this.#coder = coder;
    const count = input.int32();
    this.#inBatches = count === UNKNOWN_COUNT;
    this.#left = checkedCount(this.#inBatches ? input.varint() : count, input);
  }

  next(): IteratorResult<V> {
    if (this.#left === 0) {
      requireEnd(this.#input);
      return { done: true, value: undefined };
    }
    const value = this.#coder.decode(this.#input);
    if (--this.#left === 0 && this.#inBatches) {
      this.#left = checkedCount(this.#input.varint(), this.#input);
    }
    return { done: false, value };
  }
}

/** A count below what is there would make a damaged group a shorter one. */
function requireEnd(input: ByteReader): void {
  if (input.remaining > 0)
    input.fail(`a group has ${String(input.remaining)} bytes left behind its values`);
}

const NO_VALUES = new EncodedValues(Uint8Array.of(0, 0, 0, 0), 0, 4, bytesCoder);
keepShape(NO_VALUES);
keepShape(NO_VALUES[Symbol.iterator]());
