import { keepShape } from '#portability/wire/kept-shapes.js';
import type { Group } from '../../dofn/dofn.js';
import { EncodedValues } from './encoded-values.js';

/**
 * The values of one key and window, or of a side input. Iterates asynchronously, as `Group` says, and
 * synchronously for the library's own steps; every iteration starts anew and may run beside others.
 */
export class IterableGroup<V> implements Group<V>, Iterable<V> {
  readonly #values: Iterable<V>;

  constructor(values: Iterable<V>) {
    this.#values = values;
  }

  [Symbol.iterator](): Iterator<V> {
    return this.#values[Symbol.iterator]();
  }

  [Symbol.asyncIterator](): AsyncIterator<V> {
    return new Settled(this.#values[Symbol.iterator]());
  }

  /** Rejects with STRAHL-5002 when a value cannot be decoded. */
  toArray(): Promise<readonly V[]> {
    try {
      const values = this.#values;
      return Promise.resolve(values instanceof EncodedValues ? values.toArray() : [...values]);
    } catch (e) {
      // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- passed on as it is
      return Promise.reject(e);
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
      // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- passed on as it is
      return Promise.reject(e);
    }
  }

  return(): Promise<IteratorResult<V>> {
    return Promise.resolve({ done: true, value: undefined });
  }
}

keepShape(new IterableGroup([]));
