import { writeTransformSpec } from '#portability/proto/transform-spec.js';
import type { StageDescriptor } from '#portability/fnapi/connection.js';
import type {
  CoderSpec,
  Components,
  Environment,
  PCollection,
  Transform,
} from '#portability/model/graph.js';
import type {
  CoderId,
  EnvironmentId,
  PCollectionId,
  StageId,
  TransformId,
  WindowingStrategyId,
} from '#portability/model/ids.js';
import type { TransformSpec } from '#portability/model/transform-spec.js';
import type { WindowingStrategy } from '#portability/model/windowing.js';
import type { ComponentsDraft } from './components-draft.js';
import { parDoOf, type Step } from './step.js';

/** A way into or out of a stage: the collection and the coder in which it travels. */
export interface Port {
  readonly transform: TransformId;
  readonly collection: PCollectionId;
  readonly coder: CoderId;
}

/** What the other side needs to run `steps` between `source` and `sinks`, and nothing else. */
export function descriptorOf(
  id: StageId,
  source: Port,
  steps: readonly Step[],
  sinks: readonly Port[],
  draft: ComponentsDraft,
): StageDescriptor {
  const needs = new Needs(draft);
  const transforms = [
    portTransform('runner-source', source),
    ...steps.map((step) => step.transform),
    ...sinks.map((sink) => portTransform('runner-sink', sink)),
  ];
  for (const port of [source, ...sinks]) needs.coder(port.coder);
  for (const step of steps) needs.spec(step.spec);
  for (const transform of transforms) needs.transform(transform);
  return Object.freeze({ id, components: needs.components(), transforms });
}

function portTransform(kind: 'runner-source' | 'runner-sink', port: Port): Transform {
  const end = new Map([[kind === 'runner-source' ? 'out' : 'in', port.collection]]);
  return Object.freeze({
    id: port.transform,
    uniqueName: port.transform,
    spec: writeTransformSpec({ kind, coderId: port.coder }),
    subtransforms: [],
    inputs: kind === 'runner-sink' ? end : new Map(),
    outputs: kind === 'runner-source' ? end : new Map(),
    displayData: [],
    annotations: new Map(),
  });
}

/** The components that a stage refers to, with all that these refer to. */
class Needs {
  readonly #transforms = new Map<TransformId, Transform>();
  readonly #pcollections = new Map<PCollectionId, PCollection>();
  readonly #windowingStrategies = new Map<WindowingStrategyId, WindowingStrategy>();
  readonly #coders = new Map<CoderId, CoderSpec>();
  readonly #environments = new Map<EnvironmentId, Environment>();
  readonly #draft: ComponentsDraft;

  constructor(draft: ComponentsDraft) {
    this.#draft = draft;
  }

  components(): Components {
    return Object.freeze({
      transforms: this.#transforms,
      pcollections: this.#pcollections,
      windowingStrategies: this.#windowingStrategies,
      coders: this.#coders,
      environments: this.#environments,
    });
  }

  transform(transform: Transform): void {
    this.#transforms.set(transform.id, transform);
    transform.inputs.forEach(this.#pcollection);
    transform.outputs.forEach(this.#pcollection);
    this.#environment(transform.environmentId);
  }

  readonly #pcollection = (id: PCollectionId): void => {
    if (this.#pcollections.has(id)) return;
    const pcollection = this.#draft.pcollection(id);
    this.#pcollections.set(id, pcollection);
    this.coder(pcollection.coderId);
    const { windowingStrategyId } = pcollection;
    if (this.#windowingStrategies.has(windowingStrategyId)) return;
    const windowing = this.#draft.windowingStrategy(windowingStrategyId);
    this.#windowingStrategies.set(windowingStrategyId, windowing);
    this.coder(windowing.windowCoderId);
    this.#environment(windowing.environmentId);
  };

  coder(id: CoderId): void {
    if (this.#coders.has(id)) return;
    const coder = this.#draft.coder(id);
    this.#coders.set(id, coder);
    for (const part of coder.componentIds) this.coder(part);
  }

  /** Coders that are named inside a payload. */
  spec(spec: TransformSpec): void {
    if ('accumulatorCoderId' in spec) this.coder(spec.accumulatorCoderId);
    const parDo = parDoOf(spec);
    if (parDo === undefined) return;
    if (parDo.restrictionCoderId !== undefined) this.coder(parDo.restrictionCoderId);
    for (const timers of parDo.timerFamilies.values()) this.coder(timers.coderId);
    for (const state of parDo.stateSpecs.values()) {
      const used = 'coderId' in state ? [state.coderId] : [state.keyCoderId, state.valueCoderId];
      for (const id of used) this.coder(id);
    }
  }

  #environment(id: EnvironmentId | undefined): void {
    if (id !== undefined) this.#environments.set(id, this.#draft.environment(id));
  }
}
