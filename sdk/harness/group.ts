import type { Group } from '../dofn/dofn.js';

/** Gives the values from the start, each time it is called. */
export type Values<V> = () => Iterator<V>;

/**
 * Values that are decoded as they are asked for. Iterates asynchronously, as `Group` says, and
 * synchronously for the library's own steps; every iteration starts anew and may run beside others.
 */
export class LazyGroup<V> implements Group<V>, Iterable<V> {
  readonly #values: Values<V>;

  constructor(values: Values<V>) {
    this.#values = values;
  }

  [Symbol.iterator](): Iterator<V> {
    return this.#values();
  }

  [Symbol.asyncIterator](): AsyncIterator<V> {
    return new Settled(this.#values());
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
export function groupOf<V>(values: readonly V[]): LazyGroup<V> {
  return new LazyGroup(() => values[Symbol.iterator]());
}
