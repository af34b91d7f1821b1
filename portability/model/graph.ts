import { textOf } from '../wire/native-buffer.js';
import type { FunctionSpec } from './function-spec.js';
import type {
  CoderId,
  EnvironmentId,
  PCollectionId,
  TransformId,
  WindowingStrategyId,
} from './ids.js';
import type { WindowingStrategy } from './windowing.js';

/**
 * Whether a collection ends.
 *
 * @example
 * ```ts
 * import type { Boundedness, PCollection } from 'strahl/portability';
 * const both = (a: PCollection, b: PCollection): Boundedness =>
 *   a.boundedness === 'bounded' ? b.boundedness : 'unbounded';
 * ```
 */
export type Boundedness = 'bounded' | 'unbounded';

/**
 * A step of a graph: a primitive, or a composite of others.
 *
 * @example
 * ```ts
 * import { siteOf, type Transform } from 'strahl/portability';
 * const where = (transform: Transform): string =>
 *   `${transform.uniqueName} (${siteOf(transform) ?? 'unknown'})`;
 * ```
 */
export interface Transform {
  readonly id: TransformId;
  /** Unique in the pipeline; scope names joined by `/`. Names state, so a rename is incompatible. */
  readonly uniqueName: string;
  /** Absent for a composite without a meaning of its own. `readTransformSpec` gives the typed view. */
  readonly spec?: FunctionSpec | undefined;
  readonly subtransforms: readonly TransformId[];
  readonly inputs: ReadonlyMap<string, PCollectionId>;
  readonly outputs: ReadonlyMap<string, PCollectionId>;
  readonly environmentId?: EnvironmentId;
  readonly displayData: readonly FunctionSpec[];
  /** Never changes execution. `strahl:site` holds the construction site as `file:line:column`. */
  readonly annotations: ReadonlyMap<string, Uint8Array>;
  readonly unknownFields?: Uint8Array;
}

/**
 * A collection of a graph: its coder, its windowing and whether it ends.
 *
 * @example
 * ```ts
 * import type { Graph, PCollection, PCollectionId } from 'strahl/portability';
 * const collection = ({ components }: Graph, id: PCollectionId): PCollection | undefined =>
 *   components.pcollections.get(id);
 * ```
 */
export interface PCollection {
  readonly id: PCollectionId;
  readonly uniqueName: string;
  readonly coderId: CoderId;
  readonly boundedness: Boundedness;
  readonly windowingStrategyId: WindowingStrategyId;
  readonly displayData: readonly FunctionSpec[];
  readonly unknownFields?: Uint8Array;
}

/**
 * A coder as both sides of the wire name it; `coderOf` in `portability/coders` makes it run.
 *
 * @example
 * ```ts
 * import { coderId, functionSpec, type CoderSpec } from 'strahl/portability';
 * const listOfTexts: CoderSpec = {
 *   spec: functionSpec('beam:coder:iterable:v1'),
 *   componentIds: [coderId('text')],
 * };
 * ```
 */
export interface CoderSpec {
  readonly spec: FunctionSpec;
  readonly componentIds: readonly CoderId[];
  readonly unknownFields?: Uint8Array;
}

/**
 * Where functions run, and what the harness there is able to do.
 *
 * @example
 * ```ts
 * import type { Environment } from 'strahl/portability';
 * const knows = ({ capabilities }: Environment, urn: string): boolean => capabilities.includes(urn);
 * ```
 */
export interface Environment {
  readonly urn: string;
  readonly payload: Uint8Array;
  readonly displayData: readonly FunctionSpec[];
  readonly capabilities: readonly string[];
  readonly dependencies: readonly Artifact[];
  readonly resourceHints: ReadonlyMap<string, Uint8Array>;
  readonly unknownFields?: Uint8Array;
}

/**
 * A file that an environment needs, and what it is for.
 *
 * @example
 * ```ts
 * import type { Artifact } from 'strahl/portability';
 * const isFile = ({ typeUrn }: Artifact): boolean => typeUrn === 'beam:artifact:type:file:v1';
 * ```
 */
export interface Artifact {
  readonly typeUrn: string;
  readonly typePayload: Uint8Array;
  readonly roleUrn: string;
  readonly rolePayload: Uint8Array;
  readonly unknownFields?: Uint8Array;
}

/**
 * The parts that transforms refer to by id.
 *
 * @example
 * ```ts
 * import type { Components } from 'strahl/portability';
 * const leaves = ({ transforms }: Components) =>
 *   [...transforms.values()].filter(({ subtransforms }) => subtransforms.length === 0);
 * ```
 */
export interface Components {
  readonly transforms: ReadonlyMap<TransformId, Transform>;
  readonly pcollections: ReadonlyMap<PCollectionId, PCollection>;
  readonly windowingStrategies: ReadonlyMap<WindowingStrategyId, WindowingStrategy>;
  readonly coders: ReadonlyMap<CoderId, CoderSpec>;
  readonly environments: ReadonlyMap<EnvironmentId, Environment>;
  /** Unknown fields of the Components message itself. */
  readonly unknownFields?: Uint8Array;
}

/**
 * The typed view of Beam's Pipeline message. Frozen: a rewriting step returns a new graph.
 *
 *   G1. Every id that is mentioned exists in `components` (checked on decoding, all misses listed).
 *   G2. Roots and subtransforms are in topological order.
 *   G3. What this version of Strahl does not know is kept as bytes and written back unchanged.
 *
 * @example
 * ```ts
 * import { decodeGraph, type Graph } from 'strahl/portability';
 * const stepsOf = (pipeline: Uint8Array): number => {
 *   const { components }: Graph = decodeGraph(pipeline);
 *   return components.transforms.size;
 * };
 * ```
 */
export interface Graph {
  readonly components: Components;
  readonly rootTransformIds: readonly TransformId[];
  readonly displayData: readonly FunctionSpec[];
  readonly requirements: readonly string[];
  readonly unknownFields?: Uint8Array;
}

/** Annotation key of a transform's construction site. */
export const SITE_ANNOTATION = 'strahl:site';

/** Annotation key of a source that goes on only as long as somebody may read what it makes as a side input. */
export const REFRESH_ANNOTATION = 'strahl:refresh';

/**
 * `file:line:column` where the user built the transform, if it was built by a Strahl SDK.
 *
 * @example
 * ```ts
 * import { decodeGraph, siteOf } from 'strahl/portability';
 * const sitesOf = (pipeline: Uint8Array) =>
 *   [...decodeGraph(pipeline).components.transforms.values()].map((t) => siteOf(t));
 * ```
 */
export function siteOf(transform: Transform): string | undefined {
  const bytes = transform.annotations.get(SITE_ANNOTATION);
  return bytes === undefined ? undefined : textOf(bytes);
}
