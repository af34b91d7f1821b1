import type { Bound, Win } from './boundedness.js';
import type { PCollection } from './pcollection.js';
import type { Schema } from '../schema/schema.js';
import type { Source } from './source.js';

/**
 * Where a pipeline starts; the first argument of its build function.
 *
 * @example
 * ```ts
 * import { pipeline, type Root } from 'strahl';
 * const numbers = (p: Root) => p.generateSequence({ to: 10 });
 * export const squares = pipeline('squares', (p) => numbers(p).map((n) => n * n));
 * ```
 */
export interface Root {
  /** The given values. Each gets `TIMESTAMP_MIN`. */
  of<T>(values: Iterable<T>, schema?: Schema<T>): PCollection<T, 'bounded', 'none'>;
  /** One empty byte string. */
  impulse(): PCollection<Uint8Array, 'bounded', 'none'>;
  /** The integers of [from, to); `from` is 0 by default. */
  generateSequence(o: {
    readonly from?: number;
    readonly to: number;
  }): PCollection<number, 'bounded', 'none'>;
  /** The elements of a source. */
  read<T, B extends Bound>(source: Source<T, B>): PCollection<T, B, 'none'>;
  /** All elements of the given collections; none gives an empty collection. */
  flatten<T, B extends Bound, W extends Win>(
    ...collections: readonly PCollection<T, B, W>[]
  ): PCollection<T, B, W>;
}
