import type { Bound, Groupable, Win } from './boundedness.js';
import type { CombineFn, Combined, CombinedOrNothing } from '../combine-fn.js';
import type { Key, KV } from '../dofn/dofn.js';
import type { PCollection } from './pcollection.js';

/**
 * Options of a combine of all elements.
 *
 * @example
 * ```ts
 * import { min, pipeline, type GlobalCombineOptions } from 'strahl';
 * const always: GlobalCombineOptions = { emptyDefault: true };
 * export const p = pipeline('least', (p) => p.of([2, 1]).combineGloballyWith(min((n) => n), always));
 * ```
 */
export interface GlobalCombineOptions {
  /**
   * Whether the result of no elements is emitted. Default true in the global window; in other windows it
   * cannot be, since nobody knows the windows that stayed empty (STRAHL-1202).
   */
  readonly emptyDefault?: boolean;
}

/**
 * Options of a combine per key.
 *
 * @example
 * ```ts
 * import { count, type CombineOptions, type Keyed } from 'strahl';
 * const popular: CombineOptions<string> = { fanout: (page) => (page === '/' ? 16 : 1) };
 * const hits = (pages: Keyed<string, unknown, 'bounded'>) => pages.combine({ n: count() }, popular);
 * ```
 */
export interface CombineOptions<in K> {
  /**
   * In how many parts the values of a key are combined before the parts are, so that no single worker has all values of
   * a key that most elements have. Default 1. The result is the same. Windows that merge are combined in one part.
   */
  readonly fanout?: number | ((key: K) => number);
}

/** No output for no elements, so a result is always one of some. */
export interface WithoutDefault extends GlobalCombineOptions {
  readonly emptyDefault: false;
}

/** Methods that look at many elements. They need windows that close (STRAHL-1201). */
export interface GroupMethods<T, B extends Bound, W extends Win> {
  /** The number of elements per window. */
  count(this: PCollection<T, B, W> & Groupable<B, W>): PCollection<number, B, W>;

  /** How often each element occurs per window. */
  countPerElement(this: PCollection<T, B, W> & Groupable<B, W>): PCollection<KV<T, number>, B, W>;

  /** Several combiners over all elements of a window, with no result for no elements. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- accumulators and results are inferred
  combineGlobally<G extends Record<string, CombineFn<T, any, any, any>>>(
    this: PCollection<T, B, W> & Groupable<B, W>,
    combiners: G,
    o: WithoutDefault,
  ): PCollection<Combined<G>, B, W>;
  /**
   * Several combiners over all elements of a window: `{ n: count(), total: sum((x) => x.n) }`. In the global
   * window, also over none.
   */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- accumulators and results are inferred
  combineGlobally<G extends Record<string, CombineFn<T, any, any, any>>>(
    this: PCollection<T, B, W> & Groupable<B, W>,
    combiners: G,
    o?: GlobalCombineOptions,
  ): PCollection<CombinedOrNothing<G>, B, W>;

  /** One combiner over all elements of a window, with no result for no elements. */
  combineGloballyWith<A, O, E>(
    this: PCollection<T, B, W> & Groupable<B, W>,
    combiner: CombineFn<T, A, O, E>,
    o: WithoutDefault,
  ): PCollection<O, B, W>;
  /** One combiner over all elements of a window; in the global window, also over none. */
  combineGloballyWith<A, O, E>(
    this: PCollection<T, B, W> & Groupable<B, W>,
    combiner: CombineFn<T, A, O, E>,
    o?: GlobalCombineOptions,
  ): PCollection<E, B, W>;

  /** One of equal elements per window; equal by `by`, or as a whole. */
  distinct(this: PCollection<T, B, W> & Groupable<B, W>, by?: (x: T) => Key): PCollection<T, B, W>;

  /** The element with the greatest timestamp of each window. */
  latest(this: PCollection<T, B, W> & Groupable<B, W>): PCollection<T, B, W>;
}
