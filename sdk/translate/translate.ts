import { ByteWriter } from '#portability/wire/writer.js';
import { functionSpec, type FunctionSpec } from '#portability/model/function-spec.js';
import {
  REFRESH_ANNOTATION,
  SITE_ANNOTATION,
  type Graph,
  type PCollection,
  type Transform,
} from '#portability/model/graph.js';
import {
  pcollectionId,
  transformId,
  type PCollectionId,
  type TransformId,
} from '#portability/model/ids.js';
import type { ParDoSpec } from '#portability/model/transform-spec.js';
import { REQUIREMENT_URN } from '#portability/urns.js';
import { writeTransformSpec } from '#portability/proto/transform-spec.js';
import { CREATE_URN, functionRef, SEQUENCE_URN } from '../dofn/function-ref.js';
import type { FunctionRegistry, UserFunction } from '../dofn/user-function.js';
import { kvOf, PLAIN, type CoderChoice } from '../graph/coder-choice.js';
import type { GraphBuilder } from '../graph/graph-builder.js';
import {
  pathOfNode,
  type CollectionNode,
  type NodeSpec,
  type TransformNode,
} from '../graph/graph-node.js';
import { CoderComponents } from './coder-components.js';
import { inputsOf } from './composite-inputs.js';
import { coderOfElements, encodeValues } from './create-payload.js';
import { ENVIRONMENT_OF_SDK } from './environment.js';
import { externalSpec } from './external-payload.js';
import { FunctionTable } from './function-table.js';
import { sideInputSpecs } from './side-input-specs.js';
import { testStreamSpec } from './test-stream-payload.js';
import { statefulFields, statefulRequirements } from './stateful-payload.js';
import { WindowingComponents } from './windowing-components.js';

/** A graph and the functions that it names. */
export interface Translation {
  readonly graph: Graph;
  readonly functions: FunctionRegistry;
}

/** Of a graph that becomes a part of another one. */
export interface TranslateOptions {
  /** Of every id; none by default. */
  readonly prefix?: string;
  /** Collections that the other graph makes, by what they are here. */
  readonly inputs?: ReadonlyMap<CollectionNode, PCollectionId>;
}

/** Turns what the user described into the form that every runner understands. */
export function translate(builder: GraphBuilder, options: TranslateOptions = {}): Translation {
  return new Translator(options).run(builder);
}

const encoder = new TextEncoder();

const SPLITTABLE = REQUIREMENT_URN.REQUIRES_SPLITTABLE_DOFN;

class Translator {
  readonly #prefix: string;
  readonly #functions = new FunctionTable();
  readonly #coders: CoderComponents;
  readonly #windowings: WindowingComponents;
  readonly #transforms = new Map<TransformId, Transform>();
  readonly #pcollections = new Map<PCollectionId, PCollection>();
  readonly #ids: Map<CollectionNode, PCollectionId>;
  readonly #requirements = new Set<string>();
  readonly #sites = new Map<string, ReadonlyMap<string, Uint8Array>>();

  constructor({ prefix = '', inputs = NO_INPUTS }: TranslateOptions) {
    this.#prefix = prefix;
    this.#coders = new CoderComponents(this.#functions, prefix);
    this.#windowings = new WindowingComponents(this.#coders, this.#functions, prefix);
    this.#ids = new Map(inputs);
  }

  run(builder: GraphBuilder): Translation {
    const rootTransformIds = builder.roots.map((node) => this.#transform(node));
    const graph: Graph = Object.freeze({
      components: Object.freeze({
        transforms: this.#transforms,
        pcollections: this.#pcollections,
        windowingStrategies: this.#windowings.strategies,
        coders: this.#coders.coders,
        environments: new Map([[this.#windowings.environment, ENVIRONMENT_OF_SDK]]),
      }),
      rootTransformIds,
      displayData: [],
      requirements: [...this.#requirements],
    });
    return { graph, functions: this.#functions.registry };
  }

  /** Parts come before their composite in the table; `subtransforms` has them in order. */
  #transform(node: TransformNode): TransformId {
    const subtransforms = node.children.map((child) => this.#transform(child));
    const id = transformId(`${this.#prefix}t${String(this.#transforms.size + 1)}`);
    const uniqueName = pathOfNode(node);
    const spec = this.#spec(node, uniqueName);
    this.#transforms.set(
      id,
      Object.freeze({
        id,
        uniqueName,
        ...(spec === undefined ? {} : { spec }),
        subtransforms,
        inputs: this.#collections(inputsOf(node)),
        outputs: this.#collections(node.outputs),
        ...(runsHere(node) ? { environmentId: this.#windowings.environment } : {}),
        displayData: [],
        annotations: this.#annotationsOf(node),
      }),
    );
    return id;
  }

  #annotationsOf(node: TransformNode): ReadonlyMap<string, Uint8Array> {
    const site = this.#siteOf(node);
    const fn = node.spec?.kind === 'par-do' ? node.spec.fn : undefined;
    if (fn?.kind !== 'source' || fn.source.forReaders !== true) return site;
    return new Map([...site, [REFRESH_ANNOTATION, new Uint8Array(0)]]);
  }

  /** Parts of a composite, and what is built in a loop, stand at one site. */
  #siteOf({ site }: TransformNode): ReadonlyMap<string, Uint8Array> {
    if (site === undefined) return NO_ENTRIES;
    let annotations = this.#sites.get(site);
    if (annotations === undefined) {
      annotations = new Map([[SITE_ANNOTATION, encoder.encode(site)]]);
      this.#sites.set(site, annotations);
    }
    return annotations;
  }

  #collections(nodes: ReadonlyMap<string, CollectionNode>): ReadonlyMap<string, PCollectionId> {
    const ids = new Map<string, PCollectionId>();
    nodes.forEach((node, name) => ids.set(name, this.#pcollection(node)));
    return ids;
  }

  #pcollection(node: CollectionNode): PCollectionId {
    const known = this.#ids.get(node);
    if (known !== undefined) return known;
    const id = pcollectionId(`${this.#prefix}pc${String(this.#ids.size + 1)}`);
    this.#ids.set(node, id);
    this.#pcollections.set(
      id,
      Object.freeze({
        id,
        uniqueName: `${pathOfNode(node.producer)}.${node.output}`,
        coderId: this.#coders.idOf(node.coder),
        boundedness: node.boundedness,
        windowingStrategyId: this.#windowings.idOf(node.windowing),
        displayData: [],
      }),
    );
    return id;
  }

  #spec(node: TransformNode, path: string): FunctionSpec | undefined {
    const { spec } = node;
    if (spec === undefined) return undefined;
    switch (spec.kind) {
      case 'create':
        return this.#create(node, spec, path);
      case 'sequence':
        return writeTransformSpec(
          this.#splittable(plainParDo(sequenceSpec(spec.from, spec.to)), PLAIN),
        );
      case 'test-stream':
        return this.#testStream(node, spec);
      case 'par-do':
        return this.#parDo(spec, node, path);
      case 'window-into': {
        const windowFn = this.#windowings.windowFn(node.outputs.get('out')!.windowing);
        return writeTransformSpec({ kind: spec.kind, windowFn });
      }
      case 'combine-per-key':
      case 'combine-grouped-values':
        return this.#combine(spec, node, path);
      case 'redistribute':
        return writeTransformSpec(spec);
      case 'external':
        return externalSpec(spec.external, node);
      default:
        return writeTransformSpec({ kind: spec.kind });
    }
  }

  #create(
    node: TransformNode,
    { values }: NodeSpec & { kind: 'create' },
    path: string,
  ): FunctionSpec {
    const coderId = this.#coders.idOf(node.outputs.get('out')!.coder);
    const coder = coderOfElements(coderId, this.#coders.coders, this.#functions.registry);
    this.#functions.add(path, { kind: 'elements', coder: () => coder });
    const payload = encodeValues(values, coder, node);
    return writeTransformSpec(plainParDo(functionSpec(CREATE_URN, payload)));
  }

  #testStream(node: TransformNode, spec: NodeSpec & { kind: 'test-stream' }): FunctionSpec {
    const coderId = this.#coders.idOf(node.outputs.get('out')!.coder);
    const { coders } = this.#coders;
    return testStreamSpec(spec, coderId, coders, this.#functions.registry, node);
  }

  #parDo(spec: NodeSpec & { kind: 'par-do' }, node: TransformNode, path: string): FunctionSpec {
    this.#functions.add(path, spec.fn);
    const parDo = plainParDo(functionRef(path), sideInputSpecs(path, spec.sides, node.inputs));
    if (spec.fn.kind === 'stateful') return this.#stateful(parDo, spec.fn, node);
    const { restriction } = spec;
    const isSplittable = spec.fn.kind === 'source' || spec.fn.kind === 'splittable';
    if (spec.fn.kind === 'do-fn' && spec.fn.stable === true) {
      this.#requirements.add(REQUIREMENT_URN.REQUIRES_STABLE_INPUT);
      return writeTransformSpec({ ...parDo, requiresStableInput: true });
    }
    if (!isSplittable) return writeTransformSpec(parDo);
    // The state of its watermark travels beside each restriction of the user (SDF-1).
    const coder = restriction === undefined ? PLAIN : kvOf(restriction, PLAIN);
    return writeTransformSpec(this.#splittable(parDo, coder));
  }

  #stateful(
    parDo: ParDoSpec,
    fn: UserFunction & { readonly kind: 'stateful' },
    node: TransformNode,
  ): FunctionSpec {
    for (const urn of statefulRequirements(fn)) this.#requirements.add(urn);
    const [main] = [...node.inputs].filter(([name]) => !Object.hasOwn(fn.sides, name));
    const tables = {
      coders: this.#coders,
      windowings: this.#windowings,
      functions: this.#functions,
    };
    return writeTransformSpec({ ...parDo, ...statefulFields(fn, node, main![1], tables) });
  }

  #splittable(parDo: ParDoSpec, restriction: CoderChoice): ParDoSpec {
    this.#requirements.add(SPLITTABLE);
    return { ...parDo, restrictionCoderId: this.#coders.idOf(restriction) };
  }

  /** Composite and part name the same function, which is registered under the composite's path. */
  #combine(
    spec: NodeSpec & { kind: 'combine-per-key' | 'combine-grouped-values' },
    node: TransformNode,
    path: string,
  ): FunctionSpec {
    const owner = spec.kind === 'combine-per-key' ? path : pathOfNode(node.parent!);
    this.#functions.add(owner, { kind: 'combine', fn: spec.fn });
    return writeTransformSpec({
      kind: spec.kind,
      combineFn: functionRef(owner),
      accumulatorCoderId: this.#coders.idOf(spec.accumulator),
    });
  }
}

const NO_ENTRIES: ReadonlyMap<string, never> = new Map<string, never>();
const NO_INPUTS: ReadonlyMap<CollectionNode, PCollectionId> = new Map<never, never>();

function plainParDo(
  doFn: FunctionSpec,
  sideInputs: ParDoSpec['sideInputs'] = NO_ENTRIES,
): ParDoSpec {
  return {
    kind: 'par-do',
    doFn,
    sideInputs,
    stateSpecs: NO_ENTRIES,
    timerFamilies: NO_ENTRIES,
    requestsFinalization: false,
    requiresTimeSortedInput: false,
    requiresStableInput: false,
  };
}

function sequenceSpec(from: number, to: number): FunctionSpec {
  const out = new ByteWriter(20);
  out.varint(from);
  out.varint(to);
  return functionSpec(SEQUENCE_URN, out.toBytes());
}

const ELSEWHERE: ReadonlySet<string> = new Set([
  'impulse',
  'group-by-key',
  'test-stream',
  'external',
]);

/** Impulse and grouping belong to the runner, others to other SDKs; a composite without a meaning runs nowhere. */
function runsHere({ spec }: TransformNode): boolean {
  return spec !== undefined && !ELSEWHERE.has(spec.kind);
}
