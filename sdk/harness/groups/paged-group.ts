import type { ElementCoder } from '#portability/coders/coder.js';
import { CONTINUED, UNKNOWN_COUNT } from '#portability/coders/iterables.js';
import { StrahlError } from '#portability/errors.js';
import type { StatePage } from '#portability/fnapi/connection.js';
import { ByteReader } from '#portability/wire/reader.js';
import type { Group } from '../../dofn/dofn.js';
import { isThenable } from '../answers.js';
import { PageDecoder } from './page-decoder.js';

/** Asks for a page: the first one, or the one that the last one named. */
export type ReadPage = (next: Uint8Array | undefined) => StatePage | Promise<StatePage>;

/** What stands for the values in an encoded iterable that holds none of them; `undefined` where they are there. */
export function continuationOf(bytes: Uint8Array, start: number): Uint8Array | undefined {
  const input = new ByteReader(bytes, start);
  if (input.int32() !== UNKNOWN_COUNT || input.varint() !== CONTINUED) return undefined;
  return input.ownBytes();
}

/**
 * The values of a group that may be larger than memory: a page of them is there at a time. Iterates as often
 * as one likes, each time from the beginning, while its bundle runs.
 */
export class PagedGroup<V> implements Group<V>, Iterable<V> {
  readonly #coder: ElementCoder<V>;
  readonly #read: ReadPage;

  constructor(coder: ElementCoder<V>, read: ReadPage) {
    this.#coder = coder;
    this.#read = read;
  }

  [Symbol.asyncIterator](): AsyncIterator<V> {
    return new PagedIterator(this.#coder, this.#read);
  }

  /** For the library's own steps, where pages are there at once. */
  *[Symbol.iterator](): Generator<V, void, undefined> {
    const decoder = new PageDecoder(this.#coder);
    let next: Uint8Array | undefined;
    do {
      const page = this.#read(next);
      if (isThenable(page)) throw notAtOnce();
      next = page.token;
      yield* decoder.take(page.data, next === undefined);
    } while (next !== undefined);
  }

  /** All values in memory. */
  async toArray(): Promise<readonly V[]> {
    const values: V[] = [];
    for await (const value of this) values.push(value);
    return values;
  }
}

/** One promise per value, and another only per page. */
class PagedIterator<V> implements AsyncIterator<V> {
  readonly #decoder: PageDecoder<V>;
  readonly #read: ReadPage;
  #values: readonly V[] = [];
  #at = 0;
  #next: Uint8Array | undefined;
  #isOver = false;

  constructor(coder: ElementCoder<V>, read: ReadPage) {
    this.#decoder = new PageDecoder(coder);
    this.#read = read;
  }

  next(): Promise<IteratorResult<V>> {
    if (this.#at < this.#values.length) {
      return Promise.resolve({ done: false, value: this.#values[this.#at++]! });
    }
    return this.#fetch();
  }

  async #fetch(): Promise<IteratorResult<V>> {
    while (this.#at === this.#values.length) {
      if (this.#isOver) return { done: true, value: undefined };
      const { data, token } = await this.#read(this.#next);
      this.#next = token;
      this.#isOver = token === undefined;
      this.#values = this.#decoder.take(data, this.#isOver);
      this.#at = 0;
    }
    return { done: false, value: this.#values[this.#at++]! };
  }

  return(): Promise<IteratorResult<V>> {
    this.#values = [];
    this.#at = 0;
    this.#isOver = true;
    return Promise.resolve({ done: true, value: undefined });
  }
}

function notAtOnce(): StrahlError {
  return new StrahlError('unsupportedFeature', {
    title: 'a group that is larger than memory is combined where its values cannot be had at once',
    fix: 'combine with a combiner that may be lifted, or run the job in one process',
  });
}
