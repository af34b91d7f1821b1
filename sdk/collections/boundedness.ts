/**
 * Whether a collection ends; part of its type.
 *
 * @example
 * ```ts
 * import type { Bound, PCollection } from 'strahl';
 * const upper = <B extends Bound>(words: PCollection<string, B>): PCollection<string, B> =>
 *   words.map((word) => word.toUpperCase());
 * ```
 */
export type Bound = 'bounded' | 'unbounded';

/**
 * Whether a collection has been given windows other than the one it starts with; part of its type.
 *
 * @example
 * ```ts
 * import type { PCollection, Win } from 'strahl';
 * const lengths = <W extends Win>(words: PCollection<string, 'bounded', W>): PCollection<number, 'bounded', W> =>
 *   words.map((word) => word.length);
 * ```
 */
export type Win = 'none' | 'windowed';

/**
 * What a grouping asks of its input: that its windows can close. The name of the property is the text of
 * the compiler's error.
 */
export type Groupable<B extends Bound, W extends Win> = Closing<
  B,
  W,
  {
    readonly 'STRAHL-1201: unbounded input in the global window never closes; add .window(...) or .trigger(...) first': never;
  }
>;

/** What a side input asks of its collection, for the same reason. */
export type Viewable<B extends Bound, W extends Win> = Closing<
  B,
  W,
  {
    readonly 'STRAHL-1305: an unbounded side input in the global window is never ready; add .window(...) or .trigger(...) first': never;
  }
>;

/** `E` if the input may be unbounded, as what comes of a bounded and an unbounded one, and has no windows. */
type Closing<B extends Bound, W extends Win, E> = [B] extends ['bounded']
  ? unknown
  : [W] extends ['none']
    ? E
    : unknown;
