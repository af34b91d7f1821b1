import type { Graph, Transform } from '#portability/model/graph.js';
import { transformId, type TransformId } from '#portability/model/ids.js';
import type { ParDoSpec } from '#portability/model/transform-spec.js';
import { readTransformSpec, writeTransformSpec } from '#portability/proto/transform-spec.js';
import type { FunctionSpec } from '#portability/model/function-spec.js';

/**
 * The graph in steps that every runner knows.
 *
 *   W1. Combining grouped values is a ParDo inside: to Beam's own runners it is no step of its own.
 *   W2. A redistribution is a reshuffle: older runners know only that, and it does the same.
 */
export function withWidelyKnownSteps(graph: Graph): Graph {
  const transforms = new Map<TransformId, Transform>();
  for (const [id, transform] of graph.components.transforms) {
    const spec = readTransformSpec(transform);
    if (spec.kind === 'combine-grouped-values' && transform.subtransforms.length === 0) {
      const part = partOf(transform, spec.combineFn);
      transforms.set(part.id, part);
      transforms.set(id, Object.freeze({ ...transform, subtransforms: [part.id] }));
    } else if (spec.kind === 'redistribute' && transform.subtransforms.length === 0) {
      const reshuffle = writeTransformSpec({ kind: 'reshuffle' });
      transforms.set(id, Object.freeze({ ...transform, spec: reshuffle }));
    } else transforms.set(id, transform);
  }
  return Object.freeze({ ...graph, components: { ...graph.components, transforms } });
}

function partOf(transform: Transform, doFn: FunctionSpec): Transform {
  return Object.freeze({
    ...transform,
    id: transformId(`${transform.id}-each`),
    uniqueName: `${transform.uniqueName}/each`,
    spec: writeTransformSpec(plainParDo(doFn)),
  });
}

function plainParDo(doFn: FunctionSpec): ParDoSpec {
  return {
    kind: 'par-do',
    doFn,
    sideInputs: new Map(),
    stateSpecs: new Map(),
    timerFamilies: new Map(),
    requestsFinalization: false,
    requiresTimeSortedInput: false,
    requiresStableInput: false,
  };
}
