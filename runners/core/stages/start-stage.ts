import type { StageId } from '#portability/model/ids.js';
import type { ProcessingTime } from '#portability/model/time.js';
import type { BundlePolicy } from '../bundle-policy.js';
import { isRestrictionStage, type Plan, type PlannedStage } from '../plan/plan.js';
import type { ViewStore } from '../side-inputs/view-store.js';
import { groupingRoom } from '../spill/grouping-room.js';
import type { MemoryBudget } from '../spill/memory-budget.js';
import { RunningExecutable } from './executable-stage.js';
import { RunningImpulse } from './impulse-stage.js';
import { RunningReshuffle } from './reshuffle-stage.js';
import { RunningRestrictions } from './restriction-stage.js';
import type { RunningStage } from './running-stage.js';
import type { StageKinds } from './stage-kinds.js';
import { RunningTestStream } from './test-stream-stage.js';
import { RunningView } from './view-stage.js';

/** What a stage finds around it in its task. */
export interface StageSurroundings {
  readonly plan: Plan;
  /** Has what the plan needs. */
  readonly kinds: StageKinds;
  readonly policy: BundlePolicy;
  readonly memory: MemoryBudget;
  /** Of the task, filled as its views start; whoever reads one comes after it (P1). */
  readonly views: Map<StageId, ViewStore>;
  /** When what is upstream of the stage goes on by the clock. */
  readonly pendingUpstream: () => ProcessingTime | undefined;
  /** Whether a stage runs in the same task. */
  readonly isHere: (id: StageId) => boolean;
}

/** The running form of a planned stage, with nothing in it yet. */
export function startStage(planned: PlannedStage, around: StageSurroundings): RunningStage {
  const { plan, kinds, policy, memory, views, pendingUpstream } = around;
  const inputs = planned.inputs.map((id) => plan.edges.get(id)!);
  switch (planned.kind) {
    case 'impulse':
      return new RunningImpulse(planned);
    case 'test-stream':
      return new RunningTestStream(planned);
    case 'executable':
      return isRestrictionStage(planned)
        ? new RunningRestrictions(planned, views, policy.lanes(planned.boundedness))
        : new RunningExecutable(planned, views);
    case 'stateful':
      return new kinds.stateful!(planned, inputs, views);
    case 'grouping': {
      const room = groupingRoom(planned, plan, memory, around.isHere);
      return new kinds.grouping!(planned, inputs, pendingUpstream, room);
    }
    case 'reshuffle':
      return new RunningReshuffle(planned);
    case 'view': {
      const view = new RunningView(planned, inputs[0]!);
      views.set(planned.id, view.store);
      return view;
    }
  }
}
