import type { EventTime } from '#portability/model/time.js';
import type { TimeLike } from './dofn.js';

/**
 * A rule of one's own for the watermark of a restriction. Its state `S` is plain data that travels with the
 * restriction, so that whoever goes on starts from it. The watermark never moves back (STRAHL-4009).
 *
 * @example
 * ```ts
 * import type { WatermarkEstimatorFunctions } from 'strahl';
 * // Ten seconds behind the last element.
 * export const behind: WatermarkEstimatorFunctions<{ readonly last: number }> = {
 *   initial: () => ({ last: 0 }),
 *   observe: ({ last }, timestamp) => ({ last: Math.max(last, timestamp) }),
 *   watermark: ({ last }) => last - 10_000,
 * };
 * ```
 */
export interface WatermarkEstimatorFunctions<S> {
  /** The state of a restriction that nobody has begun. */
  initial(elementTimestamp: EventTime): S;
  /** Sees the timestamp of each output. */
  observe?(state: S, timestamp: EventTime): S;
  /** Below this nothing will follow. `now` is the time of the processing machine, in milliseconds. */
  watermark(state: S, now: number): TimeLike;
}

/**
 * How the watermark of a restriction follows from what it emits.
 *
 * - `'manual'`: what `c.watermark(t)` said last.
 * - `'monotonic'`: the greatest timestamp of an output, less `maxOutOfOrder`. Without `maxOutOfOrder`, an output
 *   before it is an error (STRAHL-4009).
 * - `'processing-time'`: the clock.
 * - a `watermarkEstimator`.
 *
 * @example
 * ```ts
 * import type { WatermarkRule } from 'strahl';
 * const sorted: WatermarkRule = 'monotonic';
 * ```
 */
export type WatermarkRule =
  'manual' | 'monotonic' | 'processing-time' | WatermarkEstimatorFunctions<unknown>;

/**
 * Gives a rule of one's own for the option `watermark`; see `WatermarkEstimatorFunctions`.
 *
 * @example
 * ```ts
 * import { watermarkEstimator, type EventTime } from 'strahl';
 * const behindTheLast = watermarkEstimator<EventTime>({
 *   initial: (time) => time,
 *   observe: (latest, time) => (time > latest ? time : latest),
 *   watermark: (latest) => latest,
 * });
 * ```
 */
export function watermarkEstimator<S>(functions: WatermarkEstimatorFunctions<S>): WatermarkRule {
  return Object.freeze({ ...functions });
}
