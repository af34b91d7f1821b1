import type { HistogramBuckets } from '#portability/fnapi/connection.js';
import type { EventTime } from '#portability/model/time.js';
import type { Pane } from '#portability/model/panes.js';
import type { Window } from '#portability/model/windows.js';
import type { DurationLike } from '../duration.js';

/**
 * A key and its value.
 *
 * @example
 * ```ts
 * import type { KV } from 'strahl';
 * const line = ([word, n]: KV<string, number>): string => `${word}: ${n}`;
 * ```
 */
export type KV<K, V> = readonly [key: K, value: V];

/**
 * What has a deterministic coder by itself; anything else needs a `KeyCoder`.
 *
 * @example
 * ```ts
 * import type { Key } from 'strahl';
 * const byDay = (x: { readonly user: string; readonly day: number }): Key => [x.user, x.day];
 * ```
 */
export type Key = string | number | bigint | boolean | null | Uint8Array | readonly Key[];

/**
 * A time as users write it: milliseconds, a `Date`, or anything with `epochMilliseconds`.
 *
 * @example
 * ```ts
 * import { eventTime, type TimeLike } from 'strahl';
 * const times: readonly TimeLike[] = [0, new Date(), { epochMilliseconds: 1_000 }];
 * const least = Math.min(...times.map((t) => eventTime(t)));
 * ```
 */
export type TimeLike = number | Date | { readonly epochMilliseconds: number };

/**
 * The values of one key and window. May be iterated any number of times.
 *
 * @example
 * ```ts
 * import type { Group } from 'strahl';
 * async function longest(words: Group<string>): Promise<string> {
 *   let found = '';
 *   for await (const word of words) if (word.length > found.length) found = word;
 *   return found;
 * }
 * ```
 */
export interface Group<V> extends AsyncIterable<V> {
  /** All values, in memory at once. */
  toArray(): Promise<readonly V[]>;
}

/**
 * An output with a time, and in `finishBundle` a window, of its own. Made by `stamp`.
 *
 * @example
 * ```ts
 * import { stamp, type Stamped } from 'strahl';
 * const at = (x: { readonly seconds: number }): Stamped<typeof x> => stamp(x, x.seconds * 1000);
 * ```
 */
export interface Stamped<T> {
  readonly value: T;
  readonly timestamp: EventTime;
  /** Left out by most; `finishBundle` must say it unless the input is in the global window. */
  readonly window?: Window;
}

/**
 * What an emitting function may return: nothing, or outputs one after the other. A text is not taken for a list of
 * its characters, which are hardly ever meant: `[text]`.
 *
 * @example
 * ```ts
 * import { stamp, type Emits } from 'strahl';
 * const withTime = (x: { readonly at: number }): Emits<number> => [stamp(1, x.at)];
 * ```
 */
export type Emits<U> = SomeOf<U | Stamped<U>>;

/** Nothing, or values one after the other. */
type SomeOf<X> =
  void | (Iterable<X> & object) | AsyncIterable<X> | Promise<void | (Iterable<X> & object)>;

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
export interface BoundedTrieMetric {
  /** What of it is beyond 40 segments is not told apart. */
  add(path: readonly string[]): void;
}
export interface HistogramMetric {
  update(value: number): void;
}

/**
 * User metrics of one step. Asking for the same name again gives the same metric.
 *
 * @example
 * ```ts
 * import type { Metrics } from 'strahl';
 * const observe = (bytes: number, metrics: Metrics): void => {
 *   metrics.distribution('bytes').update(bytes);
 *   if (bytes === 0) metrics.counter('empty').inc();
 * };
 * ```
 */
export interface Metrics {
  /** A sum that only `inc` changes. */
  counter(name: string): Counter;
  /** Count, sum, least and greatest of the values given. */
  distribution(name: string): DistributionMetric;
  /** The value set last. */
  gauge(name: string): Gauge;
  /** Each string once. */
  stringSet(name: string): StringSet;
  /** A set of paths, as those of files that were read: beyond 100 the largest branches are told by their prefix. */
  boundedTrie(name: string): BoundedTrieMetric;
  /**
   * How many values are in which range.
   *
   * @throws STRAHL-9002 for buckets that are none, and for others than the same name had before
   */
  histogram(name: string, buckets: HistogramBuckets): HistogramMetric;
}

/**
 * Where a function writes what the operator of its job may want to know.
 *
 * @example
 * ```ts
 * import type { Logger } from 'strahl';
 * const quiet: Logger = { debug() {}, info() {}, warn: console.warn, error: console.error };
 * ```
 */
export interface Logger {
  /** Shown by `strahl run --verbose`; otherwise left out. */
  debug(message: string, fields?: object): void;
  info(message: string, fields?: object): void;
  warn(message: string, fields?: object): void;
  error(message: string, fields?: object): void;
}

/**
 * What a function may ask about the element it was called with.
 *
 * @example
 * ```ts
 * import type { Context, PCollection } from 'strahl';
 * const counted = (line: string, { metrics }: Context): string => {
 *   metrics.counter('lines').inc();
 *   return line;
 * };
 * const all = (lines: PCollection<string>) => lines.map(counted);
 * ```
 */
export interface Context {
  /** Event time of the element, in milliseconds since the epoch; `TIMESTAMP_MIN` if it was given none. */
  readonly timestamp: EventTime;
  /** A function that takes the context is called once for each window that the element is in. */
  readonly window: Window;
  /** Which firing of the last grouping the element came from. */
  readonly pane: Pane;
  /** Counters and the like of this step; what a failed bundle counted is left out of the committed ones. */
  readonly metrics: Metrics;
  /** Its lines carry the step's name and where it was built, as fields `step` and `site`. */
  readonly log: Logger;
  /** Aborted when the job is cancelled or has failed. */
  readonly signal: AbortSignal;
  /** Runs `f` after the bundle is durably committed, at most once, unless its time is over by then. */
  onBundleCommitted(f: BundleCallback, o?: CommitOptions): void;
}

/**
 * What `onBundleCommitted` runs.
 *
 * @example
 * ```ts
 * import type { BundleCallback } from 'strahl';
 * declare const acknowledge: (id: string) => Promise<void>;
 * const acknowledging = (id: string): BundleCallback => () => acknowledge(id);
 * ```
 */
export type BundleCallback = () => void | Promise<void>;

/**
 * Options of `onBundleCommitted`.
 *
 * @example
 * ```ts
 * import type { CommitOptions, Context } from 'strahl';
 * const soon: CommitOptions = { within: '1m' };
 * const once = (c: Context, f: () => void): void => c.onBundleCommitted(f, soon);
 * ```
 */
export interface CommitOptions {
  /** If the commit comes later than this, the function is not run any more. Default `'1h'`. */
  readonly within?: DurationLike;
}

/**
 * What is known outside of an element.
 *
 * @example
 * ```ts
 * import type { BundleContext } from 'strahl';
 * const started = ({ log, metrics }: BundleContext): void => {
 *   metrics.counter('bundles').inc();
 *   log.debug('a bundle starts');
 * };
 * ```
 */
export type BundleContext = Pick<Context, 'metrics' | 'log' | 'signal' | 'onBundleCommitted'>;

/**
 * A function with a life cycle. One instance never runs two bundles at once.
 *
 * @example
 * ```ts
 * import type { DoFn } from 'strahl';
 * class Numbered implements DoFn<string, string> {
 *   #n = 0;
 *   *element(line: string) {
 *     yield `${++this.#n}: ${line}`;
 *   }
 * }
 * ```
 */
export interface DoFn<T, U, C = Context> {
  /** Called once, before the first bundle of the instance. */
  setup?(): void | Promise<void>;
  /** Called before the first element of each bundle. */
  startBundle?(c: BundleContext): void | Promise<void>;
  /** Called for each element; what it returns or yields is emitted with the time and windows of the element. */
  element(x: T, c: C): Emits<U>;
  /** Outputs must be stamped with a time and, unless the input is in the global window, a window. */
  finishBundle?(c: BundleContext): SomeOf<Stamped<U>>;
  /** Called once, when the instance is not needed any more; not if the process ends by force. */
  teardown?(): void | Promise<void>;
  /**
   * When a bundle is tried again, its elements are the same. Default false. Of a function that makes instances,
   * the first one says it, which is made when the step is built.
   */
  readonly requiresStableInput?: boolean;
}
