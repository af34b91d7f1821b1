import type { BatchSizes } from '../transforms/stateful/batches.js';
import type { DeduplicateOptions } from '../transforms/stateful/deduplicate.js';
import type { GroupIntoBatchesOptions } from '../transforms/stateful/group-into-batches.js';
import type { Bound, Win } from './boundedness.js';
import type { LookupKey } from './graph-methods.js';
import type { Keyed, PCollection } from './pcollection.js';

/** Methods that put elements together, or keep them apart, as they come. */
export interface BatchMethods<T, B extends Bound, W extends Win> {
  /**
   * Elements of a bundle and window as lists, for a function that is cheaper for many at once. The end of a
   * bundle ends a list, so lists are shorter where elements come slowly; `groupIntoBatches` waits.
   *
   * @throws STRAHL-9002 for sizes that are not whole numbers of at least 1, or min greater than max
   * @example
   * ```ts
   * import type { PCollection } from 'strahl';
   * declare const score: (texts: readonly string[]) => Promise<readonly number[]>;
   * const scores = (texts: PCollection<string>) =>
   *   texts.batchElements({ max: 64 }).flatMap((batch) => score(batch));
   * ```
   */
  batchElements(o?: BatchSizes): PCollection<readonly T[], B, W>;

  /**
   * The first of equal elements, at once; copies that come within a while are left out. Needs no window that
   * closes, unlike `distinct`.
   *
   * @throws STRAHL-1302 over windows that still merge
   * @example
   * ```ts
   * import type { PCollection } from 'strahl';
   * type Order = { readonly id: string };
   * const once = (orders: PCollection<Order>) =>
   *   orders.deduplicate({ by: (order) => order.id, for: '24h' });
   * ```
   */
  deduplicate(o: DeduplicateOptions<T>): PCollection<T, B, W>;
}

/** The same with keys. */
export interface KeyedBatchMethods<K, V, B extends Bound, W extends Win> {
  /**
   * Values of each key and window as lists, complete as soon as one of the limits is reached or the window
   * ends. A list has the time of the value that completed it; if nothing did, of its first value or of the end
   * of the window.
   *
   * @throws STRAHL-1302 over windows that still merge, STRAHL-9002 without a limit
   * @example
   * ```ts
   * import type { Keyed, PCollection } from 'strahl';
   * declare const insert: (table: string, rows: readonly string[]) => Promise<number>;
   * const written = (rows: Keyed<string, string>): PCollection<number> =>
   *   rows
   *     .groupIntoBatches({ size: 500, bytes: 1_000_000, wait: '5s' })
   *     .map(([table, batch]) => insert(table, batch));
   * ```
   */
  groupIntoBatches(o: GroupIntoBatchesOptions): Keyed<K, readonly V[], B, W>;

  /**
   * Each value beside the latest version of its key as of its time, or beside `undefined` before the first. A
   * value is given on when the watermark of both collections has passed its time.
   *
   * @throws STRAHL-1202 for different windows, STRAHL-1302 over windows that still merge
   * @example
   * ```ts
   * import type { Keyed } from 'strahl';
   * const inEuro = (amounts: Keyed<string, number>, rates: Keyed<string, number>) =>
   *   amounts.temporalJoin(rates).mapValues(([amount, rate]) => amount / (rate ?? NaN));
   * ```
   */
  temporalJoin<V2, B2 extends Bound>(
    versions: Keyed<K, V2, B2, W> | Keyed<LookupKey<K>, V2, B2, W>,
  ): Keyed<K, readonly [V, V2 | undefined], B | B2, W>;
}
