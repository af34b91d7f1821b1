import type { Transform } from '#portability/model/graph.js';
import type { PCollectionId, StageId } from '#portability/model/ids.js';
import { readTransformSpec } from '#portability/proto/transform-spec.js';
import {
  isRestrictionStage,
  type EdgeId,
  type ExecutableStage,
  type PlannedStage,
  type UserStage,
} from './plan.js';

/**
 * By stage, the collections that a source emits into it: what restrictions are read for, and what is made of an impulse.
 * Of the latter not what reads a side input: it says something of other elements.
 */
export function sourceOutputsOf(
  stages: readonly PlannedStage[],
): ReadonlyMap<StageId, readonly PCollectionId[]> {
  const impulses = new Set(
    stages.flatMap((planned) => (planned.kind === 'impulse' ? planned.outputs : [])),
  );
  const found = new Map<StageId, readonly PCollectionId[]>();
  for (const planned of stages) {
    if (planned.kind !== 'executable') continue;
    const collections = emittedBy(planned, impulses);
    if (collections.length > 0) found.set(planned.id, collections);
  }
  return found;
}

function emittedBy(
  planned: ExecutableStage,
  impulses: ReadonlySet<EdgeId>,
): readonly PCollectionId[] {
  const { inputs, sideInputs } = planned;
  const reads = isRestrictionStage(planned);
  const isFedByImpulses = inputs.every((edge) => impulses.has(edge));
  if (!reads && (!isFedByImpulses || sideInputs.length > 0)) return [];
  const root = rootOf(planned);
  if (root === undefined || (!reads && !makesElements(root))) return [];
  return [...root.outputs.values()];
}

/** A window or a restriction of an impulse is no element of a source; the program's own steps are unknown here. */
function makesElements(root: Transform): boolean {
  const { kind } = readTransformSpec(root);
  return kind === 'par-do' || kind === 'unknown';
}

/** The first of the transforms that takes what comes into a stage. */
export function rootOf({ descriptor, source }: UserStage): Transform | undefined {
  const input = descriptor.transforms.find(({ id }) => id === source);
  const fed = new Set(input?.outputs.values());
  return descriptor.transforms.find((t) => [...t.inputs.values()].some((id) => fed.has(id)));
}
