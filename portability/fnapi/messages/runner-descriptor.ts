import { StrahlError } from '../../errors.js';
import type { TransformId } from '../../model/ids.js';
import { transformId } from '../../model/ids.js';
import type { Init } from '../../proto/codec.js';
import type { ProcessBundleDescriptor } from '../../proto/generated/fn-api.js';
import {
  IsBounded,
  type Coder,
  type PCollection,
  type PTransform,
  type WindowingStrategy,
} from '../../proto/generated/pipeline.js';
import { decodeRemoteGrpcPort, encodeRemoteGrpcPort } from '../../proto/generated/remote-port.js';
import { CODER_URN, TRANSFORM_URN } from '../../urns.js';
import type { StageDescriptor } from '../connection.js';
import { descriptorFromProto } from './descriptor-proto.js';

/** Where a stage's elements, timers and state travel; absent: the way that its messages came. */
export interface StageEndpoints {
  /** By source and sink. */
  readonly data: ReadonlyMap<TransformId, string>;
  readonly timers?: string;
  readonly state?: string;
}

export interface RunnerStage {
  readonly descriptor: StageDescriptor;
  readonly endpoints: StageEndpoints;
}

/**
 * A stage as any Beam runner describes it.
 *
 *   R1. Ports name the coder of windowed values; a stage has the coder of the elements, and the windows
 *       as they travel in the windowing of the port's collection.
 *   R2. Collections that the runner has put in between need not say whether they are bounded.
 *
 * @throws STRAHL-2002 for a port whose elements have no windows of their own, 1003 for a broken descriptor
 */
export function readRunnerDescriptor(m: ProcessBundleDescriptor): RunnerStage {
  const draft = new DescriptorDraft(m);
  const data = new Map<TransformId, string>();
  m.transforms.forEach((transform, id) => {
    const url = draft.port(id, transform);
    if (url !== undefined) data.set(transformId(id), url);
  });
  const state = urlOf(m.stateApiServiceDescriptor);
  const timers = urlOf(m.timerApiServiceDescriptor);
  return Object.freeze({
    descriptor: descriptorFromProto(draft.message()),
    endpoints: {
      data,
      ...(state === undefined ? {} : { state }),
      ...(timers === undefined ? {} : { timers }),
    },
  });
}

function urlOf(endpoint: { readonly url: string } | undefined): string | undefined {
  return endpoint === undefined || endpoint.url === '' ? undefined : endpoint.url;
}

class DescriptorDraft {
  readonly #from: ProcessBundleDescriptor;
  readonly #transforms: Map<string, PTransform>;
  readonly #pcollections: Map<string, PCollection>;
  readonly #strategies: Map<string, WindowingStrategy>;

  constructor(from: ProcessBundleDescriptor) {
    this.#from = from;
    this.#transforms = new Map(from.transforms);
    this.#strategies = new Map(from.windowingStrategies);
    this.#pcollections = new Map();
    from.pcollections.forEach((pcollection, id) => {
      const isBounded =
        pcollection.isBounded === IsBounded.UNSPECIFIED ? IsBounded.BOUNDED : pcollection.isBounded;
      this.#pcollections.set(id, { ...pcollection, isBounded });
    });
  }

  message(): ProcessBundleDescriptor {
    return {
      ...this.#from,
      transforms: this.#transforms,
      pcollections: this.#pcollections,
      windowingStrategies: this.#strategies,
    };
  }

  /** Answers where the elements of a port travel. */
  port(id: string, transform: PTransform): string | undefined {
    const { spec } = transform;
    if (spec?.urn !== TRANSFORM_URN.DATA_SOURCE && spec?.urn !== TRANSFORM_URN.DATA_SINK) {
      return undefined;
    }
    const port = decodeRemoteGrpcPort(spec.payload);
    const [element, window] = this.#partsOf(id, port.coderId);
    if (element !== undefined) {
      const payload = encodeRemoteGrpcPort({ ...port, coderId: element });
      this.#transforms.set(id, { ...transform, spec: { ...spec, payload } });
      this.#setWindowCoder(id, transform, window!);
    }
    return urlOf(port.apiServiceDescriptor);
  }

  /** Of the coder of a port; nothing if it is the coder of the elements alone. */
  #partsOf(port: string, coderId: string): readonly string[] {
    const coder: Init<Coder> | undefined = this.#from.coders.get(coderId);
    const urn = coder?.spec?.urn;
    if (urn === CODER_URN.WINDOWED_VALUE) return coder?.componentCoderIds ?? [];
    if (urn !== CODER_URN.PARAM_WINDOWED_VALUE) return [];
    throw new StrahlError('unsupportedUrn', {
      title: `elements in ${urn} cannot be read here`,
      step: port,
      why: 'their windows are in the coder instead of in the elements',
    });
  }

  /** Windows may travel in another form than the windowing names, such as behind their length. */
  #setWindowCoder(port: string, transform: PTransform, window: string): void {
    const [id] = [...transform.inputs.values(), ...transform.outputs.values()];
    const pcollection = id === undefined ? undefined : this.#pcollections.get(id);
    const strategyId = pcollection?.windowingStrategyId ?? '';
    const strategy = this.#strategies.get(strategyId);
    if (strategy === undefined || this.#isSame(strategy.windowCoderId, window)) return;
    const own = `${strategyId} at ${port}`;
    this.#strategies.set(own, { ...strategy, windowCoderId: window });
    this.#pcollections.set(id!, { ...pcollection!, windowingStrategyId: own });
  }

  #isSame(a: string, b: string): boolean {
    if (a === b) return true;
    const { coders } = this.#from;
    const [one, other] = [coders.get(a), coders.get(b)];
    return (
      one?.spec?.urn === other?.spec?.urn &&
      one?.componentCoderIds.length === other?.componentCoderIds.length &&
      (one?.componentCoderIds ?? []).every((id, i) =>
        this.#isSame(id, other!.componentCoderIds[i]!),
      )
    );
  }
}
