import type { Coder, KeyCoder } from '../coder.js';
import type { Group, Key, KV } from '../dofn/dofn.js';
import type { TriggerOptions, WindowOptions } from '../graph/windowing.js';
import type { Schema } from '../schema/schema.js';
import type { Trigger } from '../transforms/windowing/trigger.js';
import type { WindowFn } from '../transforms/windowing/windows.js';
import type { Bound, Viewable, Win } from './boundedness.js';
import type { Keyed, PCollection } from './pcollection.js';
import type { Side, Sides } from './side.js';
import type { Sink, Written } from './sink.js';
import type { WithSides } from './with-sides.js';

/** Keys that have a deterministic coder. The name of the property is the text of the compiler's error. */
export type Deterministic<K> = [K] extends [Key]
  ? unknown
  : K extends PromiseLike<unknown>
    ? {
        readonly 'STRAHL-1103: a promise is no key; ask for it first with .map(async ...)': never;
      }
    : {
        readonly 'STRAHL-1103: this key has no deterministic coder; add one: .keyBy(f, keyCoder(schema))': never;
      };

/** Sinks that take a `T`. The name of the property is the text of the compiler's error. */
export type Fitting<T, X> = [T] extends [X]
  ? unknown
  : {
      readonly 'STRAHL-1104: the sink takes other elements; turn them into its type first with .map(...)': never;
    };

/** The type of `K` without its literals: a map of known keys is asked for any key. */
export type LookupKey<K> = K extends string
  ? string
  : K extends number
    ? number
    : K extends bigint
      ? bigint
      : K extends boolean
        ? boolean
        : K;

/**
 * Options of `redistribute`.
 *
 * @example
 * ```ts
 * import type { RedistributeOptions } from 'strahl';
 * const byCustomer: RedistributeOptions<{ readonly customer: string }> = { by: (order) => order.customer };
 * ```
 */
export interface RedistributeOptions<T> {
  /** Elements with equal results stay together. */
  readonly by?: (x: T) => Key;
  /** Lets a runner give an element twice where that is cheaper. Default false. */
  readonly allowDuplicates?: boolean;
}

/** Methods that shape the graph: names, windows, keys, side inputs, outputs. */
export interface GraphMethods<T, B extends Bound, W extends Win> {
  /**
   * Names the step just made.
   *
   * @throws STRAHL-1001 if another step of the scope has the name
   */
  named(name: string): this;
  /** Type and coder of the collection just made. Elements are not checked. */
  withSchema<U extends T>(schema: Schema<U>): PCollection<U, B, W>;
  /** Coder of the collection just made. */
  withCoder(coder: Coder<T>): this;

  /** A composite: the steps of `t` in a scope named after it, or as given. */
  apply<R>(t: (p: this) => R): R;
  apply<R>(name: string, t: (p: this) => R): R;
  /** Composites one after the other. */
  pipe<R1>(t1: (p: this) => R1): R1;
  pipe<R1, R2>(t1: (p: this) => R1, t2: (p: R1) => R2): R2;
  pipe<R1, R2, R3>(t1: (p: this) => R1, t2: (p: R1) => R2, t3: (p: R2) => R3): R3;
  pipe<R1, R2, R3, R4>(
    t1: (p: this) => R1,
    t2: (p: R1) => R2,
    t3: (p: R2) => R3,
    t4: (p: R3) => R4,
  ): R4;

  /**
   * Gives the collection to `branch` too and goes on with it.
   *
   * @example
   * ```ts
   * import type { PCollection, Sink } from 'strahl';
   * const copied = (lines: PCollection<string>, archive: Sink<string>) =>
   *   lines.tee((p) => p.write(archive)).map((line) => line.length);
   * ```
   */
  tee(branch: (p: this) => unknown): this;

  /**
   * The same elements, held back until the signal is complete: an element of a window is given on when that window
   * of the signal has closed. That is at its end and the lateness that the signal allows, whatever its trigger.
   *
   * @throws STRAHL-1201 for an unbounded signal in the global window, STRAHL-1202 for windows that do not fit
   * @example
   * ```ts
   * import type { PCollection, Sink } from 'strahl';
   * const inOrder = (rows: PCollection<string>, next: PCollection<string>, table: Sink<string>) =>
   *   next.waitOn(rows.write(table).done).write(table);
   * ```
   */
  waitOn(signal: PCollection<unknown>): this;

  /**
   * Assigns each element to windows by its timestamp. Takes effect at the next grouping and remains in force after it.
   *
   * @throws STRAHL-1203 for a size, lateness or trigger out of range
   *
   * @example
   * ```ts
   * import { count, fixed, type PCollection } from 'strahl';
   * const perMinute = (clicks: PCollection<string, 'unbounded', 'none'>) =>
   *   clicks
   *     .window(fixed('1m'), { allowedLateness: '1h', panes: 'accumulating' })
   *     .keyBy((url) => url)
   *     .combineWith(count());
   * ```
   */
  window(w: WindowFn, o?: WindowOptions): PCollection<T, B, 'windowed'>;
  /**
   * When the next grouping emits panes of a window, the windows staying as they are.
   *
   * @throws STRAHL-1204, at the grouping, for a trigger that may finish and lose data
   */
  trigger(trigger: Trigger, o: TriggerOptions): PCollection<T, B, 'windowed'>;

  /**
   * Gives each element the key that `f` says, or that a field holds. What is not a simple value needs a coder
   * (STRAHL-1103).
   *
   * @example
   * ```ts
   * import { keyCoder, s, type PCollection } from 'strahl';
   * type Visit = { readonly user: string; readonly city: string; readonly country: string };
   * const byUser = (visits: PCollection<Visit>) => visits.keyBy('user');
   * const Place = s.row({ country: s.string, city: s.string });
   * const byPlace = (visits: PCollection<Visit>) =>
   *   visits.keyBy(({ country, city }) => ({ country, city }), keyCoder(Place));
   * ```
   */
  keyBy<const F extends keyof T & string>(
    field: T[F] extends Key ? F : never,
  ): Keyed<T[F], T, B, W>;
  keyBy<K>(f: (x: T) => K, coder: KeyCoder<K>): Keyed<K, T, B, W>;
  keyBy<K>(f: (x: T) => K & Deterministic<K>): Keyed<K, T, B, W>;
  /** Takes a collection of pairs as keys and values. */
  keyed<P extends KV<Key, unknown>>(this: PCollection<P, B, W>): Keyed<P[0], P[1], B, W>;

  /** Both collections in one. */
  flattenWith<B2 extends Bound>(other: PCollection<T, B2, W>): PCollection<T, B | B2, W>;
  /** Breaks fusion, so that what follows runs spread out anew. */
  reshuffle(): this;
  /** The same, with elements kept together by a key, or with fewer guarantees. */
  redistribute(o?: RedistributeOptions<T>): this;

  /**
   * Side inputs that the next step reads: each of its functions gets their values, by name, after the element.
   *
   * @example
   * ```ts
   * import type { KV, PCollection } from 'strahl';
   * const inEuro = (amounts: PCollection<number>, rates: PCollection<KV<string, number>>) =>
   *   amounts
   *     .with({ rates: rates.asMap() })
   *     .map((amount, { rates: table }) => amount * (table.get('USD') ?? NaN));
   * ```
   */
  with<S extends Sides>(sides: S): WithSides<T, S, B, W>;
  /** The one element of each window, or `defaultValue`; more than one fails the reader. */
  asSingleton(this: PCollection<T, B, W> & Viewable<B, W>, defaultValue?: T): Side<T>;
  /** All elements of each window, which may exceed memory. */
  asIterable(this: PCollection<T, B, W> & Viewable<B, W>): Side<Group<T>>;
  /** All elements of each window, in memory. */
  asList(this: PCollection<T, B, W> & Viewable<B, W>): Side<readonly T[]>;
  /** Pairs as a map; a key that comes twice in a window fails the reader. */
  asMap<K, V>(
    this: PCollection<KV<K, V>, B, W> & Viewable<B, W>,
  ): Side<ReadonlyMap<LookupKey<K>, V>>;
  /** Pairs as a map of all values of each key. */
  asMultimap<K, V>(
    this: PCollection<KV<K, V>, B, W> & Viewable<B, W>,
  ): Side<ReadonlyMap<LookupKey<K>, readonly V[]>>;

  /**
   * Writes every element. What it returns has the signal `done` for `waitOn`.
   *
   * @throws STRAHL-1104 for what is not a sink
   * @throws STRAHL-1106 if another write of the pipeline has the same target
   */
  write<X>(sink: Sink<X> & Fitting<T, X>): Written;
}
