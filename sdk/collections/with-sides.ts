import type { Context, DoFn, Emits, KV } from '../dofn/dofn.js';
import type { OffsetRange } from '../dofn/offset-tracker.js';
import type { Tracker } from '../dofn/restriction-tracker.js';
import type { SplittableContext } from '../dofn/splittable.js';
import type {
  EmittedBy,
  NoDeclarations,
  StateDeclarations,
  StatefulFn,
  TimerCallbacks,
  TimerDeclarations,
} from '../dofn/stateful.js';
import type { Schema } from '../schema/schema.js';
import type { SplittableDescription } from '../transforms/reading/splittable.js';
import type { Bound, Win } from './boundedness.js';
import type { Attempted, SplitCollections } from './element-methods.js';
import type { PCollection } from './pcollection.js';
import type { SideValues, Sides } from './side.js';
import type { Out, Outputs, Tagged } from './split-outputs.js';
import type { Step } from './step-options.js';

/**
 * The methods of a collection whose functions read side inputs: `(x, sides, c)`.
 *
 * @example
 * ```ts
 * import type { Bound, Side, Win, WithSides } from 'strahl';
 * type Rates = { readonly rates: Side<ReadonlyMap<string, number>> };
 * const inEuro = <B extends Bound, W extends Win>(amounts: WithSides<number, Rates, B, W>) =>
 *   amounts.map((amount, { rates }) => amount * (rates.get('USD') ?? NaN));
 * ```
 */
export interface WithSides<T, S extends Sides, B extends Bound, W extends Win> {
  /** `f(x, sides)` for every element; `sides` has the values of the window of `x`, by name. */
  map<U>(
    f: (x: T, sides: SideValues<S>, c: Context) => U | Promise<U>,
    o?: Schema<U> | Step<U>,
  ): PCollection<U, B, W>;
  /** All that `f(x, sides)` returns or yields, element after element. */
  flatMap<U>(
    f: (x: T, sides: SideValues<S>, c: Context) => Emits<U>,
    o?: Schema<U> | Step<U>,
  ): PCollection<U, B, W>;
  /** The elements for which `f(x, sides)` is true. */
  filter(
    f: (x: T, sides: SideValues<S>, c: Context) => boolean | Promise<boolean>,
  ): PCollection<T, B, W>;
  /** Like `map`, but an element for which `f` throws goes to `failed` with the error. */
  attempt<U>(
    f: (x: T, sides: SideValues<S>, c: Context) => U | Promise<U>,
    o?: Schema<U> | Step<U>,
  ): Attempted<T, U, B, W>;
  /** The functions find the values in `c.sides`. */
  process<U>(
    d: DoFnWithSides<T, U, S> | (() => DoFnWithSides<T, U, S>),
    o?: Schema<U> | Step<U>,
  ): PCollection<U, B, W>;
  /** Processes each element in parts that the runner may move; `element` is called as `(x, r, sides, c)`. */
  splittable<U, R extends OffsetRange, B2 extends Bound = 'bounded'>(
    d: SplittableDescription<T, U, R, number, B2, WithValues<S, U, number>>,
  ): PCollection<U, 'unbounded' extends B2 ? 'unbounded' : B, W>;
  /** The same with restrictions of any shape, which need a `tracker`. */
  splittable<U, R, P, B2 extends Bound = 'bounded'>(
    d: SplittableDescription<T, U, R, P, B2, WithValues<S, U, P>> & {
      readonly tracker: Tracker<R, P>;
    },
  ): PCollection<U, 'unbounded' extends B2 ? 'unbounded' : B, W>;
  /** The functions find the values in `c.sides`. */
  stateful<
    K,
    V,
    U = never,
    const St extends StateDeclarations = NoDeclarations,
    const Ti extends TimerDeclarations = NoDeclarations,
    const F extends TimerCallbacks<K, St, Ti, ReadsSides<S>> = TimerCallbacks<
      K,
      St,
      Ti,
      ReadsSides<S>
    >,
    XU = never,
  >(
    this: WithSides<KV<K, V>, S, B, W>,
    fn: StatefulFn<K, V, U, St, Ti, F, XU, ReadsSides<S>>,
    o?: Schema<NoInfer<U | EmittedBy<F> | XU>> | Step<NoInfer<U | EmittedBy<F> | XU>>,
  ): PCollection<U | EmittedBy<F> | XU, B, W>;
  /** Sends outputs to several collections: `yield out.tag(value)`. */
  split<const O extends Outputs>(
    outputs: O,
    f: (
      x: T,
      sides: SideValues<S>,
      out: Out<O>,
      c: Context,
    ) => Iterable<Tagged<keyof O & string>> | AsyncIterable<Tagged<keyof O & string>>,
  ): SplitCollections<O, B, W>;
  /** Sends each element to the collection whose number `f` gives, 0 … n − 1. */
  partition(
    n: number,
    f: (x: T, sides: SideValues<S>, n: number) => number,
  ): readonly PCollection<T, B, W>[];
}

type WithValues<S extends Sides, U, P> = readonly [
  sides: SideValues<S>,
  c: SplittableContext<U, P>,
];

/** Where the functions of a step with a context find the values. */
interface ReadsSides<S extends Sides> {
  readonly sides: SideValues<S>;
}

type DoFnWithSides<T, U, S extends Sides> = DoFn<T, U, Context & ReadsSides<S>>;
