import type { CoderChoice } from '../graph/coder-choice.js';
import type { CombineFnSpec } from './user-function.js';
import type { Stamped, TimeLike } from './dofn.js';

declare const handle: unique symbol;

/**
 * A state that a `stateful` step declares; `H` is what its functions find in `c.state`. Made by `value`,
 * `combining`, `bag`, `setOf`, `mapOf`, `multimapOf` and `orderedList`.
 *
 * @example
 * ```ts
 * import { bag, s, value, type BagState, type State } from 'strahl';
 * const waiting: State<BagState<string>> = bag(s.string);
 * const states = { waiting, count: value(s.int64, 0) };
 * ```
 */
export interface State<out H> {
  readonly [handle]?: H;
}

/**
 * One value. Read and written at once, on every runner.
 *
 * @example
 * ```ts
 * import type { ValueState } from 'strahl';
 * const increment = (count: ValueState<number>): void => count.write(count.read() + 1);
 * ```
 */
export interface ValueState<T> {
  /** The value, or the initial one if none was written since the last `clear`. */
  read(): T;
  /** Replaces the value. */
  write(value: T): void;
  /** Back to the initial value. */
  clear(): void;
}

/**
 * Inputs reduced by a combiner as they come. Read and written at once, on every runner.
 *
 * @example
 * ```ts
 * import type { CombiningState } from 'strahl';
 * function isOver(limit: number, spent: CombiningState<number, number>, amount: number): boolean {
 *   spent.add(amount);
 *   return spent.read() > limit;
 * }
 * ```
 */
export interface CombiningState<in I, out O> {
  /** Adds one input. */
  add(input: I): void;
  /** What the combiner makes of all inputs since the last `clear`; of none, what it makes of nothing. */
  read(): O;
  /** Forgets all inputs. */
  clear(): void;
}

/**
 * Any number of values, in no particular order; may be larger than memory.
 *
 * @example
 * ```ts
 * import type { BagState } from 'strahl';
 * async function taken(bag: BagState<string>): Promise<readonly string[]> {
 *   const all: string[] = [];
 *   for await (const x of bag) all.push(x);
 *   bag.clear();
 *   return all;
 * }
 * ```
 */
export interface BagState<T> extends AsyncIterable<T> {
  /** Adds a value, also if an equal one is there. */
  add(value: T): void;
  /** Whether there is no value. */
  isEmpty(): Promise<boolean>;
  /** Takes all values out. */
  clear(): void;
}

/**
 * Values that are there once or not at all; equal values are those with equal bytes.
 *
 * @example
 * ```ts
 * import type { SetState } from 'strahl';
 * async function isNew(id: string, seen: SetState<string>): Promise<boolean> {
 *   const known = await seen.has(id);
 *   seen.add(id);
 *   return !known;
 * }
 * ```
 */
export interface SetState<T> extends AsyncIterable<T> {
  /** Adds a value unless an equal one is there. */
  add(value: T): void;
  /** Takes a value out, if it is there. */
  delete(value: T): void;
  /** Whether an equal value is there. */
  has(value: T): Promise<boolean>;
  /** Takes all values out. */
  clear(): void;
}

/**
 * One value per map key.
 *
 * @example
 * ```ts
 * import type { MapState } from 'strahl';
 * async function visit(page: string, visits: MapState<string, number>): Promise<number> {
 *   const n = ((await visits.get(page)) ?? 0) + 1;
 *   visits.set(page, n);
 *   return n;
 * }
 * ```
 */
export interface MapState<K, V> extends AsyncIterable<readonly [key: K, value: V]> {
  /** Replaces the value of the key. */
  set(key: K, value: V): void;
  /** Takes the key out, if it is there. */
  delete(key: K): void;
  /** The value of the key; `undefined` if there is none. */
  get(key: K): Promise<V | undefined>;
  /** All keys, in no particular order. */
  keys(): AsyncIterable<K>;
  /** Takes all keys out. */
  clear(): void;
}

/**
 * Any number of values per map key.
 *
 * @example
 * ```ts
 * import type { MultimapState } from 'strahl';
 * function move(tags: MultimapState<string, string>, from: string, values: readonly string[]): void {
 *   tags.delete(from);
 *   for (const value of values) tags.put('moved', value);
 * }
 * ```
 */
export interface MultimapState<K, V> extends AsyncIterable<readonly [key: K, value: V]> {
  /** Adds a value to those of the key. */
  put(key: K, value: V): void;
  /** Takes the key out with all its values. */
  delete(key: K): void;
  /** The values of the key; none if it is not there. */
  get(key: K): AsyncIterable<V>;
  /** All keys, in no particular order. */
  keys(): AsyncIterable<K>;
  /** Takes all keys out. */
  clear(): void;
}

/**
 * Values by time; of equal times in the order in which they came.
 *
 * @example
 * ```ts
 * import type { OrderedListState } from 'strahl';
 * async function* upTo(t: number, list: OrderedListState<string>): AsyncIterable<string> {
 *   for await (const { value } of list.range(0, t)) yield value;
 *   list.clearRange(0, t);
 * }
 * ```
 */
export interface OrderedListState<T> extends AsyncIterable<Stamped<T>> {
  /** Adds a value at `time`; several may have the same. */
  add(value: T, time: TimeLike): void;
  /** Values with `from` ≤ time < `to`. */
  range(from: TimeLike, to: TimeLike): AsyncIterable<Stamped<T>>;
  /** Takes out the values with `from` ≤ time < `to`. */
  clearRange(from: TimeLike, to: TimeLike): void;
  /** Takes all values out. */
  clear(): void;
}

/** What a bag of the harness has beside, for steps of the library. */
export interface ReadAtOnce {
  /**
   * All values, or `undefined` where they have to be awaited. An asynchronous call makes all that comes for its key
   * behind it wait, so a step that reads often asks here first.
   */
  atOnce(): unknown[] | undefined;
}

/** What a `State` says to the harness and to the graph. */
export type StateDescription =
  | {
      readonly kind: 'value';
      readonly value: CoderChoice;
      /** What `read` gives while nothing is written. */
      readonly initial: unknown;
    }
  | { readonly kind: 'combining'; readonly value: CoderChoice; readonly fn: CombineFnSpec }
  | { readonly kind: 'bag' | 'set' | 'ordered-list'; readonly value: CoderChoice }
  | { readonly kind: 'map' | 'multimap'; readonly key: CoderChoice; readonly value: CoderChoice };

const DESCRIPTION: unique symbol = Symbol.for('strahl.state');

/** The declaration of a state. */
export function stateOf<H>(description: StateDescription): State<H> {
  return Object.freeze({ [DESCRIPTION]: Object.freeze(description) }) as State<H>;
}

/** `undefined` for what is not a declaration. */
export function stateDescriptionOf(x: unknown): StateDescription | undefined {
  if (typeof x !== 'object' || x === null) return undefined;
  return (x as { readonly [DESCRIPTION]?: StateDescription })[DESCRIPTION];
}
