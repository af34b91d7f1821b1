/**
 * The parts of a graph as messages and back, one pair of functions each. Pipelines and bundle
 * descriptors are made of the same parts. Everything that comes from a message is frozen. Ids are plain
 * strings in messages; a cast gives them their type without a copy.
 */
import { StrahlError } from '../errors.js';
import type { FunctionSpec } from '../model/function-spec.js';
import type {
  Artifact,
  Boundedness,
  CoderSpec,
  Environment,
  PCollection,
  Transform,
} from '../model/graph.js';
import {
  coderId,
  environmentId,
  windowingStrategyId,
  type CoderId,
  type PCollectionId,
  type TransformId,
} from '../model/ids.js';
import { NO_ENTRIES, type Init } from './codec.js';
import type * as proto from './generated/pipeline.js';
import { IsBounded } from './generated/pipeline.js';
import { keptFields } from './kept-fields.js';

interface UrnAndPayload {
  readonly urn: string;
  readonly payload: Uint8Array;
  readonly unknownFields?: Uint8Array | undefined;
}

/** Also of display data, which has the same two fields. */
export function functionFromProto(m: UrnAndPayload): FunctionSpec {
  return Object.freeze({ urn: m.urn, payload: m.payload, ...keptFields(m) });
}

export function transformFromProto(id: TransformId, m: proto.PTransform): Transform {
  return Object.freeze({
    id,
    uniqueName: m.uniqueName,
    ...(m.spec === undefined ? {} : { spec: functionFromProto(m.spec) }),
    subtransforms: m.subtransforms as readonly TransformId[],
    inputs: m.inputs as ReadonlyMap<string, PCollectionId>,
    outputs: m.outputs as ReadonlyMap<string, PCollectionId>,
    ...(m.environmentId === '' ? {} : { environmentId: environmentId(m.environmentId) }),
    displayData: m.displayData.map(functionFromProto),
    annotations: m.annotations,
    ...keptFields(m),
  });
}

export function transformToProto(transform: Transform): Init<proto.PTransform> {
  return transform;
}

/** @throws STRAHL-1003 when it is neither bounded nor unbounded */
export function pcollectionFromProto(id: PCollectionId, m: proto.PCollection): PCollection {
  return Object.freeze({
    id,
    uniqueName: m.uniqueName,
    coderId: coderId(m.coderId),
    boundedness: boundednessFromProto(m.isBounded, `pcollection "${id}"`),
    windowingStrategyId: windowingStrategyId(m.windowingStrategyId),
    displayData: m.displayData.map(functionFromProto),
    ...keptFields(m),
  });
}

export function pcollectionToProto(pcollection: PCollection): Init<proto.PCollection> {
  return { ...pcollection, isBounded: boundednessToProto(pcollection.boundedness) };
}

/** @throws STRAHL-1003 for any other value, Beam's UNSPECIFIED included */
export function boundednessFromProto(value: number, what: string): Boundedness {
  if (value === IsBounded.BOUNDED) return 'bounded';
  if (value === IsBounded.UNBOUNDED) return 'unbounded';
  throw new StrahlError('brokenGraph', {
    title: `${what} is neither bounded nor unbounded (is_bounded ${String(value)})`,
  });
}

export function boundednessToProto(boundedness: Boundedness): IsBounded {
  return boundedness === 'bounded' ? IsBounded.BOUNDED : IsBounded.UNBOUNDED;
}

export function coderFromProto(m: proto.Coder): CoderSpec {
  return Object.freeze({
    spec: functionFromProto(m.spec ?? NO_SPEC),
    componentIds: m.componentCoderIds as readonly CoderId[],
    ...keptFields(m),
  });
}

const NO_SPEC: UrnAndPayload = { urn: '', payload: new Uint8Array(0) };

export function coderToProto(coder: CoderSpec): Init<proto.Coder> {
  const { spec, componentIds: componentCoderIds, unknownFields } = coder;
  return { spec, componentCoderIds, unknownFields };
}

export function environmentFromProto(m: proto.Environment): Environment {
  return Object.freeze({
    urn: m.urn,
    payload: m.payload,
    displayData: m.displayData.map(functionFromProto),
    capabilities: m.capabilities,
    dependencies: m.dependencies.map(artifactFromProto),
    resourceHints: m.resourceHints,
    ...keptFields(m),
  });
}

export function environmentToProto(environment: Environment): Init<proto.Environment> {
  return environment;
}

export function artifactFromProto(m: proto.ArtifactInformation): Artifact {
  const { typeUrn, typePayload, roleUrn, rolePayload } = m;
  return Object.freeze({ typeUrn, typePayload, roleUrn, rolePayload, ...keptFields(m) });
}

export function mapValues<K extends string, V, W>(
  map: ReadonlyMap<K, V>,
  convert: (value: V, key: K) => W,
): ReadonlyMap<K, W> {
  if (map.size === 0) return NO_ENTRIES as unknown as ReadonlyMap<K, W>;
  const mapped = new Map<K, W>();
  map.forEach((value, key) => mapped.set(key, convert(value, key)));
  return mapped;
}
