import type { Graph, Transform } from '#portability/model/graph.js';
import type { TransformId } from '#portability/model/ids.js';
import { readTransformSpec, writeTransformSpec } from '#portability/proto/transform-spec.js';
import { REQUIREMENT_URN } from '#portability/urns.js';
import { MODULE_REF_URN, pathOf } from '#sdk/harness/plan/function-names.js';
import type { JobSubmission } from '#sdk/runner.js';

type FunctionRegistry = JobSubmission['functions'];

/**
 * Says of the steps that their functions may register commit callbacks: other runners commit a bundle without
 * telling anyone unless that was asked for in the graph. All steps say so if one does, because a runner may
 * look at the first of those that it fuses only.
 */
export function withFinalization(graph: Graph, functions: FunctionRegistry): Graph {
  const { transforms } = graph.components;
  if (![...transforms.values()].some((transform) => mayRegister(transform, functions)))
    return graph;
  const marked = new Map<TransformId, Transform>();
  for (const [id, transform] of transforms) {
    const spec = readTransformSpec(transform);
    if (spec.kind !== 'par-do') marked.set(id, transform);
    else {
      const asking = writeTransformSpec({ ...spec, requestsFinalization: true });
      marked.set(id, Object.freeze({ ...transform, spec: asking }));
    }
  }
  const requirements = new Set(graph.requirements).add(
    REQUIREMENT_URN.REQUIRES_BUNDLE_FINALIZATION,
  );
  const components = { ...graph.components, transforms: marked };
  return Object.freeze({ ...graph, components, requirements: [...requirements] });
}

/** Only through the context, which a function that has fewer parameters is not interested in. */
function mayRegister(transform: Transform, functions: FunctionRegistry): boolean {
  const spec = readTransformSpec(transform);
  if (spec.kind !== 'par-do' || spec.doFn.urn !== MODULE_REF_URN) return false;
  const fn = functions.get(pathOf(spec.doFn));
  if (fn === undefined) return false;
  if (!('call' in fn)) return true;
  const sides = Object.keys(fn.sides).length > 0 ? 1 : 0;
  const before = (fn.kind === 'map-values' || fn.kind === 'split' ? 2 : 1) + sides;
  // A function of a list of all its parameters declares none.
  return fn.call.length === 0 || fn.call.length > before;
}
