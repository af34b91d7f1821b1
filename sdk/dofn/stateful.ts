import type { Context, Emits, Stamped } from './dofn.js';
import type { State } from './state.js';
import type { FiredTimer, TimerDeclaration } from './timers.js';

/** What `state` declares. */
export type StateDeclarations = Readonly<Record<string, State<unknown>>>;

/** What `timers` declares. */
export type TimerDeclarations = Readonly<Record<string, TimerDeclaration<unknown>>>;

/** Nothing is declared. */
// eslint-disable-next-line @typescript-eslint/no-generated-empty-object-type -- what has no names
export type NoDeclarations = Readonly<Record<never, never>>;

/**
 * What `c.state` holds for the declarations `S`.
 *
 * @example
 * ```ts
 * import { bag, s, type StateHandles } from 'strahl';
 * const state = { lines: bag(s.string) };
 * const keep = (line: string, { lines }: StateHandles<typeof state>): void => lines.add(line);
 * ```
 */
export type StateHandles<S> = {
  readonly [N in keyof S]: S[N] extends State<infer H> ? H : never;
};

/**
 * What `c.timers` holds for the declarations `T`.
 *
 * @example
 * ```ts
 * import { processingTimer, type TimerHandles } from 'strahl';
 * const timers = { retry: processingTimer() };
 * const later = ({ retry }: TimerHandles<typeof timers>): void => retry.after('30s');
 * ```
 */
export type TimerHandles<T> = {
  readonly [N in keyof T]: T[N] extends TimerDeclaration<infer H> ? H : never;
};

/**
 * What the functions of a `stateful` step may ask, beside what every function may.
 *
 * @example
 * ```ts
 * import { eventTimer, s, value, type StatefulContext } from 'strahl';
 * const declared = { state: { open: value(s.boolean, false) }, timers: { close: eventTimer() } };
 * type Parts = typeof declared;
 * function open({ state, timers }: StatefulContext<string, Parts['state'], Parts['timers']>): void {
 *   if (!state.open.read()) timers.close.after('5m');
 *   state.open.write(true);
 * }
 * ```
 */
export interface StatefulContext<K, S, T> extends Context {
  /** The key whose state and timers these are. */
  readonly key: K;
  /** The state of the key in the window. */
  readonly state: StateHandles<S>;
  /** The timers of the key in the window. */
  readonly timers: TimerHandles<T>;
}

/**
 * The context of a timer's callback; its `timestamp` is the timer's output timestamp.
 *
 * @example
 * ```ts
 * import { bag, s, type TimerContext } from 'strahl';
 * type State = { readonly lines: ReturnType<typeof bag<string>> };
 * const emptied = ({ key, firedAt, state }: TimerContext<string, State, object>) => {
 *   state.lines.clear();
 *   return [`${key} at ${firedAt}`];
 * };
 * ```
 */
export type TimerContext<K, S, T> = StatefulContext<K, S, T> & FiredTimer;

/**
 * The context of `onWindowExpiration`: there is nothing left to set a timer for.
 *
 * @example
 * ```ts
 * import { s, value, type ExpirationContext } from 'strahl';
 * const state = { total: value(s.double, 0) };
 * const last = ({ key, state: { total } }: ExpirationContext<string, typeof state>) => [
 *   [key, total.read()] as const,
 * ];
 * ```
 */
export type ExpirationContext<K, S> = Omit<StatefulContext<K, S, object>, 'timers'>;

/** A callback for each timer, under its name. */
export type TimerCallbacks<K, S, T, C = unknown> = {
  readonly [N in keyof T]: (c: TimerContext<K, S, T> & C) => Emits<unknown>;
};

/** There are no callbacks for timers that are not declared. */
type NoOthers<F, T> = { readonly [N in Exclude<keyof F, keyof T>]: never };

/** What functions that return `R` emit. */
export type Emitted<R> =
  R extends PromiseLike<infer P>
    ? Emitted<P>
    : R extends Iterable<infer X> | AsyncIterable<infer X>
      ? X extends Stamped<infer U>
        ? U
        : X
      : never;

/** What the callbacks `F` of timers emit together. */
export type EmittedBy<F> = {
  readonly [N in keyof F]: F[N] extends (c: never) => infer R ? Emitted<R> : never;
}[keyof F];

/**
 * A step with state and timers. All its functions may be plain, generators, or asynchronous; those of one
 * key run one after the other. `element`, the callbacks of timers and `onWindowExpiration` may emit outputs
 * of different types: `U`, what the functions `F` return, and `XU`.
 *
 * @example
 * ```ts
 * import { s, value, type StatefulFn } from 'strahl';
 * const state = { n: value(s.int64, 0) };
 * const numbered: StatefulFn<string, string, string, typeof state> = {
 *   state,
 *   element(line, { state: { n } }) {
 *     n.write(n.read() + 1);
 *     return [`${n.read()}: ${line}`];
 *   },
 * };
 * ```
 */
export type StatefulFn<
  K,
  V,
  U,
  S = NoDeclarations,
  T = NoDeclarations,
  F = object,
  XU = U,
  C = unknown,
> = StatefulParts<K, V, U, S, T, F, XU, C> & WithCallbacks<T>;

/** Who declares timers gives the callbacks of all. */
type WithCallbacks<T> = [keyof T] extends [never] ? unknown : { readonly onTimer: object };

interface StatefulParts<K, V, U, S, T, F, XU, C> {
  /** States by name: `{ seen: value(s.boolean, false) }`. The functions find them in `c.state`. */
  readonly state?: S;
  /** Timers by name: `{ flush: eventTimer() }`. The functions find them in `c.timers`. */
  readonly timers?: T;
  /** Give each key its elements in the order of their times; they wait until none can come before. */
  readonly requiresTimeSortedInput?: boolean;
  /** When a bundle is tried again, its elements are the same. */
  readonly requiresStableInput?: boolean;
  /** Called for each value; what it returns or yields is emitted with the time of the element. */
  element(value: V, c: StatefulContext<K, S, T> & C): Emits<U>;
  /** One callback for each timer. */
  readonly onTimer?: F & TimerCallbacks<K, S, NoInfer<T>, C> & NoOthers<F, T>;
  /** Called once per key and window, when the window is over, before its state goes. */
  onWindowExpiration?(c: ExpirationContext<K, S> & C): Emits<XU>;
}

/** A callback with its types erased: that of a method, whose parameter may be narrower where it is declared. */
type ErasedCallback = { call(c: unknown): unknown }['call'];

/** The same with its types erased, as the harness calls it. */
export interface ErasedStatefulFn {
  element(value: unknown, c: unknown): unknown;
  readonly onTimer?: Readonly<Record<string, ErasedCallback | undefined>>;
  onWindowExpiration?(c: unknown): unknown;
}
