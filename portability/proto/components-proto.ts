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
import { NO_ENTRIES, type Draft, type Init } from './codec.js';
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
  const { urn, payload, unknownFields } = m;
  return Object.freeze(
    unknownFields === undefined ? { urn, payload } : { urn, payload, unknownFields },
  );
}

export function transformFromProto(id: TransformId, m: proto.PTransform): Transform {
  const transform: Draft<Transform> = {
    id,
    uniqueName: m.uniqueName,
    subtransforms: m.subtransforms as TransformId[],
    inputs: m.inputs as ReadonlyMap<string, PCollectionId>,
    outputs: m.outputs as ReadonlyMap<string, PCollectionId>,
    displayData: m.displayData.map(functionFromProto),
    annotations: m.annotations,
  };
  // Set one by one: a pipeline has thousands, and copying what may be absent costs more than all the rest.
  if (m.spec !== undefined) transform.spec = functionFromProto(m.spec);
  if (m.environmentId !== '') transform.environmentId = environmentId(m.environmentId);
  if (m.unknownFields !== undefined) transform.unknownFields = m.unknownFields;
  return Object.freeze(transform);
}

export function transformToProto(transform: Transform): Init<proto.PTransform> {
  return transform;
}

/** @throws STRAHL-1003 when it is neither bounded nor unbounded */
export function pcollectionFromProto(id: PCollectionId, m: proto.PCollection): PCollection {
  const pcollection: Draft<PCollection> = {
    id,
    uniqueName: m.uniqueName,
    coderId: coderId(m.coderId),
    boundedness: boundednessFromProto(m.isBounded, 'pcollection', id),
    windowingStrategyId: windowingStrategyId(m.windowingStrategyId),
    displayData: m.displayData.map(functionFromProto),
  };
  if (m.unknownFields !== undefined) pcollection.unknownFields = m.unknownFields;
  return Object.freeze(pcollection);
}

export function pcollectionToProto(pcollection: PCollection): Init<proto.PCollection> {
  const { uniqueName, coderId, boundedness, windowingStrategyId, displayData, unknownFields } =
    pcollection;
  const isBounded = boundednessToProto(boundedness);
  return { uniqueName, coderId, isBounded, windowingStrategyId, displayData, unknownFields };
}

/** @throws STRAHL-1003 for any other value, Beam's UNSPECIFIED included */
export function boundednessFromProto(value: number, what: string, id?: string): Boundedness {
  if (value === IsBounded.BOUNDED) return 'bounded';
  if (value === IsBounded.UNBOUNDED) return 'unbounded';
  throw new StrahlError('brokenGraph', {
    title: `${id === undefined ? what : `${what} "${id}"`} is neither bounded nor unbounded (is_bounded ${String(value)})`,
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
