import type { CoderSpec, Graph, Transform } from '#portability/model/graph.js';
import { coderId, transformId, type CoderId, type TransformId } from '#portability/model/ids.js';
import type { ParDoSpec, StateSpec } from '#portability/model/transform-spec.js';
import { readTransformSpec, writeTransformSpec } from '#portability/proto/transform-spec.js';
import { functionSpec, type FunctionSpec } from '#portability/model/function-spec.js';
import { CODER_URN } from '#portability/urns.js';

/**
 * The graph in steps that every runner knows.
 *
 *   W1. Combining grouped values is a ParDo inside: to Beam's own runners it is no step of its own.
 *   W2. A redistribution is a reshuffle: older runners know only that, and it does the same.
 *   W3. The values of an ordered list have a length in front of them whatever their coder is; some runners look at
 *       the coder only, so it says so.
 */
export function withWidelyKnownSteps(graph: Graph): Graph {
  const transforms = new Map<TransformId, Transform>();
  const coders = new Map(graph.components.coders);
  for (const [id, transform] of graph.components.transforms) {
    const spec = readTransformSpec(transform);
    if (spec.kind === 'combine-grouped-values' && transform.subtransforms.length === 0) {
      const part = partOf(transform, spec.combineFn);
      transforms.set(part.id, part);
      transforms.set(id, Object.freeze({ ...transform, subtransforms: [part.id] }));
    } else if (spec.kind === 'redistribute' && transform.subtransforms.length === 0) {
      const reshuffle = writeTransformSpec({ kind: 'reshuffle' });
      transforms.set(id, Object.freeze({ ...transform, spec: reshuffle }));
    } else if (spec.kind === 'par-do' && hasOrderedList(spec)) {
      const measured = writeTransformSpec(withMeasuredLists(spec, coders));
      transforms.set(id, Object.freeze({ ...transform, spec: measured }));
    } else transforms.set(id, transform);
  }
  return Object.freeze({ ...graph, components: { ...graph.components, transforms, coders } });
}

function hasOrderedList({ stateSpecs }: ParDoSpec): boolean {
  return [...stateSpecs.values()].some(({ kind }) => kind === 'ordered-list');
}

/** W3; the coders that it needs are added to `coders`. */
function withMeasuredLists(spec: ParDoSpec, coders: Map<CoderId, CoderSpec>): ParDoSpec {
  const stateSpecs = new Map<string, StateSpec>();
  for (const [name, state] of spec.stateSpecs) {
    if (state.kind !== 'ordered-list') stateSpecs.set(name, state);
    else {
      const measured = coderId(`${state.coderId}-measured`);
      const componentIds = [state.coderId];
      coders.set(measured, { spec: functionSpec(CODER_URN.LENGTH_PREFIX), componentIds });
      stateSpecs.set(name, { ...state, coderId: measured });
    }
  }
  return { ...spec, stateSpecs };
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
