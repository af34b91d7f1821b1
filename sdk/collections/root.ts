import type { EventTime } from '#portability/model/time.js';
import type { TimeLike } from '../dofn/dofn.js';
import type { DurationLike } from '../duration.js';
import type { Schema } from '../schema/schema.js';
import type { WatchOptions } from '../transforms/reading/watch.js';
import type { RefreshOptions } from '../transforms/refresh.js';
import type { Bound, Win } from './boundedness.js';
import type { PCollection } from './pcollection.js';
import type { Side } from './side.js';
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
  /**
   * The given values, which travel in the pipeline itself: for tests and small tables. Each gets `TIMESTAMP_MIN`.
   *
   * @throws STRAHL-5001 for a value that its coder cannot encode
   *
   * @example
   * ```ts
   * import { s, type Root } from 'strahl';
   * const rows = (p: Root) => p.of([{ id: 1 }, { id: 2 }], s.row({ id: s.int64 }));
   * ```
   */
  of<T>(values: Iterable<T> & object, schema?: Schema<T>): PCollection<T, 'bounded', 'none'>;
  /** One empty byte string. */
  impulse(): PCollection<Uint8Array, 'bounded', 'none'>;
  /** The integers of [from, to); `from` is 0 by default. */
  generateSequence(o: {
    readonly from?: number;
    readonly to: number;
  }): PCollection<number, 'bounded', 'none'>;
  /** The numbers from `from` (0) on, one each `every`, stamped with the time at which they are due. */
  generateSequence(o: {
    readonly from?: number;
    readonly to?: number;
    readonly every: DurationLike;
  }): PCollection<number, 'unbounded', 'none'>;
  /**
   * A time each `every`, emitted when the clock reaches it and stamped with it; from `from` (now) on, before
   * `to` (for ever). What is due already comes at once.
   */
  periodicImpulse(o: {
    readonly every: DurationLike;
    readonly from?: TimeLike;
    readonly to?: TimeLike;
  }): PCollection<EventTime, 'unbounded', 'none'>;
  /**
   * The elements of a set that grows: `poll` lists them all, and each is emitted once, when it is listed for
   * the first time, stamped with the time of that look. What was seen is kept by its key, so it grows with the set.
   *
   * @example
   * ```ts
   * import type { Root } from 'strahl';
   * declare const listJobs: () => Promise<readonly { readonly id: string }[]>;
   * const newJobs = (p: Root) => p.watch(listJobs, { every: '10s', by: (job) => job.id });
   * ```
   */
  watch<T>(
    poll: () => (Iterable<T> & object) | Promise<Iterable<T> & object>,
    o: WatchOptions<T>,
  ): PCollection<T, 'unbounded', 'none'>;
  /**
   * A side input that changes slowly: `load` is called when the job starts and then each `every`, and an
   * element reads what was loaded last before its bundle began. Elements wait for the first load. A job whose
   * other steps are done ends, whether or not there is something to load.
   *
   * @example
   * ```ts
   * import type { PCollection, Root } from 'strahl';
   * declare const loadRates: () => Promise<ReadonlyMap<string, number>>;
   * const inEuro = (p: Root, amounts: PCollection<number>) =>
   *   amounts
   *     .with({ rates: p.refreshEvery('1h', loadRates) })
   *     .map((amount, { rates }) => amount * (rates.get('USD') ?? NaN));
   * ```
   */
  refreshEvery<T>(every: DurationLike, load: () => T | Promise<T>, o?: RefreshOptions<T>): Side<T>;
  /**
   * The elements of a source: files, streams, or one of your own.
   *
   * @example
   * ```ts
   * import type { Root } from 'strahl';
   * import { text } from 'strahl/io/text';
   * const lines = (p: Root) => p.read(text.files('logs/*.log'));
   * ```
   */
  read<T, B extends Bound>(source: Source<T, B>): PCollection<T, B, 'none'>;
  /** All elements of the given collections; none gives an empty collection. */
  flatten<T, B extends Bound = 'bounded', W extends Win = 'none'>(
    ...collections: readonly PCollection<T, B, W>[]
  ): PCollection<T, B, W>;
}
