import { functionSpec } from '../../model/function-spec.js';
import type { CoderSpec, Transform } from '../../model/graph.js';
import { coderId, type CoderId } from '../../model/ids.js';
import type { Init } from '../../proto/codec.js';
import { transformToProto } from '../../proto/components-proto.js';
import type { ProcessBundleDescriptor } from '../../proto/generated/fn-api.js';
import { encodeRemoteGrpcPort } from '../../proto/generated/remote-port.js';
import { componentsToProto } from '../../proto/pipeline-proto.js';
import { readTransformSpec } from '../../proto/transform-spec.js';
import { CODER_URN } from '../../urns.js';
import type { StageDescriptor } from '../connection.js';

/**
 * A stage as the harness of any SDK expects it: ports name the coder of windowed values, and where their
 * elements, the timers and the state travel.
 *
 * @param endpoint `host:port` of the data and state services
 * @param continued whether the harness reads groups of which only the beginning is in the element
 */
export function harnessDescriptor(
  stage: StageDescriptor,
  endpoint: string,
  continued: boolean,
): Init<ProcessBundleDescriptor> {
  const draft = new PortCoders(stage, continued);
  const transforms = stage.transforms.map((transform) => portTransform(transform, draft, endpoint));
  const { transforms: _, unknownFields: __, ...parts } = componentsToProto(stage.components);
  const coders = new Map(parts.coders);
  draft.added.forEach(({ spec, componentIds }, id) => {
    coders.set(id, { spec, componentCoderIds: componentIds });
  });
  return {
    id: stage.id,
    ...parts,
    coders,
    transforms: new Map(transforms.map((t) => [t.id, transformToProto(t)])),
    stateApiServiceDescriptor: { url: endpoint },
    timerApiServiceDescriptor: { url: endpoint },
  };
}

function portTransform(transform: Transform, draft: PortCoders, endpoint: string): Transform {
  const spec = readTransformSpec(transform);
  if (spec.kind !== 'runner-source' && spec.kind !== 'runner-sink') return transform;
  const [collection] = [...transform.inputs.values(), ...transform.outputs.values()];
  const payload = encodeRemoteGrpcPort({
    apiServiceDescriptor: { url: endpoint },
    coderId: draft.windowed(spec.coderId, collection!, spec.kind === 'runner-source'),
  });
  return { ...transform, spec: functionSpec(transform.spec!.urn, payload) };
}

/** Coders that only the ports of a descriptor need. */
class PortCoders {
  readonly added = new Map<CoderId, CoderSpec>();
  readonly #stage: StageDescriptor;
  readonly #continued: boolean;

  constructor(stage: StageDescriptor, continued: boolean) {
    this.#stage = stage;
    this.#continued = continued;
  }

  windowed(
    element: CoderId,
    collection: Parameters<StageDescriptor['components']['pcollections']['get']>[0],
    isSource: boolean,
  ): CoderId {
    const { pcollections, windowingStrategies } = this.#stage.components;
    const { windowingStrategyId } = pcollections.get(collection)!;
    const { windowCoderId } = windowingStrategies.get(windowingStrategyId)!;
    const read = isSource && this.#continued ? this.#continuedGroup(element) : element;
    return this.#add(CODER_URN.WINDOWED_VALUE, [read, windowCoderId]);
  }

  /** `KV<K, Iterable<V>>` with values that may be fetched; any other coder as it is. */
  #continuedGroup(element: CoderId): CoderId {
    const pair = this.#stage.components.coders.get(element);
    const [key, values] = pair?.componentIds ?? [];
    const iterable = values === undefined ? undefined : this.#stage.components.coders.get(values);
    if (pair?.spec.urn !== CODER_URN.KV || iterable?.spec.urn !== CODER_URN.ITERABLE)
      return element;
    const backed = this.#add(CODER_URN.STATE_BACKED_ITERABLE, iterable.componentIds);
    return this.#add(CODER_URN.KV, [key!, backed]);
  }

  #add(urn: string, componentIds: readonly CoderId[]): CoderId {
    const kind = urn.split(':').at(-2)!;
    let id = coderId([kind, ...componentIds].join('-'));
    while (this.#stage.components.coders.has(id)) id = coderId(`${id}-port`);
    this.added.set(id, { spec: functionSpec(urn), componentIds });
    return id;
  }
}
