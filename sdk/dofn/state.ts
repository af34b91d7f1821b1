import type { CoderChoice } from '../graph/coder-choice.js';
import type { CombineFnSpec } from './user-function.js';
import type { Stamped, TimeLike } from './dofn.js';

declare const handle: unique symbol;

/**
 * A state that a `stateful` step declares; `H` is what its functions find in `c.state`. Made by `value`,
 * `combining`, `bag`, `setOf`, `mapOf`, `multimapOf` and `orderedList`.
 */
export interface State<out H> {
  readonly [handle]?: H;
}

/** One value. Read and written at once, on every runner. */
export interface ValueState<T> {
  /** The value, or the initial one if none was written since the last `clear`. */
  read(): T;
  write(value: T): void;
  clear(): void;
}

/** Inputs reduced by a combiner as they come. Read and written at once, on every runner. */
export interface CombiningState<in I, out O> {
  add(input: I): void;
  /** What the combiner makes of all inputs since the last `clear`; of none, what it makes of nothing. */
  read(): O;
  clear(): void;
}

/** Any number of values, in no particular order; may be larger than memory. */
export interface BagState<T> extends AsyncIterable<T> {
  add(value: T): void;
  isEmpty(): Promise<boolean>;
  clear(): void;
}

/** Values that are there once or not at all; equal values are those with equal bytes. */
export interface SetState<T> extends AsyncIterable<T> {
  add(value: T): void;
  delete(value: T): void;
  has(value: T): Promise<boolean>;
  clear(): void;
}

/** One value per map key. */
export interface MapState<K, V> extends AsyncIterable<readonly [key: K, value: V]> {
  set(key: K, value: V): void;
  delete(key: K): void;
  get(key: K): Promise<V | undefined>;
  keys(): AsyncIterable<K>;
  clear(): void;
}

/** Any number of values per map key. */
export interface MultimapState<K, V> extends AsyncIterable<readonly [key: K, value: V]> {
  put(key: K, value: V): void;
  /** All values of the key. */
  delete(key: K): void;
  get(key: K): AsyncIterable<V>;
  keys(): AsyncIterable<K>;
  clear(): void;
}

/** Values by time; of equal times in the order in which they came. */
export interface OrderedListState<T> extends AsyncIterable<Stamped<T>> {
  add(value: T, time: TimeLike): void;
  /** Values with `from` ≤ time < `to`. */
  range(from: TimeLike, to: TimeLike): AsyncIterable<Stamped<T>>;
  clearRange(from: TimeLike, to: TimeLike): void;
  clear(): void;
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

const DESCRIPTION: unique symbol = Symbol.for('strahl.state') as never;

/** The declaration of a state. */
export function stateOf<H>(description: StateDescription): State<H> {
  return Object.freeze({ [DESCRIPTION]: Object.freeze(description) }) as State<H>;
}

/** `undefined` for what is no declaration. */
export function stateDescriptionOf(x: unknown): StateDescription | undefined {
  if (typeof x !== 'object' || x === null) return undefined;
  return (x as { readonly [DESCRIPTION]?: StateDescription })[DESCRIPTION];
}

/** Kinds agree with those of the wire form. */
export type StateKind = StateDescription['kind'];
