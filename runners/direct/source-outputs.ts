import type { Transform } from '#portability/model/graph.js';
import { readTransformSpec } from '#portability/proto/transform-spec.js';
import { isRestrictionStage, type EdgeId, type UserStage } from '#runners/core/plan/plan.js';
import type { RunningExecutable } from '#runners/core/stages/executable-stage.js';
import type { RunningRestrictions } from '#runners/core/stages/restriction-stage.js';
import type { RunningStage } from '#runners/core/stages/running-stage.js';

/** A running stage whose root emits what a source does, and the collections of that root. */
export interface SourceOutputs {
  readonly stage: RunningExecutable | RunningRestrictions;
  readonly collections: readonly string[];
}

/**
 * What reads restrictions, and what makes elements of an impulse. Of the latter not what reads a side
 * input: it says something of other elements.
 */
export function sourceOutputsOf(stages: readonly RunningStage[]): readonly SourceOutputs[] {
  const impulses = new Set(
    stages.flatMap(({ planned }) => (planned.kind === 'impulse' ? planned.outputs : [])),
  );
  return stages.filter(isExecutable).flatMap((stage) => {
    const collections = emittedBy(stage.planned, impulses);
    return collections.length === 0 ? [] : [{ stage, collections }];
  });
}

function isExecutable(stage: RunningStage): stage is RunningExecutable | RunningRestrictions {
  return stage.planned.kind === 'executable';
}

function emittedBy(planned: UserStage, impulses: ReadonlySet<EdgeId>): readonly string[] {
  const { descriptor, source, inputs, sideInputs } = planned;
  const reads = isRestrictionStage(planned);
  const isFedByImpulses = inputs.every((edge) => impulses.has(edge));
  if (!reads && (!isFedByImpulses || sideInputs.length > 0)) return [];
  const input = descriptor.transforms.find(({ id }) => id === source);
  const fed = new Set(input?.outputs.values());
  const root = descriptor.transforms.find((t) => [...t.inputs.values()].some((id) => fed.has(id)));
  if (root === undefined || (!reads && !makesElements(root))) return [];
  return [...root.outputs.values()];
}

/** A window or a restriction of an impulse is no element of a source; the program's own steps are unknown here. */
function makesElements(root: Transform): boolean {
  const { kind } = readTransformSpec(root);
  return kind === 'par-do' || kind === 'unknown';
}
