import type { Plan } from '../plan/plan.js';
import type { RunningGrouping } from './grouping-stage.js';
import type { RunningStateful } from './stateful-stage.js';

/** The large kinds of running stages, each with its tables, timers and triggers; those that a plan needs. */
export interface StageKinds {
  readonly grouping?: typeof RunningGrouping;
  readonly stateful?: typeof RunningStateful;
}

/** Loads what the stages of a plan need to run: of a process that starts, reading code is the larger part. */
export async function stageKindsOf({ stages }: Plan): Promise<StageKinds> {
  const has = (kind: keyof StageKinds): boolean => stages.some((stage) => stage.kind === kind);
  const [grouping, stateful] = await Promise.all([
    has('grouping') ? import('./grouping-stage.js') : undefined,
    has('stateful') ? import('./stateful-stage.js') : undefined,
  ]);
  return {
    ...(grouping === undefined ? {} : { grouping: grouping.RunningGrouping }),
    ...(stateful === undefined ? {} : { stateful: stateful.RunningStateful }),
  };
}
