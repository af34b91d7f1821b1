import type { StageId } from '#portability/model/ids.js';
import type { ProcessingTime } from '#portability/model/time.js';
import type { Edge, Plan } from '../plan/plan.js';
import type { RunningStage } from '../stages/running-stage.js';

/** A stage of one task, as it is now. */
export interface StageRecord {
  readonly stage: RunningStage;
  /** Which of several tasks; absent where the stage has only one. */
  readonly partition?: number;
  /** Elements that have arrived at the stage. */
  readonly received: number;
  /** The same, but of a source and of what is made of an impulse the elements that were read or made. */
  readonly read: number;
  /** When the stage last emitted elements; absent if it never did. */
  readonly emittedAt?: ProcessingTime;
}

/** All that explanations are made of. Nothing is run for them. */
export interface JobRecord {
  readonly plan: Plan;
  readonly now: ProcessingTime;
  /** Upstream first. */
  readonly stages: readonly StageRecord[];
}

/** A stage in all its tasks, or in the one that is meant. */
export function recordsOf(job: JobRecord, id: StageId, partition?: number): readonly StageRecord[] {
  const all = job.stages.filter(({ stage }) => stage.planned.id === id);
  const one = all.filter((record) => record.partition === partition);
  return partition === undefined || one.length === 0 ? all : one;
}

/** The task whose output is furthest behind. */
export function leastAdvanced(records: readonly StageRecord[]): StageRecord {
  return records.reduce((a, b) => (b.stage.watermarks.output < a.stage.watermarks.output ? b : a));
}

export function inputsOf({ plan }: JobRecord, { planned }: RunningStage): readonly Edge[] {
  return planned.inputs.map((id) => plan.edges.get(id)!);
}

/** `"clicks/read"`, with the task where there are several. */
export function nameOf({ stage, partition }: StageRecord): string {
  const { name } = stage.planned;
  return partition === undefined ? `"${name}"` : `"${name}" partition ${String(partition)}`;
}

/** Where the step was written that the stage starts or, for a fused one, starts with. */
export function siteOf({ stage }: StageRecord): string | undefined {
  return stage.planned.steps.find(({ site }) => site !== undefined)?.site;
}
