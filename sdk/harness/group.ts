import type { ElementCoder } from '#portability/coders/coder.js';
import { ByteReader } from '#portability/wire/reader.js';
import type { Group } from '../dofn/dofn.js';

/** Values that can be gone through any number of times. */
interface ValueSource<V> {
  /** A new iterator from the start; several may run side by side. */
  values(): Iterator<V>;
}

/**
 * The values of one key and window. Iterates asynchronously, as `Group` says, and synchronously for the
 * library's own steps.
 */
class IterableGroup<V> implements Group<V>, Iterable<V> {
  readonly #source: ValueSource<V>;

  constructor(source: ValueSource<V>) {
    this.#source = source;
  }

  [Symbol.iterator](): Iterator<V> {
    return this.#source.values();
  }

  [Symbol.asyncIterator](): AsyncIterator<V> {
    return new Settled(this.#source.values());
  }

  toArray(): Promise<readonly V[]> {
    try {
      return Promise.resolve([...this]);
    } catch (e) {
      return Promise.reject(e as Error);
    }
  }
}

/** An asynchronous iterator over values that are there: no generator, one promise per value. */
class Settled<V> implements AsyncIterator<V> {
  readonly #values: Iterator<V>;

  constructor(values: Iterator<V>) {
    this.#values = values;
  }

  next(): Promise<IteratorResult<V>> {
    try {
      return Promise.resolve(this.#values.next());
    } catch (e) {
      return Promise.reject(e as Error);
    }
  }

  return(): Promise<IteratorResult<V>> {
    return Promise.resolve({ done: true, value: undefined });
  }
}

/** A group over an array. */
export function groupOf<V>(values: readonly V[]): Group<V> & Iterable<V> {
  return new IterableGroup({ values: () => values[Symbol.iterator]() });
}

/**
 * A group over Beam's bytes of an iterable, decoded as it is gone through: `bytes[start, end)` holds
 * either a count and the values, or −1 and counted chunks up to an empty one.
 */
export function encodedGroup<V>(
  bytes: Uint8Array,
  start: number,
  end: number,
  coder: ElementCoder<V>,
): Group<V> & Iterable<V> {
  return new IterableGroup({ values: () => new EncodedValues(bytes, start, end, coder) });
}

const CHUNKED = -1;

class EncodedValues<V> implements Iterator<V> {
  readonly #reader: ByteReader;
  readonly #coder: ElementCoder<V>;
  readonly #chunked: boolean;
  /** Values left in the chunk. */
  #left: number;

  constructor(bytes: Uint8Array, start: number, end: number, coder: ElementCoder<V>) {
    this.#reader = new ByteReader(bytes, start, end);
    this.#coder = coder;
    const count = this.#reader.int32();
    this.#chunked = count === CHUNKED;
    this.#left = this.#chunked ? this.#reader.varint() : count;
  }

  next(): IteratorResult<V> {
    if (this.#left <= 0) return { done: true, value: undefined };
    const value = this.#coder.decode(this.#reader);
    if (--this.#left === 0 && this.#chunked) this.#left = this.#reader.varint();
    return { done: false, value };
  }
}
