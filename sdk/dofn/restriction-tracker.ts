/**
 * Work of a restriction, in any unit that adds up.
 *
 * @example
 * ```ts
 * import type { Progress } from 'strahl';
 * const fraction = ({ done, left }: Progress): number => done / (done + left);
 * ```
 */
export interface Progress {
  /** Work that is claimed. */
  readonly done: number;
  /** Work that is not claimed yet. */
  readonly left: number;
}

/**
 * Decides about one restriction while it is processed.
 *
 *   T1. What was claimed stays with this tracker, whatever is split off.
 *   T2. After a split `restriction` is the primary; primary and residual together are what it was (SDF-2).
 *   T3. Once everything is claimed, or a claim was refused, there is nothing to split (SDF-3).
 */
export interface RestrictionTracker<R, P> {
  readonly restriction: R;
  /**
   * Whether `position` belongs to the restriction, which then has it.
   *
   * @throws STRAHL-4005 for a position that may not be claimed (any more)
   */
  claim(position: P): boolean;
  /** Gives away what lies behind this part, 0…1, of what is not claimed yet; `undefined`: nothing. */
  split(fractionOfRemainder: number): R | undefined;
  /** Gives away all that is not claimed, after the call has ended; default: `split(0)`. */
  checkpoint?(): R | undefined;
  /** Gives away all from `position` on, which is about to be claimed; default: `split(0)`. */
  stopBefore?(position: P): R | undefined;
  /** `undefined` if it cannot tell. */
  progress(): Progress | undefined;
  /** Whether every position of the restriction is claimed, so that its call may return. */
  isDone(): boolean;
}

/** A tracker of user code that cannot split must be read to its end in one bundle. */
export interface TrackerFactory<R, P> {
  readonly canSplit: boolean;
  start(restriction: R): RestrictionTracker<R, P>;
  /** Whether parts are exactly the restriction, as far as that can be told. @throws STRAHL-4010 if they are not */
  checkParts?(restriction: R, parts: readonly R[]): void;
}

declare const type: unique symbol;

/**
 * Says how the restrictions of a source or splittable step are claimed and split. Made by `offsetRange`,
 * `growableRange` and `tracker`.
 *
 * @example
 * ```ts
 * import { offsetRange, type Tracker } from 'strahl';
 * const pages: Tracker<{ readonly from: number; readonly to: number }, number> = offsetRange({ step: 100 });
 * ```
 */
export interface Tracker<R, P> {
  readonly [type]?: (r: R, position: P) => R;
}

/** A `Tracker` as the harness uses it; only this library makes trackers. */
export function factoryOf(x: unknown): TrackerFactory<unknown, unknown> | undefined {
  const factory = x as Partial<TrackerFactory<unknown, unknown>> | null;
  return typeof factory?.start === 'function'
    ? (factory as TrackerFactory<unknown, unknown>)
    : undefined;
}
