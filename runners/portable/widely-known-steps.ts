import type { CoderSpec, Graph, Transform } from '#portability/model/graph.js';
import { coderId, transformId, type CoderId, type TransformId } from '#portability/model/ids.js';
import type { ParDoSpec, StateSpec } from '#portability/model/transform-spec.js';
import { readTransformSpec, writeTransformSpec } from '#portability/proto/transform-spec.js';
import { functionSpec, type FunctionSpec } from '#portability/model/function-spec.js';
import { CODER_URN, REQUIREMENT_URN } from '#portability/urns.js';
import { MODULE_REF_URN } from '#sdk/harness/plan/function-names.js';

const ENDINGS = REQUIREMENT_URN.REQUIRES_ON_WINDOW_EXPIRATION;

/**
 * The graph in steps that every runner knows.
 *
 *   W1. Combining grouped values is a ParDo inside: to Beam's own runners it is no step of its own.
 *   W2. A redistribution is a reshuffle: older runners know only that, and it does the same.
 *   W3. The values of an ordered list have a length in front of them whatever their coder is; some runners look at
 *       the coder only, so it says so.
 *   W4. Of the end of a window our worker lets a timer of its own tell (`StatefulPlan.setsEndings`): some runners take the
 *       step and never tell. Steps of other SDKs stay as they are.
 */
export function withWidelyKnownSteps(graph: Graph): Graph {
  const transforms = new Map<TransformId, Transform>();
  const coders = new Map(graph.components.coders);
  let asksForEndings = false;
  for (const [id, transform] of graph.components.transforms) {
    const spec = readTransformSpec(transform);
    if (spec.kind === 'combine-grouped-values' && transform.subtransforms.length === 0) {
      const part = partOf(transform, spec.combineFn);
      transforms.set(part.id, part);
      transforms.set(id, Object.freeze({ ...transform, subtransforms: [part.id] }));
    } else if (spec.kind === 'redistribute' && transform.subtransforms.length === 0) {
      const reshuffle = writeTransformSpec({ kind: 'reshuffle' });
      transforms.set(id, Object.freeze({ ...transform, spec: reshuffle }));
    } else if (spec.kind === 'par-do') {
      const known = withMeasuredLists(withoutEndings(spec), coders);
      if (known.onWindowExpirationTimerFamily !== undefined) asksForEndings = true;
      if (known === spec) transforms.set(id, transform);
      else transforms.set(id, Object.freeze({ ...transform, spec: writeTransformSpec(known) }));
    } else transforms.set(id, transform);
  }
  const components = { ...graph.components, transforms, coders };
  const requirements = graph.requirements.filter((urn) => asksForEndings || urn !== ENDINGS);
  return Object.freeze({ ...graph, components, requirements });
}

/** W4 */
function withoutEndings(spec: ParDoSpec): ParDoSpec {
  const { onWindowExpirationTimerFamily: asked, ...known } = spec;
  return spec.doFn.urn === MODULE_REF_URN && asked !== undefined ? known : spec;
}

function hasOrderedList({ stateSpecs }: ParDoSpec): boolean {
  return [...stateSpecs.values()].some(({ kind }) => kind === 'ordered-list');
}

/** W3; the coders that it needs are added to `coders`. */
function withMeasuredLists(spec: ParDoSpec, coders: Map<CoderId, CoderSpec>): ParDoSpec {
  if (!hasOrderedList(spec)) return spec;
  const stateSpecs = new Map<string, StateSpec>();
  for (const [name, state] of spec.stateSpecs) {
    if (state.kind !== 'ordered-list') stateSpecs.set(name, state);
    else {
      const measured = coderId(`${state.coderId}-measured`);
      // Of its own: Prism takes what stands behind a length for a coder that it knows, wherever else it is named.
      const behind = coderId(`${measured}-value`);
      coders.set(behind, coders.get(state.coderId)!);
      const spec = functionSpec(CODER_URN.LENGTH_PREFIX);
      coders.set(measured, { spec, componentIds: [behind] });
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
