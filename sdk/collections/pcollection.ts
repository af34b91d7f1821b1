import type { CombineFn, Combined, CombinedOrNothing } from '../combine-fn.js';
import type { Group, Key, KV } from '../dofn/dofn.js';
import type {
  EmittedBy,
  NoDeclarations,
  StateDeclarations,
  StatefulFn,
  TimerCallbacks,
  TimerDeclarations,
} from '../dofn/stateful.js';
import type { TriggerOptions, WindowOptions } from '../graph/windowing.js';
import type { Schema } from '../schema/schema.js';
import type { Trigger } from '../transforms/windowing/trigger.js';
import type { WindowFn } from '../transforms/windowing/windows.js';
import type { BatchMethods, KeyedBatchMethods } from './batch-methods.js';
import type { Bound, Groupable, Win } from './boundedness.js';
import type { ElementMethods } from './element-methods.js';
import type { GraphMethods } from './graph-methods.js';
import type { CombineOptions, GroupMethods } from './group-methods.js';
import type { JoinMethods } from './join-methods.js';
import type { RequestMethods } from './request-methods.js';
import type { SetMethods } from './set-methods.js';
import type { Step } from './step-options.js';

declare const types: unique symbol;

/**
 * A collection of elements that exists once the pipeline runs. Whether it ends and whether it is windowed
 * is part of its type.
 *
 * @example
 * ```ts
 * import type { PCollection } from 'strahl';
 * const shout = (lines: PCollection<string>): PCollection<string> => lines.map((l) => l.toUpperCase());
 * ```
 */
export interface PCollection<T, B extends Bound = Bound, W extends Win = Win>
  extends
    ElementMethods<T, B, W>,
    GroupMethods<T, B, W>,
    SetMethods<T, B, W>,
    RequestMethods<T, B, W>,
    BatchMethods<T, B, W>,
    GraphMethods<T, B, W> {
  readonly [types]?: readonly [T, B, W];
}

/**
 * A collection of pairs with the methods that look at keys.
 *
 * @example
 * ```ts
 * import { count, type Keyed } from 'strahl';
 * const sizes = (groups: Keyed<string, number, 'bounded'>) => groups.combineWith(count());
 * ```
 */
export interface Keyed<K, V, B extends Bound = Bound, W extends Win = Win>
  extends PCollection<KV<K, V>, B, W>, JoinMethods<K, V, B, W>, KeyedBatchMethods<K, V, B, W> {
  window(w: WindowFn, o?: WindowOptions): Keyed<K, V, B, 'windowed'>;
  trigger(trigger: Trigger, o: TriggerOptions): Keyed<K, V, B, 'windowed'>;
  /** The keys alone, one for each pair. */
  keys(): PCollection<K, B, W>;
  /** The values alone. */
  values(): PCollection<V, B, W>;
  /** Values as keys and keys as values. */
  swap<K2 extends Key>(this: Keyed<K, K2, B, W>): Keyed<K2, K, B, W>;
  /** `f(value, key)` for every pair; the key stays. */
  mapValues<U>(f: (v: V, k: K) => U | Promise<U>): Keyed<K, U, B, W>;
  /**
   * All values of each key and window, in no particular order. A combiner is cheaper where there is one: it keeps an accumulator
   * instead of the values.
   *
   * @example
   * ```ts
   * import type { Keyed } from 'strahl';
   * const longest = (words: Keyed<string, string, 'bounded'>) =>
   *   words.groupByKey().map(async ([key, group]) => {
   *     let found = '';
   *     for await (const word of group) if (word.length > found.length) found = word;
   *     return `${key}: ${found}`;
   *   });
   * ```
   */
  groupByKey(this: Keyed<K, V, B, W> & Groupable<B, W>): Keyed<K, Group<V>, B, W>;
  /**
   * Several combiners per key and window: `{ n: count(), total: sum((v) => v.n) }`.
   *
   * @throws STRAHL-9002 for a `fanout` that is not a whole number of at least 1
   *
   * @example
   * ```ts
   * import { count, sum, type Keyed } from 'strahl';
   * const totals = (sales: Keyed<string, { readonly price: number }, 'bounded'>) =>
   *   sales.combine({ n: count(), total: sum((sale) => sale.price) });
   * ```
   */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- accumulators and results are inferred
  combine<G extends Record<string, CombineFn<V, any, any, any>>>(
    this: Keyed<K, V, B, W> & Groupable<B, W>,
    combiners: G,
    o?: CombineOptions<K>,
  ): Keyed<K, Combined<G>, B, W>;
  /** One combiner per key and window. */
  combineWith<A, O>(
    this: Keyed<K, V, B, W> & Groupable<B, W>,
    combiner: CombineFn<V, A, O, unknown>,
    o?: CombineOptions<K>,
  ): Keyed<K, O, B, W>;
  /** One combiner over the values that each key already holds: groups or lists. */
  combineValues<X, A, O, E>(
    this: Keyed<K, (Iterable<X> & object) | Group<X>, B, W>,
    combiner: CombineFn<X, A, O, E>,
  ): Keyed<K, E, B, W>;
  /** Several combiners over them; their functions say what they take: `{ total: sum((n: number) => n) }`. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- accumulators and results are inferred
  combineValues<X, G extends Record<string, CombineFn<X, any, any, any>>>(
    this: Keyed<K, (Iterable<X> & object) | Group<X>, B, W>,
    combiners: G,
  ): Keyed<K, CombinedOrNothing<G>, B, W>;
  /** The number of values of each key and window. */
  countPerKey(this: Keyed<K, V, B, W> & Groupable<B, W>): Keyed<K, number, B, W>;
  /** The value with the greatest timestamp per key and window. */
  latestPerKey(this: Keyed<K, V, B, W> & Groupable<B, W>): Keyed<K, V, B, W>;
  /**
   * A step that keeps state and sets timers per key and window. Its functions find them, with the types of
   * the declarations, in `c.state` and `c.timers`.
   *
   * @throws STRAHL-1302 over windows that still merge, STRAHL-1303 for a timer without its callback
   *
   * @example
   * ```ts
   * import { eventTimer, s, value, type Keyed, type PCollection } from 'strahl';
   * const distinct = (events: Keyed<string, string>): PCollection<string> =>
   *   events.stateful({
   *     state: { seen: value(s.boolean, false) },
   *     timers: { forget: eventTimer() },
   *     *element(event, { state, timers }) {
   *       if (state.seen.read()) return;
   *       state.seen.write(true);
   *       timers.forget.after('24h');
   *       yield event;
   *     },
   *     onTimer: { forget: ({ state }) => state.seen.clear() },
   *   });
   * ```
   */
  stateful<
    U = never,
    const S extends StateDeclarations = NoDeclarations,
    const T extends TimerDeclarations = NoDeclarations,
    const F extends TimerCallbacks<K, S, T> = TimerCallbacks<K, S, T>,
    XU = never,
  >(
    fn: StatefulFn<K, V, U, S, T, F, XU>,
    o?: Schema<NoInfer<U | EmittedBy<F> | XU>> | Step<NoInfer<U | EmittedBy<F> | XU>>,
  ): PCollection<U | EmittedBy<F> | XU, B, W>;
}
