import type { Context, Emits } from './dofn.js';
import type { State } from './state.js';
import type { FiredTimer, TimerDeclaration } from './timers.js';

/** What `c.state` holds for the declarations `S`. */
export type StateHandles<S> = {
  readonly [N in keyof S]: S[N] extends State<infer H> ? H : never;
};

/** What `c.timers` holds for the declarations `T`. */
export type TimerHandles<T> = {
  readonly [N in keyof T]: T[N] extends TimerDeclaration<infer H> ? H : never;
};

/** What the functions of a `stateful` step may ask, beside what every function may. */
export interface StatefulContext<K, S, T> extends Context {
  readonly key: K;
  /** The state of the key in the window. */
  readonly state: StateHandles<S>;
  /** The timers of the key in the window. */
  readonly timers: TimerHandles<T>;
}

/** The context of a timer's callback; its `timestamp` is the timer's output timestamp. */
export type TimerContext<K, S, T> = StatefulContext<K, S, T> & FiredTimer;

/** The context of `onWindowExpiration`: there is nothing left to set a timer for. */
export type ExpirationContext<K, S> = Omit<StatefulContext<K, S, object>, 'timers'>;

/** A callback for each timer. The index signature is what lets the compiler infer what they emit. */
type TimerCallbacks<T, F> = { readonly [name: string]: F } & {
  readonly [N in keyof NoInfer<T>]: unknown;
};

/**
 * A step with state and timers. All its functions may be plain, generators, or asynchronous; those of one
 * key run one after the other. `element`, the callbacks of timers and `onWindowExpiration` may emit outputs
 * of different types, `U`, `TU` and `XU`.
 */
export interface StatefulFn<K, V, U, S = object, T = object, TU = U, XU = U> {
  readonly state?: S;
  readonly timers?: T;
  /** Give each key its elements in the order of their times; they wait until none can come before. */
  readonly requiresTimeSortedInput?: boolean;
  /** When a bundle is tried again, its elements are the same. */
  readonly requiresStableInput?: boolean;
  element(value: V, c: StatefulContext<K, S, T>): Emits<U>;
  /** One callback for each timer. */
  readonly onTimer?: TimerCallbacks<T, (c: TimerContext<K, S, T>) => Emits<TU>>;
  /** Called once per key and window, when the window is over, before its state goes. */
  onWindowExpiration?(c: ExpirationContext<K, S>): Emits<XU>;
}

/** The same with its types erased, as the harness calls it. */
export interface ErasedStatefulFn {
  element(value: unknown, c: never): unknown;
  readonly onTimer?: Readonly<Record<string, ((c: never) => unknown) | undefined>>;
  onWindowExpiration?(c: never): unknown;
}
