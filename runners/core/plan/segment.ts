import type { StageId } from '#portability/model/ids.js';

declare const segmentName: unique symbol;
/** A piece of a plan, the same in every run of the same graph. */
export type SegmentId = string & { readonly [segmentName]: true };

/**
 * Stages that run in the same task, because elements go from one to the other without leaving it.
 *
 *   C1. Segments and the edges between them have no cycle.
 *   C2. Every stage is in one segment; only a view is in each segment that reads it.
 *   C3. `stages` keeps the order of the plan.
 */
export interface Segment {
  /** The name of the step that its first stage starts with. */
  readonly id: SegmentId;
  readonly stages: readonly StageId[];
  /** An impulse fires once, and the script of a test stream is played once: such a segment has one task. */
  readonly tasks: 'one' | 'many';
}
