import type { FunctionSpec } from './function-spec.js';
import type { CoderId, EnvironmentId } from './ids.js';
import type { Duration } from './time.js';
import type { TriggerSpec } from './triggers.js';

/**
 * The window functions a runner can evaluate itself; every other one is `custom` and asked for by URN.
 *
 * @example
 * ```ts
 * import { duration, type WindowFnSpec } from 'strahl/portability';
 * const hours: WindowFnSpec = { kind: 'fixed', size: duration(3_600_000), offset: duration(0) };
 * ```
 */
export type WindowFnSpec =
  | { readonly kind: 'global' }
  | { readonly kind: 'fixed'; readonly size: Duration; readonly offset: Duration }
  | {
      readonly kind: 'sliding';
      readonly size: Duration;
      readonly period: Duration;
      readonly offset: Duration;
    }
  | { readonly kind: 'sessions'; readonly gap: Duration }
  | { readonly kind: 'custom'; readonly spec: FunctionSpec };

/**
 * Whether windows may still merge.
 *
 * @example
 * ```ts
 * import type { MergeStatus, WindowFnSpec } from 'strahl/portability';
 * const before = ({ kind }: WindowFnSpec): MergeStatus =>
 *   kind === 'sessions' ? 'needs-merge' : 'non-merging';
 * ```
 */
export type MergeStatus = 'non-merging' | 'needs-merge' | 'already-merged';
/**
 * What a pane holds of those before it.
 *
 * @example
 * ```ts
 * import type { Accumulation, WindowingStrategy } from 'strahl/portability';
 * const wanted: Accumulation = 'accumulating';
 * const isCumulative = ({ accumulation }: WindowingStrategy): boolean => accumulation === wanted;
 * ```
 */
export type Accumulation = 'discarding' | 'accumulating' | 'retracting';
/**
 * The time of a pane.
 *
 * @example
 * ```ts
 * import type { EventTime, TimestampCombiner } from 'strahl/portability';
 * const combined = (by: TimestampCombiner, times: readonly EventTime[], end: EventTime): number =>
 *   by === 'end-of-window' ? end : by === 'latest' ? Math.max(...times) : Math.min(...times);
 * ```
 */
export type TimestampCombiner = 'end-of-window' | 'earliest' | 'latest';
/**
 * Whether a pane comes that holds nothing.
 *
 * @example
 * ```ts
 * import type { FiringBehavior, WindowingStrategy } from 'strahl/portability';
 * const withClosing = (strategy: WindowingStrategy, closing: FiringBehavior): WindowingStrategy => ({
 *   ...strategy,
 *   closing,
 * });
 * ```
 */
export type FiringBehavior = 'always' | 'if-non-empty';

/**
 * How the elements of a PCollection are windowed and when a grouping of them emits.
 *
 * @example
 * ```ts
 * import type { WindowingStrategy } from 'strahl/portability';
 * const mayDrop = ({ windowFn, allowedLateness }: WindowingStrategy): boolean =>
 *   windowFn.kind !== 'global' && allowedLateness === 0;
 * ```
 */
export interface WindowingStrategy {
  readonly windowFn: WindowFnSpec;
  readonly mergeStatus: MergeStatus;
  readonly windowCoderId: CoderId;
  readonly trigger: TriggerSpec;
  readonly accumulation: Accumulation;
  readonly timestampCombiner: TimestampCombiner;
  /** Whether a window's final pane is emitted when it holds nothing new. */
  readonly closing: FiringBehavior;
  /** Whether the on-time pane is emitted when it holds nothing new. */
  readonly onTime: FiringBehavior;
  readonly allowedLateness: Duration;
  readonly assignsToOneWindow: boolean;
  readonly environmentId?: EnvironmentId;
  /** Fields of a newer Beam, as they came; written back unchanged. */
  readonly unknownFields?: Uint8Array;
}
