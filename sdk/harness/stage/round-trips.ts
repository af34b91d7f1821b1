import type { Transform } from '#portability/model/graph.js';
import type { PCollectionId } from '#portability/model/ids.js';
import type { TransformSpec } from '#portability/model/transform-spec.js';
import { readTransformSpec } from '#portability/proto/transform-spec.js';
import { RoundTripOperator } from '../operators/round-trip-operator.js';
import type { NodePlan } from '../plan/plan-node.js';
import { Step } from '../steps/step.js';
import type { StageSurroundings } from './stage-surroundings.js';

/**
 * Transforms that emit elements as the user sees them. What the others emit was read from bytes, comes
 * from one of these unchanged, or is between the halves of a step that the plan took apart.
 */
const MAKERS: ReadonlySet<TransformSpec['kind']> = new Set<TransformSpec['kind']>([
  'par-do',
  'flatten',
  'sdf-process-sized',
  'combine-extract-outputs',
  'combine-grouped-values',
]);

/** A check for each collection that a stage makes. */
export function roundTrips(
  transforms: readonly Transform[],
  around: StageSurroundings,
): ReadonlyMap<PCollectionId, NodePlan> {
  const checks = new Map<PCollectionId, NodePlan>();
  for (const transform of transforms) {
    if (!MAKERS.has(readTransformSpec(transform).kind)) continue;
    for (const id of transform.outputs.values()) {
      const coder = around.elementCoder(id);
      checks.set(id, {
        template: 'operator',
        explodes: false,
        sides: false,
        create: (stage) => new RoundTripOperator(stage, new Step(transform), coder),
      });
    }
  }
  return checks;
}
