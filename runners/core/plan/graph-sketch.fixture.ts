import { writeTransformSpec } from '#portability/proto/transform-spec.js';
import { functionSpec } from '#portability/model/function-spec.js';
import {
  SITE_ANNOTATION,
  type Boundedness,
  type CoderSpec,
  type Components,
  type Environment,
  type Graph,
  type PCollection,
  type Transform,
} from '#portability/model/graph.js';
import {
  coderId,
  environmentId,
  pcollectionId,
  transformId,
  windowingStrategyId,
  type CoderId,
  type EnvironmentId,
  type PCollectionId,
  type TransformId,
  type WindowingStrategyId,
} from '#portability/model/ids.js';
import { duration } from '#portability/model/time.js';
import type { ParDoSpec, TransformSpec } from '#portability/model/transform-spec.js';
import { DEFAULT_TRIGGER } from '#portability/model/triggers.js';
import type { WindowingStrategy } from '#portability/model/windowing.js';

/** The environment of every step of a sketch. */
export const SKETCH_ENVIRONMENT = 'strahl:env:sketch:v1';

export interface CollectionSketch {
  readonly coder?: CoderId;
  readonly windowing?: Partial<WindowingStrategy>;
  readonly boundedness?: Boundedness;
}

export interface ParDoSketch extends CollectionSketch {
  readonly spec?: Partial<ParDoSpec>;
  /** Collections read as side inputs, by local name. */
  readonly sides?: Readonly<Record<string, PCollectionId>>;
  /** Number of outputs; 1 unless given. */
  readonly outputs?: number;
}

/**
 * Writes small graphs for tests of the planner, without the SDK. An output has the coder, windowing and
 * boundedness of the step's first input unless said otherwise.
 */
export class GraphSketch {
  readonly bytes: CoderId;
  readonly string: CoderId;
  readonly varint: CoderId;
  readonly requirements: string[] = [];
  readonly #transforms = new Map<TransformId, Transform>();
  readonly #pcollections = new Map<PCollectionId, PCollection>();
  readonly #windowings = new Map<WindowingStrategyId, WindowingStrategy>();
  readonly #coders = new Map<CoderId, CoderSpec>();
  readonly #environments = new Map<EnvironmentId, Environment>();
  readonly #windowCoders: { readonly global: CoderId; readonly interval: CoderId };

  /** `capabilities` of the environment in which its steps run. */
  constructor(capabilities: readonly string[] = []) {
    this.bytes = this.coder('bytes');
    this.string = this.coder('string_utf8');
    this.varint = this.coder('varint');
    this.#windowCoders = {
      global: this.coder('global_window'),
      interval: this.coder('interval_window'),
    };
    this.environment('env', SKETCH_ENVIRONMENT, capabilities);
  }

  /** `coder('kv', k, v)` is `beam:coder:kv:v1`; each call makes a coder of its own. */
  coder(name: string, ...componentIds: CoderId[]): CoderId {
    const id = coderId(`c${String(this.#coders.size)}-${name}`);
    const urn = name.includes(':') ? name : `beam:coder:${name}:v1`;
    this.#coders.set(id, { spec: functionSpec(urn), componentIds });
    return id;
  }

  kv(key: CoderId = this.string, value: CoderId = this.varint): CoderId {
    return this.coder('kv', key, value);
  }

  environment(name: string, urn: string, capabilities: readonly string[] = []): EnvironmentId {
    const id = environmentId(name);
    const none = { displayData: [], dependencies: [] };
    this.#environments.set(id, {
      urn,
      payload: new Uint8Array(0),
      capabilities,
      ...none,
      resourceHints: new Map(),
    });
    return id;
  }

  impulse(name: string): PCollectionId {
    return this.step(name, { kind: 'impulse' }, {}, { coder: this.bytes })[0]!;
  }

  /** An impulse and a step that makes something else of it. */
  source(name: string, output: CollectionSketch = {}): PCollectionId {
    return this.parDo(name, this.impulse(`${name}/Impulse`), output)[0]!;
  }

  parDo(name: string, input: PCollectionId, sketch: ParDoSketch = {}): readonly PCollectionId[] {
    const sides = Object.entries(sketch.sides ?? {});
    const sideSpec = {
      accessPattern: functionSpec('beam:side_input:iterable:v1'),
      viewFn: functionSpec('strahl:view:v1'),
      windowMappingFn: functionSpec('strahl:window_mapping:v1'),
    };
    const spec: ParDoSpec = {
      kind: 'par-do',
      doFn: functionSpec('strahl:fn:sketch:v1'),
      sideInputs: new Map(sides.map(([side]) => [side, sideSpec])),
      stateSpecs: new Map(),
      timerFamilies: new Map(),
      requestsFinalization: false,
      requiresTimeSortedInput: false,
      requiresStableInput: false,
      ...sketch.spec,
    };
    return this.step(name, spec, { in: input, ...sketch.sides }, sketch, sketch.outputs);
  }

  groupByKey(name: string, input: PCollectionId, output: CollectionSketch = {}): PCollectionId {
    const [key, value] = this.#coders.get(this.#pcollections.get(input)!.coderId)!.componentIds;
    const coder = value === undefined ? this.bytes : this.kv(key, this.coder('iterable', value));
    const merging = this.#windowing(input).mergeStatus === 'needs-merge';
    const windowing = merging ? ({ mergeStatus: 'already-merged' } as const) : {};
    return this.step(
      name,
      { kind: 'group-by-key' },
      { in: input },
      { coder, windowing, ...output },
    )[0]!;
  }

  combinePerKey(name: string, input: PCollectionId, output: CollectionSketch = {}): PCollectionId {
    const spec: TransformSpec = {
      kind: 'combine-per-key',
      combineFn: functionSpec('strahl:fn:sketch:v1'),
      accumulatorCoderId: this.varint,
    };
    return this.step(name, spec, { in: input }, output)[0]!;
  }

  reshuffle(name: string, input: PCollectionId, output: CollectionSketch = {}): PCollectionId {
    return this.step(name, { kind: 'reshuffle' }, { in: input }, output)[0]!;
  }

  flatten(
    name: string,
    inputs: readonly PCollectionId[],
    output: CollectionSketch = {},
  ): PCollectionId {
    const named = Object.fromEntries(inputs.map((id, i) => [String(i), id]));
    return this.step(name, { kind: 'flatten' }, named, output)[0]!;
  }

  windowInto(
    name: string,
    input: PCollectionId,
    windowing: Partial<WindowingStrategy>,
  ): PCollectionId {
    const windowFn = windowing.windowFn ?? { kind: 'global' };
    return this.step(name, { kind: 'window-into', windowFn }, { in: input }, { windowing })[0]!;
  }

  /** Appends any transform. Engine-side kinds get no environment, as Beam prescribes. */
  step(
    name: string,
    spec: TransformSpec,
    inputs: Readonly<Record<string, PCollectionId>>,
    sketch: CollectionSketch = {},
    outputs = 1,
  ): readonly PCollectionId[] {
    const like = Object.values(inputs)[0];
    const made = Array.from({ length: outputs }, () => this.collection(sketch, like));
    const id = transformId(`t${String(this.#transforms.size)}`);
    const own = ['impulse', 'group-by-key', 'flatten', 'reshuffle'].includes(spec.kind);
    this.#transforms.set(id, {
      id,
      uniqueName: name,
      spec: writeTransformSpec(spec),
      subtransforms: [],
      inputs: new Map(Object.entries(inputs)),
      outputs: new Map(made.map((output, i) => [String(i), output])),
      ...(own ? {} : { environmentId: environmentId('env') }),
      displayData: [],
      annotations: new Map([[SITE_ANNOTATION, new TextEncoder().encode(`${name}.ts:1:1`)]]),
    });
    return made;
  }

  collection(sketch: CollectionSketch, like?: PCollectionId): PCollectionId {
    const model = like === undefined ? undefined : this.#pcollections.get(like);
    const id = pcollectionId(`p${String(this.#pcollections.size)}`);
    this.#pcollections.set(id, {
      id,
      uniqueName: id,
      coderId: sketch.coder ?? model?.coderId ?? this.bytes,
      boundedness: sketch.boundedness ?? model?.boundedness ?? 'bounded',
      windowingStrategyId: this.#strategy(sketch.windowing, like),
      displayData: [],
    });
    return id;
  }

  /** Changes a transform in place, to make what no builder makes. */
  alter(name: string, change: (transform: Transform) => Transform): void {
    for (const [id, transform] of this.#transforms) {
      if (transform.uniqueName === name) this.#transforms.set(id, change(transform));
    }
  }

  graph(): Graph {
    const components: Components = {
      transforms: this.#transforms,
      pcollections: this.#pcollections,
      windowingStrategies: this.#windowings,
      coders: this.#coders,
      environments: this.#environments,
    };
    const inner = new Set([...this.#transforms.values()].flatMap((t) => t.subtransforms));
    return {
      components,
      rootTransformIds: [...this.#transforms.keys()].filter((id) => !inner.has(id)),
      displayData: [],
      requirements: this.requirements,
    };
  }

  #windowing(id: PCollectionId): WindowingStrategy {
    return this.#windowings.get(this.#pcollections.get(id)!.windowingStrategyId)!;
  }

  #strategy(
    change: Partial<WindowingStrategy> = {},
    like: PCollectionId | undefined,
  ): WindowingStrategyId {
    const model = like === undefined ? undefined : this.#pcollections.get(like);
    if (model !== undefined && Object.keys(change).length === 0) return model.windowingStrategyId;
    const windowFn = change.windowFn ??
      (like && this.#windowing(like).windowFn) ?? { kind: 'global' };
    const id = windowingStrategyId(`w${String(this.#windowings.size)}`);
    this.#windowings.set(id, {
      windowFn,
      mergeStatus: windowFn.kind === 'sessions' ? 'needs-merge' : 'non-merging',
      windowCoderId: this.#windowCoders[windowFn.kind === 'global' ? 'global' : 'interval'],
      trigger: DEFAULT_TRIGGER,
      accumulation: 'discarding',
      timestampCombiner: 'end-of-window',
      closing: 'if-non-empty',
      onTime: 'always',
      allowedLateness: duration(0),
      assignsToOneWindow: windowFn.kind !== 'sliding',
      ...change,
    });
    return id;
  }
}
