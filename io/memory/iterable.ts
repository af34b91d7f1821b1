import { StrahlError } from '#portability/errors.js';
import type { Bound } from '#sdk/collections/boundedness.js';
import { defineSource, placedAt } from '#sdk/connector.js';
import type { TimeLike } from '#sdk/dofn/dofn.js';
import type { SourceSpec } from '#sdk/dofn/source.js';
import { checkNamesOfCall } from '#sdk/graph/option-names.js';
import type { Schema } from '#sdk/schema/schema.js';
import type { Source } from '#sdk/collections/source.js';
import { notGiven } from '../files/checked-options.js';
import { itemSource, type ItemRange } from '../files/input/item-source.js';
import type { Feed } from '../files/input/replay.js';
import { STREAM_TIMES, streamTimes, type StreamTimes } from '../files/input/stream-times.js';

/**
 * Options of `iterable`.
 *
 * @example
 * ```ts
 * import { memory, type IterableOptions } from 'strahl/io/memory';
 * type Click = { readonly at: number };
 * const timed: IterableOptions<Click> = { eventTime: (click) => click.at, bounded: true };
 * const clicks = memory.iterable<Click>([{ at: 0 }, { at: 1_000 }], timed);
 * ```
 */
export interface IterableOptions<T> extends StreamTimes {
  /** Whether the input ends by itself. Default true. */
  readonly bounded?: boolean;
  /**
   * Time of an element. Default: `TIMESTAMP_MIN` for a bounded input, else the time at which it comes.
   */
  readonly eventTime?: (element: T) => TimeLike;
  /** Type and coder of the elements. Default: plain data. */
  readonly schema?: Schema<T>;
}

const OPTION_NAMES = [...STREAM_TIMES, 'bounded', 'eventTime', 'schema'];

/** Elements pulled at once from an input that never waits. */
const PIECE = 1024;

/**
 * The elements of an array, a generator, an async iterable or a Node stream. Elements stay in memory until
 * the bundle that read them is committed, so that a repeated bundle gets the same ones. An array is read
 * in place. What can be iterated only once can be read by one run only.
 *
 * @throws STRAHL-1203 for a time that is not a duration
 *
 * @example
 * ```ts
 * import { createReadStream } from 'node:fs';
 * import { pipeline } from 'strahl';
 * import { iterable } from 'strahl/io/memory';
 * export default pipeline('numbers', (p) => {
 *   p.read(iterable([1, 2, 3])).map((n) => n * 2).log();
 *   p.read(iterable<Buffer>(createReadStream('data.bin'))).map((chunk) => chunk.length).log();
 * });
 * ```
 */
export function iterable<T>(
  elements: (Iterable<T> & object) | AsyncIterable<T>,
  options: IterableOptions<T> & { readonly bounded: false },
): Source<T, 'unbounded'>;
/**
 * The elements of an array, a generator, an async iterable or a Node stream that ends by itself. Elements stay in memory
 * until the bundle that read them is committed. What can be iterated only once can be read by one run only.
 */
export function iterable<T>(
  elements: (Iterable<T> & object) | AsyncIterable<T>,
  options?: IterableOptions<T>,
): Source<T, 'bounded'>;
export function iterable<T>(
  elements: Iterable<T> | AsyncIterable<T>,
  options: IterableOptions<T> = {},
): Source<T, Bound> {
  return placedAt(iterable, () => {
    checkNamesOfCall('iterable', options, OPTION_NAMES, iterable);
    checkElements(elements);
    const spec = iterableSpec(elements, options, iterable);
    return defineSource<T, ItemRange, Bound>(spec, options.schema);
  });
}

/** For callers without a compiler. */
function checkElements(elements: unknown): void {
  if (typeof elements === 'string') {
    throw new StrahlError('badValue', {
      title: 'iterable is given a text, which would be a list of its characters',
      fix: 'pass a list of it, iterable([text]), or of its characters, iterable([...text])',
    });
  }
  const { [Symbol.iterator]: all, [Symbol.asyncIterator]: later } = (elements ?? {}) as Partial<
    Iterable<unknown> & AsyncIterable<unknown>
  >;
  if (all !== undefined || later !== undefined) return;
  throw notGiven('iterable', elements, 'something that can be iterated', 'iterable([1, 2, 3])');
}

/** The source behind `iterable`; `callee` is the function that the user called. */
export function iterableSpec<T>(
  elements: Iterable<T> | AsyncIterable<T>,
  { bounded = true, eventTime, ...times }: IterableOptions<T>,
  callee: (...args: never[]) => unknown,
): SourceSpec<T, ItemRange> {
  return itemSource<T>({
    name: 'iterable',
    boundedness: bounded ? 'bounded' : 'unbounded',
    open: () => (isAsync(elements) ? asyncFeed(elements) : syncFeed(elements)),
    ...(eventTime === undefined ? {} : { eventTime }),
    ...streamTimes(times, 'iterable', callee),
  });
}

function isAsync<T>(elements: Iterable<T> | AsyncIterable<T>): elements is AsyncIterable<T> {
  return Symbol.asyncIterator in elements;
}

function syncFeed<T>(elements: Iterable<T>): Feed<readonly T[]> {
  const iterator = elements[Symbol.iterator]();
  return {
    lengthOf: (piece) => piece.length,
    close: () => void iterator.return?.(),
    next() {
      const piece: T[] = [];
      while (piece.length < PIECE) {
        const step = iterator.next();
        if (step.done === true) break;
        piece.push(step.value);
      }
      return Promise.resolve(piece.length === 0 ? undefined : piece);
    },
  };
}

function asyncFeed<T>(elements: AsyncIterable<T>): Feed<readonly T[]> {
  const iterator = elements[Symbol.asyncIterator]();
  return {
    lengthOf: (piece) => piece.length,
    async close() {
      await iterator.return?.();
    },
    async next() {
      const step = await iterator.next();
      return step.done === true ? undefined : [step.value];
    },
  };
}
