import { randomUUID } from 'node:crypto';
import { misfitOfCoders } from '#portability/coders/coder-fit.js';
import { codersWithSchemaIds } from '#portability/coders/rows/schema-ids.js';
import { StrahlError } from '#portability/errors.js';
import type { CoderSpec, Components, Graph, PCollection } from '#portability/model/graph.js';
import type { CoderId, PCollectionId, TransformId } from '#portability/model/ids.js';
import type { WindowingStrategy } from '#portability/model/windowing.js';
import { CODER_URN } from '#portability/urns.js';
import { Collection, isCollection } from '../collections/collection.js';
import { RootCollections, rootOf } from '../collections/root-collections.js';
import type { FunctionRegistry } from '../dofn/user-function.js';
import { isDeterministic, kvOf, type CoderChoice } from '../graph/coder-choice.js';
import { requireCrossing } from '../graph/cross-language-edge.js';
import { GraphBuilder } from '../graph/graph-builder.js';
import type { CollectionNode, TransformNode, Windowing } from '../graph/graph-node.js';
import { choiceOf } from '../schema/choice.js';
import { CoderComponents } from '../translate/coder-components.js';
import { FunctionTable } from '../translate/function-table.js';
import { translate } from '../translate/translate.js';
import type { OfferDescription } from './offered-transform.js';

/** What another SDK asks for. */
export interface OfferRequest {
  /** Name of the step in the pipeline there. */
  readonly uniqueName: string;
  readonly inputs: ReadonlyMap<string, PCollectionId>;
  /** Of the pipeline there, as far as the inputs need them. */
  readonly components: Components;
  /** Of all ids that are made here. */
  readonly namespace: string;
  readonly config: unknown;
}

/** The steps of an offered transform as a part of a pipeline of another SDK. */
export interface ExpandedOffer {
  /** Only what was made here. */
  readonly graph: Graph;
  /** The composite that stands for the whole. */
  readonly transform: TransformId;
  readonly functions: FunctionRegistry;
}

/** Name of an output that `build` gave none. */
const OUTPUT = 'output';

/**
 * Runs the build function of an offered transform over the collections of another SDK.
 *
 * @throws STRAHL-3301 for inputs that are missing, or that the schemas do not fit, 1105 for outputs without a
 * schema, 2001 for windows that this SDK has not
 */
export function expandOffer(offer: OfferDescription, request: OfferRequest): ExpandedOffer {
  const graph = new GraphBuilder({ isShared: true, name: randomUUID() });
  const nodes = new Map<string, CollectionNode>();
  const ids = inputsOf(offer, request);
  for (const [name, id] of ids) {
    nodes.set(name, inputNode(graph, name, request.components, id));
  }
  checkInputs(offer, nodes, ids, request.components);
  const inputs = Object.fromEntries(nodes);
  const composite = graph.inside({ name: request.uniqueName, inputs }, (step) => {
    exposeOutputs(graph, step, offer.build(inputOf(offer, graph, nodes), request.config));
    return step;
  });
  graph.seal();
  const made = translate(graph, {
    prefix: request.namespace,
    inputs: new Map([...nodes].map(([name, node]) => [node, ids.get(name)!])),
  });
  const { components } = made.graph;
  const coders = codersWithSchemaIds(components.coders);
  const [transform] = made.graph.rootTransformIds;
  if (composite.outputs.size === 0 && composite.children.length === 0) throw makesNothing(offer);
  return {
    graph: { ...made.graph, components: { ...components, coders } },
    transform: transform!,
    functions: made.functions,
  };
}

/** What the build function is given: a collection, several by name, or the root. */
function inputOf(
  offer: OfferDescription,
  graph: GraphBuilder,
  nodes: ReadonlyMap<string, CollectionNode>,
): unknown {
  if (nodes.size === 0) return rootOf(new RootCollections(graph));
  const collections = [...nodes].map(
    ([name, node]) => [name, new Collection(graph, node)] as const,
  );
  return offer.isSingle ? collections[0]![1] : Object.fromEntries(collections);
}

function makesNothing({ urn }: OfferDescription): StrahlError {
  return new StrahlError('expansionFailed', {
    title: `${urn} makes no steps and no outputs`,
    fix: 'return what its build function makes',
  });
}

/** The inputs by the names that the offer has for them. */
function inputsOf(
  offer: OfferDescription,
  { inputs }: OfferRequest,
): ReadonlyMap<string, PCollectionId> {
  if (offer.isSingle && inputs.size === 1) return new Map([['input', [...inputs.values()][0]!]]);
  const wanted = [...offer.inputs.keys()].sort().join(', ') || 'none';
  const given = [...inputs.keys()].sort().join(', ') || 'none';
  if (wanted === given) return inputs;
  throw new StrahlError('expansionFailed', {
    title: `${offer.urn} reads other collections than it is given`,
    why: `its inputs are ${wanted}; given are ${given}`,
  });
}

/** A collection that is made elsewhere. */
function inputNode(
  graph: GraphBuilder,
  name: string,
  { pcollections, coders, windowingStrategies }: Components,
  id: PCollectionId,
): CollectionNode {
  const there: PCollection | undefined = pcollections.get(id);
  if (there === undefined) {
    throw new StrahlError('brokenGraph', { title: `PCollection "${id}" does not exist` });
  }
  const producer: TransformNode = {
    name,
    parent: undefined,
    site: undefined,
    spec: undefined,
    inputs: new Map(),
    outputs: new Map(),
    children: [],
  };
  return graph.output(producer, 'out', {
    coder: foreignChoice(there.coderId, coders),
    boundedness: there.boundedness,
    windowing: windowingOf(windowingStrategies.get(there.windowingStrategyId)!),
  });
}

const DETERMINISTIC: ReadonlySet<string> = new Set([
  CODER_URN.BYTES,
  CODER_URN.STRING_UTF8,
  CODER_URN.BOOL,
  CODER_URN.VARINT,
]);

function foreignChoice(coderId: CoderId, coders: ReadonlyMap<CoderId, CoderSpec>): CoderChoice {
  const { spec, componentIds } = coders.get(coderId)!;
  if (spec.urn === CODER_URN.KV) {
    const [key, value] = componentIds.map((id) => foreignChoice(id, coders));
    return kvOf(key!, value!);
  }
  return Object.freeze({ kind: 'foreign', coderId, deterministic: DETERMINISTIC.has(spec.urn) });
}

/** @throws STRAHL-2001 */
function windowingOf(strategy: WindowingStrategy): Windowing {
  const { windowFn, accumulation, mergeStatus, trigger, timestampCombiner } = strategy;
  if (windowFn.kind === 'custom' || accumulation === 'retracting') {
    throw new StrahlError('unsupportedFeature', {
      title: 'the input has windows that this SDK does not know',
      why: windowFn.kind === 'custom' ? windowFn.spec.urn : 'retracting panes',
      fix: 'assign global, fixed, sliding or session windows before the step',
    });
  }
  const { closing, onTime, allowedLateness } = strategy;
  const rest = { mergeStatus, trigger, timestampCombiner, closing, onTime, allowedLateness };
  return Object.freeze({ windowFn, accumulation, ...rest });
}

/** @throws STRAHL-3301 where the elements are not what the schema says */
function checkInputs(
  offer: OfferDescription,
  nodes: ReadonlyMap<string, CollectionNode>,
  ids: ReadonlyMap<string, PCollectionId>,
  components: Components,
): void {
  for (const [name, schema] of offer.inputs) {
    const choice = choiceOf(schema)!;
    const wanted = new CoderComponents(new FunctionTable(), 'wanted-');
    const id = wanted.idOf(choice);
    const coders = new Map([...components.coders, ...wanted.coders]);
    const there = components.pcollections.get(ids.get(name)!)!;
    const misfit = misfitOfCoders(id, there.coderId, coders);
    if (misfit !== undefined) {
      throw new StrahlError('expansionFailed', {
        title: `the collection ${name} is not what ${offer.urn} reads: ${misfit}`,
        fix: 'give it the type that the transform reads, as .with_output_types(str) does in Python',
      });
    }
    const node = nodes.get(name)!;
    node.coder = asDeterministicAs(choice, node.coder);
  }
}

/** What a schema makes deterministic, such as a row of texts, is so as it comes. */
function asDeterministicAs(schema: CoderChoice, choice: CoderChoice): CoderChoice {
  if (schema.kind === 'kv' && choice.kind === 'kv') {
    return kvOf(
      asDeterministicAs(schema.key, choice.key),
      asDeterministicAs(schema.value, choice.value),
    );
  }
  if (choice.kind !== 'foreign' || !isDeterministic(schema)) return choice;
  return Object.freeze({ ...choice, deterministic: true });
}

/** A collection, or the collections of an object; what else is returned is of no concern to others. */
function exposeOutputs(graph: GraphBuilder, step: TransformNode, result: unknown): void {
  if (isCollection(result)) {
    requireCrossing(graph, result.node, OUTPUT);
    graph.expose(step, OUTPUT, result.node);
    return;
  }
  if (typeof result !== 'object' || result === null) return;
  for (const [name, part] of Object.entries(result)) {
    if (!isCollection(part)) continue;
    requireCrossing(graph, part.node, name);
    graph.expose(step, name, part.node);
  }
}
