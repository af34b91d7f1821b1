import type { Bound, Groupable, Win } from './boundedness.js';
import type { PCollection } from './pcollection.js';

/**
 * Options of `union`, `intersect` and `except`.
 *
 * @example
 * ```ts
 * import type { PCollection, SetOptions } from 'strahl';
 * const copies: SetOptions = { all: true };
 * const both = (a: PCollection<string>, b: PCollection<string>) => a.intersect(b, copies);
 * ```
 */
export interface SetOptions {
  /** Whether copies count, as by SQL's `ALL`. Default false: the result has each element once. */
  readonly all?: boolean;
}

/** Operations on two collections as sets, window by window. Equal elements have equal bytes. */
export interface SetMethods<T, B extends Bound, W extends Win> {
  /**
   * The elements of either collection; with `all` both collections in one.
   *
   * @throws STRAHL-1202 for different windows
   * @example
   * ```ts
   * import type { PCollection } from 'strahl';
   * const readers = (a: PCollection<string, 'bounded'>, b: PCollection<string, 'bounded'>) => a.union(b);
   * ```
   */
  union<B2 extends Bound>(
    this: PCollection<T, B, W> & Groupable<B, W>,
    other: PCollection<T, B2, W> & Groupable<B2, W>,
    o?: SetOptions,
  ): PCollection<T, B | B2, W>;

  /**
   * The elements of both collections; with `all` as often as in the one that has them less often.
   *
   * @throws STRAHL-1202 for different windows
   * @example
   * ```ts
   * import type { PCollection } from 'strahl';
   * const regulars = (may: PCollection<string, 'bounded'>, june: PCollection<string, 'bounded'>) =>
   *   may.intersect(june);
   * ```
   */
  intersect<B2 extends Bound>(
    this: PCollection<T, B, W> & Groupable<B, W>,
    other: PCollection<T, B2, W> & Groupable<B2, W>,
    o?: SetOptions,
  ): PCollection<T, B | B2, W>;

  /**
   * The elements that the other collection lacks; with `all` as often as they occur more often here.
   *
   * @throws STRAHL-1202 for different windows
   * @example
   * ```ts
   * import type { PCollection } from 'strahl';
   * const lost = (may: PCollection<string, 'bounded'>, june: PCollection<string, 'bounded'>) =>
   *   may.except(june);
   * ```
   */
  except<B2 extends Bound>(
    this: PCollection<T, B, W> & Groupable<B, W>,
    other: PCollection<T, B2, W> & Groupable<B2, W>,
    o?: SetOptions,
  ): PCollection<T, B | B2, W>;
}
