import type { EventTime } from '#portability/model/time.js';
import type { Pane } from '#portability/model/panes.js';
import type { Window } from '#portability/model/windows.js';
import type { DurationLike } from '../duration.js';

/** A key and its value. */
export type KV<K, V> = readonly [key: K, value: V];

/** What has a deterministic coder by itself; anything else needs a `KeyCoder`. */
export type Key = string | number | bigint | boolean | null | Uint8Array | readonly Key[];

/** A time as users write it: milliseconds, a `Date`, or anything with `epochMilliseconds`. */
export type TimeLike = number | Date | { readonly epochMilliseconds: number };

/** The values of one key and window. May be iterated any number of times. */
export interface Group<V> extends AsyncIterable<V> {
  toArray(): Promise<readonly V[]>;
}

/** An output with a time, and in `finishBundle` a window, of its own. Made by `stamp`. */
export interface Stamped<T> {
  readonly value: T;
  readonly timestamp: EventTime;
  readonly window?: Window;
}

/** What an emitting function may return: nothing, or outputs one after the other. */
export type Emits<U> =
  | void
  | Iterable<U | Stamped<U>>
  | AsyncIterable<U | Stamped<U>>
  | Promise<void | Iterable<U | Stamped<U>>>;

export interface Counter {
  inc(by?: number): void;
}
export interface DistributionMetric {
  update(value: number): void;
}
export interface Gauge {
  set(value: number): void;
}
export interface StringSet {
  add(value: string): void;
}

/** User metrics of one step. Asking for the same name again gives the same metric. */
export interface Metrics {
  counter(name: string): Counter;
  distribution(name: string): DistributionMetric;
  gauge(name: string): Gauge;
  stringSet(name: string): StringSet;
}

/** Where a function writes what the operator of its job may want to know. */
export interface Logger {
  debug(message: string, fields?: object): void;
  info(message: string, fields?: object): void;
  warn(message: string, fields?: object): void;
  error(message: string, fields?: object): void;
}

/** What a function may ask about the element it was called with. */
export interface Context {
  readonly timestamp: EventTime;
  readonly window: Window;
  readonly pane: Pane;
  readonly metrics: Metrics;
  /** Its lines carry the step's name and where it was built, as fields `step` and `site`. */
  readonly log: Logger;
  /** Aborted when the job is cancelled or has failed. */
  readonly signal: AbortSignal;
  /** Runs `f` after the bundle is durably committed, at most once, unless its time is over by then. */
  onBundleCommitted(f: BundleCallback, o?: CommitOptions): void;
}

/** What `onBundleCommitted` runs. */
export type BundleCallback = () => void | Promise<void>;

/** Options of `onBundleCommitted`. */
export interface CommitOptions {
  /** If the commit comes later than this, the function is not run any more. Default `'1h'`. */
  readonly within?: DurationLike;
}

/** What is known outside of an element. */
export type BundleContext = Pick<Context, 'metrics' | 'log' | 'signal' | 'onBundleCommitted'>;

/** A function with a life cycle. One instance never runs two bundles at once. */
export interface DoFn<T, U, C = Context> {
  setup?(): void | Promise<void>;
  startBundle?(c: BundleContext): void | Promise<void>;
  element(x: T, c: C): Emits<U>;
  /** Outputs must be stamped with a time and, unless the input is in the global window, a window. */
  finishBundle?(c: BundleContext): Emits<U>;
  teardown?(): void | Promise<void>;
}
