import type { ElementCoder } from '#portability/coders/coder.js';
import type { Duration, EventTime } from '#portability/model/time.js';
import type { Window } from '#portability/model/windows.js';
import type { Context, DoFn, TimeLike } from './dofn.js';
import type { SourceSpec } from './source.js';
import type { StateDescription } from './state.js';
import type { ErasedStatefulFn } from './stateful.js';
import type { TimerDescription } from './timers.js';
import type { SplittableSpec } from './splittable.js';

/**
 * What the graph refers to and the harness runs: a user's function with all that its call needs.
 * Element types are erased here; the fluent API has checked them.
 *
 * A function with side inputs (`sides` not empty) is called with their values before the context:
 * `(x, sides, c)`; a `DoFn` finds them in `c.sides`.
 */
export type UserFunction =
  | (Call & { readonly kind: 'map' | 'filter' | 'flat-map' | 'attempt' })
  /** `(value, key)`; the key stays. */
  | (Call & { readonly kind: 'map-values' })
  /** `(x)` gives the key of `[key, x]`. */
  | (Call & { readonly kind: 'key-by' })
  | (Call & { readonly kind: 'with-timestamps'; readonly allowedSkew: Duration })
  /** `(x, out, c)` or `(x, sides, out, c)`; outputs are named by tag. */
  | (Call & { readonly kind: 'split'; readonly tags: readonly string[] })
  /** Outputs are named '0' … 'n−1'. */
  | (Call & { readonly kind: 'partition'; readonly n: number })
  | (Step & {
      readonly kind: 'do-fn';
      readonly create: () => DoFn<unknown, unknown>;
      readonly stable?: boolean;
    })
  | (Step & { readonly kind: 'source'; readonly source: SourceSpec<unknown, unknown> })
  /** `(x, restriction, c)` or `(x, restriction, sides, c)`. */
  | (Step & { readonly kind: 'splittable'; readonly splittable: SplittableSpec })
  | (Step & {
      readonly kind: 'stateful';
      readonly fn: ErasedStatefulFn;
      readonly states: Readonly<Record<string, StateDescription>>;
      readonly timers: Readonly<Record<string, TimerDescription>>;
      readonly timeSorted: boolean;
      readonly stable: boolean;
    })
  | { readonly kind: 'combine'; readonly fn: CombineFnSpec }
  | { readonly kind: 'window-fn'; readonly fn: WindowFnFunctions }
  | { readonly kind: 'coder'; readonly coder: UserCoder | ComposedCoder }
  /** The coder that the elements of `p.of` were written with; a runner may name another one for them. */
  | { readonly kind: 'elements'; readonly coder: () => ElementCoder<unknown> };

interface Step {
  /** Local names of the side inputs, with the shape in which each is read. */
  readonly sides: Readonly<Record<string, SideShape>>;
  /** Calls of asynchronous functions that may overlap in one bundle. */
  readonly concurrency: number;
  /** Outputs of asynchronous calls in the order of their inputs. */
  readonly ordered: boolean;
}

interface Call extends Step {
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- called with erased element types
  readonly call: (...args: any[]) => unknown;
}

export type SideShape = { readonly at?: SideTime } &
  /** `last`: the newest element is the value, however many came. */
  (
    | {
        readonly kind: 'singleton';
        readonly default?: { readonly value: unknown };
        readonly last?: boolean;
      }
    | { readonly kind: 'iterable' | 'list' | 'map' | 'multimap' }
  );

/** At which time of the side input a main window looks. */
export interface SideTime {
  time(main: Window): TimeLike;
  /** How much earlier than the main window the side window may end. */
  readonly lookback: Duration;
}

/** A combiner with erased types. `add` and `merge` may change and return their first argument. */
export interface CombineFnSpec {
  create(): unknown;
  add(accumulator: unknown, input: unknown): unknown;
  merge(a: unknown, b: unknown): unknown;
  extract(accumulator: unknown): unknown;
  compact?(accumulator: unknown): unknown;
}

export interface WindowFnFunctions {
  assign(timestamp: EventTime, value: unknown): Iterable<unknown>;
  maxTimestamp(window: unknown): TimeLike;
  /** Which windows of a key become one; those that are not named stay as they are. */
  merge?(
    windows: readonly unknown[],
  ): Iterable<{ readonly into: unknown; readonly windows: readonly unknown[] }>;
}

/** A coder of other coders, which the graph names as its components. */
export type ComposedCoder = (components: readonly ElementCoder<unknown>[]) => UserCoder;

export interface UserCoder {
  encode(value: unknown): Uint8Array;
  decode(bytes: Uint8Array): unknown;
}

/** Functions by the path that their transform's payload names. */
export type FunctionRegistry = ReadonlyMap<string, UserFunction>;

/** Context of a `DoFn` with side inputs. */
export type ContextWithSides = Context & { readonly sides: Readonly<Record<string, unknown>> };
