import { StrahlError } from '../errors.js';
import type { Components, Graph } from '../model/graph.js';
import {
  coderId,
  environmentId,
  pcollectionId,
  transformId,
  windowingStrategyId,
  type TransformId,
} from '../model/ids.js';
import { decodeMessage, type Init } from './codec.js';
import {
  coderFromProto,
  coderToProto,
  environmentFromProto,
  functionFromProto,
  mapValues,
  pcollectionFromProto,
  pcollectionToProto,
  transformFromProto,
} from './components-proto.js';
import {
  encodePipeline,
  readPipeline,
  type Components as ComponentsMessage,
} from './generated/pipeline.js';
import { checkGraph } from './graph-check.js';
import { keptFields } from './kept-fields.js';
import { windowingFromProto, windowingToProto } from './windowing-proto.js';

/**
 * Beam's Pipeline message. The same graph gives the same bytes: maps are written in their own order,
 * fields in that of their numbers, unknown fields after the known ones (G3 of `model/graph.ts`).
 *
 * @example
 * ```ts
 * import { decodeGraph, encodeGraph } from 'strahl/portability';
 * const copy = (pipeline: Uint8Array) => encodeGraph(decodeGraph(pipeline));
 * ```
 */
export function encodeGraph(graph: Graph): Uint8Array {
  return encodePipeline({
    components: componentsToProto(graph.components),
    rootTransformIds: graph.rootTransformIds,
    displayData: graph.displayData,
    requirements: graph.requirements,
    unknownFields: graph.unknownFields,
  });
}

/**
 * The graph in a Pipeline message, from whichever SDK. It shares no memory with `bytes`.
 *
 * @throws STRAHL-5002 when the bytes are not a Pipeline message, 1003 when it contradicts itself (all
 * contradictions listed, up to 20), 2002 when the payload of a known URN cannot be understood
 * @example
 * ```ts
 * import { decodeGraph } from 'strahl/portability';
 * const namesOf = (pipeline: Uint8Array) =>
 *   [...decodeGraph(pipeline).components.transforms.values()].map((t) => t.uniqueName);
 * ```
 */
export function decodeGraph(bytes: Uint8Array): Graph {
  if (bytes.length === 0) {
    // An encoded graph at least says that it has components, so nothing is not the empty graph.
    throw new StrahlError('cannotDecode', {
      title: 'pipeline proto cannot be decoded at byte 0',
      why: 'it is empty',
    });
  }
  const pipeline = decodeMessage('pipeline', readPipeline, bytes);
  const graph: Graph = Object.freeze({
    components: componentsFromProto(pipeline.components),
    rootTransformIds: pipeline.rootTransformIds as readonly TransformId[],
    displayData: pipeline.displayData.map(functionFromProto),
    requirements: pipeline.requirements,
    ...keptFields(pipeline),
  });
  checkGraph(graph);
  return graph;
}

/** Transforms and environments have the names and types of their messages. */
export function componentsToProto(components: Components): Init<ComponentsMessage> {
  return {
    transforms: components.transforms,
    pcollections: mapValues(components.pcollections, pcollectionToProto),
    windowingStrategies: mapValues(components.windowingStrategies, windowingToProto),
    coders: mapValues(components.coders, coderToProto),
    environments: components.environments,
    unknownFields: components.unknownFields,
  };
}

/** Ids are not checked; `decodeGraph` does that for a whole pipeline. */
export function componentsFromProto(m: ComponentsMessage | undefined): Components {
  const keyed = <Id extends string, M, V>(
    map: ReadonlyMap<string, M> | undefined,
    id: (key: string) => Id,
    convert: (id: Id, message: M) => V,
  ): ReadonlyMap<Id, V> => {
    const values = new Map<Id, V>();
    map?.forEach((message, key) => values.set(id(key), convert(id(key), message)));
    return values;
  };
  return Object.freeze({
    transforms: keyed(m?.transforms, transformId, transformFromProto),
    pcollections: keyed(m?.pcollections, pcollectionId, pcollectionFromProto),
    windowingStrategies: keyed(m?.windowingStrategies, windowingStrategyId, windowingFromProto),
    coders: keyed(m?.coders, coderId, (_, coder) => coderFromProto(coder)),
    environments: keyed(m?.environments, environmentId, (_, e) => environmentFromProto(e)),
    ...keptFields(m ?? {}),
  });
}
