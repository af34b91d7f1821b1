import type { Bound, Groupable, Win } from './boundedness.js';
import type { LookupKey } from './graph-methods.js';
import type { Keyed } from './pcollection.js';

/** The same keys, or others of their kind: literal types of a few known keys say nothing about those of the other side. */
type WithKeysOf<K, V, B extends Bound, W extends Win> =
  Keyed<K, V, B, W> | Keyed<LookupKey<K>, V, B, W>;

/**
 * Joins of two collections with the same kind of keys and the same windows: every left value of a key and
 * window with every right one. Of each key and window the smaller side is held in memory.
 */
export interface JoinMethods<K, V, B extends Bound, W extends Win> {
  /**
   * The pairs that both sides have.
   *
   * @throws STRAHL-1202 for different windows
   * @example
   * ```ts
   * import type { Keyed } from 'strahl';
   * const priced = (orders: Keyed<string, number, 'bounded'>, prices: Keyed<string, number, 'bounded'>) =>
   *   orders.join(prices).mapValues(([quantity, price]) => quantity * price);
   * ```
   */
  join<V2, B2 extends Bound>(
    this: Keyed<K, V, B, W> & Groupable<B, W>,
    other: WithKeysOf<K, V2, B2, W> & Groupable<B2, W>,
  ): Keyed<K, readonly [V, V2], B | B2, W>;

  /**
   * As `join`, and each left value without a partner beside `undefined`.
   *
   * @throws STRAHL-1202 for different windows
   * @example
   * ```ts
   * import type { Keyed } from 'strahl';
   * const named = (ids: Keyed<string, number, 'bounded'>, names: Keyed<string, string, 'bounded'>) =>
   *   ids.leftJoin(names).mapValues(([id, name]) => ({ id, name: name ?? 'unknown' }));
   * ```
   */
  leftJoin<V2, B2 extends Bound>(
    this: Keyed<K, V, B, W> & Groupable<B, W>,
    other: WithKeysOf<K, V2, B2, W> & Groupable<B2, W>,
  ): Keyed<K, readonly [V, V2 | undefined], B | B2, W>;

  /**
   * As `join`, and each right value without a partner beside `undefined`.
   *
   * @throws STRAHL-1202 for different windows
   * @example
   * ```ts
   * import type { Keyed } from 'strahl';
   * const unsold = (sales: Keyed<string, number, 'bounded'>, stock: Keyed<string, string, 'bounded'>) =>
   *   sales.rightJoin(stock).filter(([, [sold]]) => sold === undefined);
   * ```
   */
  rightJoin<V2, B2 extends Bound>(
    this: Keyed<K, V, B, W> & Groupable<B, W>,
    other: WithKeysOf<K, V2, B2, W> & Groupable<B2, W>,
  ): Keyed<LookupKey<K>, readonly [V | undefined, V2], B | B2, W>;

  /**
   * As `join`, and each value of either side without a partner beside `undefined`.
   *
   * @throws STRAHL-1202 for different windows
   * @example
   * ```ts
   * import type { Keyed } from 'strahl';
   * const changes = (before: Keyed<string, number, 'bounded'>, after: Keyed<string, number, 'bounded'>) =>
   *   before.fullJoin(after).filter(([, [a, b]]) => a !== b);
   * ```
   */
  fullJoin<V2, B2 extends Bound>(
    this: Keyed<K, V, B, W> & Groupable<B, W>,
    other: WithKeysOf<K, V2, B2, W> & Groupable<B2, W>,
  ): Keyed<LookupKey<K>, readonly [V | undefined, V2 | undefined], B | B2, W>;
}
