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

/**
 * A step with state and timers. All its functions may be plain, generators, or asynchronous; those of one
 * key run one after the other.
 */
export interface StatefulFn<K, V, U, S, T> {
  readonly state?: S;
  readonly timers?: T;
  /** Give each key its elements in the order of their times; they wait until none can come before. */
  readonly requiresTimeSortedInput?: boolean;
  /** When a bundle is tried again, its elements are the same. */
  readonly requiresStableInput?: boolean;
  element(value: V, c: StatefulContext<K, S, T>): Emits<U>;
  readonly onTimer?: { readonly [N in keyof T]?: (c: TimerContext<K, S, T>) => Emits<U> };
  /** Called once per key and window, when the window is over, before its state goes. */
  onWindowExpiration?(c: ExpirationContext<K, S>): Emits<U>;
}

/** The same with its types erased, as the harness calls it. */
export interface ErasedStatefulFn {
  element(value: unknown, c: never): unknown;
  readonly onTimer?: Readonly<Record<string, ((c: never) => unknown) | undefined>>;
  onWindowExpiration?(c: never): unknown;
}
