import { misfitOfCoders } from '#portability/coders/coder-fit.js';
import { StrahlError } from '#portability/errors.js';
import type { Components, Graph, PCollection, Transform } from '#portability/model/graph.js';
import { transformId, type PCollectionId, type TransformId } from '#portability/model/ids.js';
import type { WindowingStrategy } from '#portability/model/windowing.js';
import { transformFromProto } from '#portability/proto/components-proto.js';
import { componentsFromProto } from '#portability/proto/pipeline-proto.js';
import type { ExpansionResponse } from '#portability/proto/generated/expansion.js';
import { TRANSFORM_URN } from '#portability/urns.js';
import { aboutStep } from './expand-step.js';

type Renames = ReadonlyMap<PCollectionId, PCollectionId>;

/**
 * The graph with the answer of a service in the place of `step`.
 *
 *   M1. What both sides have keeps what it is here; new ids begin with the namespace.
 *   M2. Outputs get the ids, coders and windows that the service gave them, wherever they are read.
 *
 * @throws STRAHL-3304 for outputs other than the pipeline says, 8001 for ids that break X1
 */
export function mergeExpansion(
  graph: Graph,
  step: Transform,
  answer: ExpansionResponse,
  namespace: string,
): Graph {
  const { components } = graph;
  const theirs = componentsFromProto(answer.components);
  const expanded = transformFromProto(step.id, answer.transform ?? nothing(step));
  const renames = new Map<PCollectionId, PCollectionId>();
  renameInputs(step, expanded, renames);
  const outputs = outputsOf(step, expanded);
  const merged: Components = {
    ...components,
    coders: together(components.coders, theirs.coders, namespace),
    windowingStrategies: together(
      components.windowingStrategies,
      theirs.windowingStrategies,
      namespace,
    ),
    environments: together(components.environments, theirs.environments, namespace),
    pcollections: pcollectionsOf(components, theirs, renames),
    transforms: components.transforms,
  };
  for (const [name, [ours, given]] of outputs) {
    checkOutput(merged, step, { name, ours, given: renames.get(given) ?? given });
  }
  const known = new Map(
    [...outputs.values()].map(([ours, given]) => [ours, renames.get(given) ?? given]),
  );
  const pcollections = new Map(merged.pcollections);
  for (const [ours, given] of known) if (ours !== given) pcollections.delete(ours);
  const requirements = [...new Set([...graph.requirements, ...answer.requirements])];
  const transforms = transformsOf({ components, theirs, step, expanded }, renames, known);
  return { ...graph, requirements, components: { ...merged, pcollections, transforms } };
}

function nothing(step: Transform): never {
  throw new StrahlError('protocolBroken', {
    title: 'the expansion service answers without a transform',
    ...aboutStep(step),
  });
}

/** An input may come back under another id, or, if it is the only one, under another name. */
function renameInputs(
  step: Transform,
  expanded: Transform,
  renames: Map<PCollectionId, PCollectionId>,
): void {
  for (const [name, theirs] of expanded.inputs) {
    const ours =
      step.inputs.get(name) ?? (step.inputs.size === 1 ? [...step.inputs.values()][0] : undefined);
    if (ours !== undefined && ours !== theirs) renames.set(theirs, ours);
  }
}

/** By name here: the id here, and the one that the service gave. */
function outputsOf(
  step: Transform,
  expanded: Transform,
): ReadonlyMap<string, readonly [PCollectionId, PCollectionId]> {
  const given = [...expanded.outputs];
  const outputs = new Map<string, readonly [PCollectionId, PCollectionId]>();
  for (const [name, ours] of step.outputs) {
    const only = step.outputs.size === 1 && given.length === 1 ? given[0]![1] : undefined;
    const theirs = expanded.outputs.get(name) ?? only;
    if (theirs === undefined) {
      const names = given.map(([each]) => JSON.stringify(each)).join(', ');
      throw new StrahlError('outputMismatch', {
        title: `the expanded step has no output ${JSON.stringify(name)}`,
        ...aboutStep(step),
        why: `its outputs are ${names || 'none'}`,
        fix: 'name them as there: outputs: { name: schema }',
      });
    }
    outputs.set(name, [ours, theirs]);
  }
  return outputs;
}

function together<Id extends string, T>(
  ours: ReadonlyMap<Id, T>,
  theirs: ReadonlyMap<Id, T>,
  namespace: string,
): ReadonlyMap<Id, T> {
  const all = new Map(ours);
  for (const [id, value] of theirs) {
    if (ours.has(id)) continue;
    if (!id.startsWith(namespace)) throw outsideOfNamespace(id, namespace);
    all.set(id, value);
  }
  return all;
}

function outsideOfNamespace(id: string, namespace: string): StrahlError {
  return new StrahlError('protocolBroken', {
    title: `the expansion service makes the id ${JSON.stringify(id)} outside of the namespace ${namespace}`,
  });
}

function pcollectionsOf(
  ours: Components,
  theirs: Components,
  renames: Renames,
): ReadonlyMap<PCollectionId, PCollection> {
  const all = new Map(ours.pcollections);
  for (const [id, pcollection] of theirs.pcollections) {
    if (!renames.has(id) && !all.has(id)) all.set(id, pcollection);
  }
  return all;
}

interface Parts {
  readonly components: Components;
  readonly theirs: Components;
  readonly step: Transform;
  readonly expanded: Transform;
}

/** Those of the service stand before their composite. */
function transformsOf(
  { components, theirs, step, expanded }: Parts,
  renames: Renames,
  outputs: Renames,
): ReadonlyMap<TransformId, Transform> {
  const renamed = (transform: Transform, names: Renames): Transform => {
    const ids = (map: Transform['inputs']): Transform['inputs'] =>
      new Map([...map].map(([name, id]) => [name, names.get(id) ?? id]));
    return Object.freeze({
      ...transform,
      inputs: ids(transform.inputs),
      outputs: ids(transform.outputs),
    });
  };
  const transforms = new Map<TransformId, Transform>();
  for (const [id, transform] of components.transforms) {
    if (id !== step.id) {
      transforms.set(id, renamed(transform, outputs));
      continue;
    }
    for (const [partId, part] of theirs.transforms) {
      if (components.transforms.has(partId) || isFakeProducer(part, step)) continue;
      transforms.set(
        transformId(partId),
        renamed({ ...part, annotations: step.annotations }, renames),
      );
    }
    const { uniqueName, annotations } = step;
    transforms.set(id, renamed({ ...expanded, id, uniqueName, annotations }, renames));
  }
  return transforms;
}

/** What the request said to make its inputs. */
function isFakeProducer({ spec, inputs, outputs }: Transform, step: Transform): boolean {
  if (spec?.urn !== TRANSFORM_URN.IMPULSE || inputs.size > 0) return false;
  const read = new Set(step.inputs.values());
  return [...outputs.values()].some((id) => read.has(id));
}

interface Output {
  readonly name: string;
  readonly ours: PCollectionId;
  readonly given: PCollectionId;
}

function checkOutput(components: Components, step: Transform, { name, ours, given }: Output): void {
  const expected = components.pcollections.get(ours)!;
  const actual = components.pcollections.get(given);
  const refuse = (why: string, fix: string): StrahlError =>
    new StrahlError('outputMismatch', {
      title: `the output ${JSON.stringify(name)} of the expanded step is not what the pipeline says`,
      ...aboutStep(step),
      why,
      fix,
    });
  if (actual === undefined) throw refuse('the service does not describe it', 'ask its owner');
  const misfit = misfitOfCoders(expected.coderId, actual.coderId, components.coders);
  if (misfit !== undefined) {
    throw refuse(
      misfit,
      'say in output what comes, or give the transform a type there, as .with_output_types(str) does in Python',
    );
  }
  if (expected.boundedness === 'bounded' && actual.boundedness === 'unbounded') {
    throw refuse('it does not end', 'external({ …, unbounded: true })');
  }
  const windows = [expected, actual].map(({ windowingStrategyId }) =>
    components.windowingStrategies.get(windowingStrategyId)!,
  );
  if (sameWindows(windows[0]!, windows[1]!)) return;
  throw refuse(
    'its windows are not those of the input, which all steps behind it were built for',
    'set windows outside of the step: .window(…) before or behind it',
  );
}

function sameWindows(a: WindowingStrategy, b: WindowingStrategy): boolean {
  const text = ({ windowFn, trigger, accumulation, allowedLateness }: WindowingStrategy): string =>
    JSON.stringify([windowFn, trigger, accumulation, allowedLateness]);
  return text(a) === text(b);
}
