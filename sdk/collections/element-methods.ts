import type { Pane } from '#portability/model/panes.js';
import type { EventTime } from '#portability/model/time.js';
import type { Window } from '#portability/model/windows.js';
import type { Context, DoFn, Emits, TimeLike } from '../dofn/dofn.js';
import type { OffsetRange } from '../dofn/offset-tracker.js';
import type { Tracker } from '../dofn/restriction-tracker.js';
import type { DurationLike } from '../duration.js';
import type { Infer, Schema } from '../schema/schema.js';
import type { SplittableDescription } from '../transforms/reading/splittable.js';
import type { Bound, Win } from './boundedness.js';
import type { PCollection } from './pcollection.js';
import type { Failed, Out, Outputs, Tagged } from './split-outputs.js';
import type { Step } from './step-options.js';

/**
 * What `attempt` gives: results, and the elements for which the function threw.
 *
 * @example
 * ```ts
 * import type { Attempted, PCollection } from 'strahl';
 * const parsed = (lines: PCollection<string>): Attempted<string, unknown, 'bounded' | 'unbounded', 'none' | 'windowed'> =>
 *   lines.attempt((line) => JSON.parse(line) as unknown);
 * ```
 */
export interface Attempted<T, U, B extends Bound, W extends Win> {
  /** What `f` returned. */
  readonly ok: PCollection<U, B, W>;
  /** The elements for which `f` threw, each with its error. */
  readonly failed: PCollection<Failed<T>, B, W>;
}

/**
 * What `reify` gives.
 *
 * @example
 * ```ts
 * import type { PCollection, Reified } from 'strahl';
 * const isLate = <T>({ pane }: Reified<T>): boolean => pane.timing === 'late';
 * const late = (xs: PCollection<string>) => xs.reify().filter(isLate);
 * ```
 */
export interface Reified<T> {
  readonly value: T;
  readonly timestamp: EventTime;
  readonly window: Window;
  readonly pane: Pane;
}

/**
 * The collections of `split`, by tag.
 *
 * @example
 * ```ts
 * import { s, type Bound, type SplitCollections, type Win } from 'strahl';
 * const outputs = { good: s.int64, bad: s.string };
 * const goodOnes = <B extends Bound, W extends Win>({ good }: SplitCollections<typeof outputs, B, W>) =>
 *   good.map((n) => n + 1);
 * ```
 */
export type SplitCollections<O extends Outputs, B extends Bound, W extends Win> = {
  readonly [N in keyof O]: PCollection<Infer<O[N]>, B, W>;
};

type Emitted<N extends string> = Iterable<Tagged<N>> | AsyncIterable<Tagged<N>>;

/** Methods that look at one element at a time. */
export interface ElementMethods<T, B extends Bound, W extends Win> {
  /**
   * `f(x)` for every element; a promise is awaited. If `f` throws or rejects, the bundle fails (STRAHL-4001). A schema as the
   * second argument says type and coder of the results, and checks nothing.
   *
   * @example
   * ```ts
   * import type { PCollection } from 'strahl';
   * const lengths = (lines: PCollection<string>) => lines.map((line) => line.length);
   * ```
   */
  map<U>(f: (x: T, c: Context) => U | Promise<U>, o?: Schema<U> | Step<U>): PCollection<U, B, W>;

  /**
   * All that `f` returns or yields, element after element. `stamp` gives an output its own time.
   *
   * @example
   * ```ts
   * import type { PCollection } from 'strahl';
   * const words = (lines: PCollection<string>) => lines.flatMap((line) => line.split(' '));
   * ```
   */
  flatMap<U>(f: (x: T, c: Context) => Emits<U>, o?: Schema<U> | Step<U>): PCollection<U, B, W>;

  /** The elements for which `f` is true. */
  filter<U extends T>(f: (x: T) => x is U): PCollection<U, B, W>;
  filter(f: (x: T, c: Context) => boolean | Promise<boolean>): PCollection<T, B, W>;

  /**
   * Runs a `DoFn` with its life cycle. The function form is called once for each instance of the step, so that each has
   * fields of its own.
   *
   * @example
   * ```ts
   * import type { DoFn, PCollection } from 'strahl';
   * class Numbered implements DoFn<string, string> {
   *   #n = 0;
   *   element(line: string) {
   *     return [`${++this.#n}: ${line}`];
   *   }
   * }
   * const numbered = (lines: PCollection<string>) => lines.process(() => new Numbered());
   * ```
   */
  process<U>(d: DoFn<T, U> | (() => DoFn<T, U>), o?: Schema<U> | Step<U>): PCollection<U, B, W>;

  /**
   * Like `map`, but an element for which `f` throws goes to `failed` with the error, and the job goes on.
   *
   * @example
   * ```ts
   * import type { PCollection } from 'strahl';
   * const parsed = (lines: PCollection<string>) => {
   *   const { ok, failed } = lines.attempt((line) => JSON.parse(line) as unknown);
   *   failed.map((f) => `${f.input}: ${f.error.message}`).log();
   *   return ok;
   * };
   * ```
   */
  attempt<U>(
    f: (x: T, c: Context) => U | Promise<U>,
    o?: Schema<U> | Step<U>,
  ): Attempted<T, U, B, W>;

  /**
   * Processes each element in parts that the runner may move, split and continue later: a restriction says
   * which part, `claim` asks for its positions one by one.
   */
  splittable<U, R extends OffsetRange, B2 extends Bound = 'bounded'>(
    d: SplittableDescription<T, U, R, number, B2>,
  ): PCollection<U, 'unbounded' extends B2 ? 'unbounded' : B, W>;
  splittable<U, R, P, B2 extends Bound = 'bounded'>(
    d: SplittableDescription<T, U, R, P, B2> & { readonly tracker: Tracker<R, P> },
  ): PCollection<U, 'unbounded' extends B2 ? 'unbounded' : B, W>;

  /**
   * Sends outputs to several collections: `yield out.tag(value)`. `outputs` has a schema for each.
   *
   * @example
   * ```ts
   * import { s, type PCollection } from 'strahl';
   * const sorted = (texts: PCollection<string>) =>
   *   texts.split({ numbers: s.double, others: s.string }, function* (text, out) {
   *     const n = Number(text);
   *     yield Number.isNaN(n) ? out.others(text) : out.numbers(n);
   *   });
   * ```
   */
  split<const O extends Outputs>(
    outputs: O,
    f: (x: T, out: Out<O>, c: Context) => Emitted<keyof O & string>,
  ): SplitCollections<O, B, W>;

  /**
   * Sends each element to the collection whose number `f` gives, 0 … n − 1.
   *
   * @example
   * ```ts
   * import type { PCollection } from 'strahl';
   * const halves = (ids: PCollection<number>) => {
   *   const [even, odd] = ids.partition(2, (id) => id % 2);
   *   return { even, odd };
   * };
   * ```
   */
  partition(n: number, f: (x: T, n: number) => number): readonly PCollection<T, B, W>[];

  /**
   * Gives each element the time that `f` says.
   *
   * @param o.allowedSkew how far a new time may lie before the old one. Default 0, except that elements of
   * a bounded source start at `TIMESTAMP_MIN` and may take any time.
   * @throws STRAHL-4002 (while it runs) for what is not a time, and for one too far before the old one
   *
   * @example
   * ```ts
   * import type { PCollection } from 'strahl';
   * type Click = { readonly at: string };
   * const timed = (clicks: PCollection<Click>) => clicks.withTimestamps((click) => new Date(click.at));
   * ```
   */
  withTimestamps(
    f: (x: T) => TimeLike,
    o?: { readonly allowedSkew?: DurationLike },
  ): PCollection<T, B, W>;

  /** The given fields of each element. */
  select<const F extends keyof T>(...fields: readonly F[]): PCollection<Pick<T, F>, B, W>;

  /** All but the given fields of each element. */
  dropFields<const F extends keyof T>(...fields: readonly F[]): PCollection<Omit<T, F>, B, W>;

  /** Texts parsed as JSON and checked by `schema`; what does not fit fails the bundle (STRAHL-5005). */
  parseJson<U>(this: PCollection<string, B, W>, schema: Schema<U>): PCollection<U, B, W>;

  /** Each element as JSON. */
  toJson(): PCollection<string, B, W>;

  /** Each element as text; the parts of a pair or list joined by `separator`, a comma by default. */
  toStrings(separator?: string): PCollection<string, B, W>;

  /**
   * Each element with what the runner knows about it.
   *
   * @example
   * ```ts
   * import type { PCollection } from 'strahl';
   * const late = (xs: PCollection<string>) => xs.reify().filter((x) => x.pane.timing === 'late');
   * ```
   */
  reify(): PCollection<Reified<T>, B, W>;

  /** Logs each element and its time at level info, after `label` (`'element'` by default), and passes it on. */
  log(label?: string): PCollection<T, B, W>;
}
