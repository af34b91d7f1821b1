/**
 * Names of the things a pipeline and a job are made of. Each is its own type, so that a transform id
 * cannot be given where a PCollection id is meant. All ids of a `Graph` are local to that graph.
 */
declare const name: unique symbol;
type Id<Kind extends string> = string & { readonly [name]: Kind };

/**
 * A transform of a graph.
 *
 * @example
 * ```ts
 * import type { Graph, TransformId } from 'strahl/portability';
 * const nameOf = ({ components }: Graph, id: TransformId): string =>
 *   components.transforms.get(id)?.uniqueName ?? id;
 * ```
 */
export type TransformId = Id<'transform'>;
/**
 * A collection of a graph.
 *
 * @example
 * ```ts
 * import type { PCollectionId, Transform } from 'strahl/portability';
 * const reads = (id: PCollectionId) => (transform: Transform) =>
 *   [...transform.inputs.values()].includes(id);
 * ```
 */
export type PCollectionId = Id<'pcollection'>;
/**
 * A coder of a graph.
 *
 * @example
 * ```ts
 * import { coderId, type CoderId, type Graph } from 'strahl/portability';
 * const urnOf = ({ components }: Graph, id: CoderId = coderId('c1')): string | undefined =>
 *   components.coders.get(id)?.spec.urn;
 * ```
 */
export type CoderId = Id<'coder'>;
/**
 * A windowing strategy of a graph.
 *
 * @example
 * ```ts
 * import type { Graph, WindowingStrategyId } from 'strahl/portability';
 * const lateness = ({ components }: Graph, id: WindowingStrategyId): number | undefined =>
 *   components.windowingStrategies.get(id)?.allowedLateness;
 * ```
 */
export type WindowingStrategyId = Id<'windowing-strategy'>;
/**
 * An environment of a graph.
 *
 * @example
 * ```ts
 * import type { EnvironmentId, Transform } from 'strahl/portability';
 * const environments = (transforms: readonly Transform[]): ReadonlySet<EnvironmentId> =>
 *   new Set(transforms.flatMap(({ environmentId }) => environmentId ?? []));
 * ```
 */
export type EnvironmentId = Id<'environment'>;
/**
 * A fused stage of a plan.
 *
 * @example
 * ```ts
 * import { stageId, type BundleRequest, type StageId } from 'strahl/portability';
 * const parse: StageId = stageId('parse');
 * const isParse = ({ stage }: BundleRequest): boolean => stage === parse;
 * ```
 */
export type StageId = Id<'stage'>;
/**
 * One bundle: a stage and its elements, the unit of retry.
 *
 * @example
 * ```ts
 * import { bundleId, type BundleId } from 'strahl/portability';
 * const numbered = (n: number): BundleId => bundleId(`bundle-${n}`);
 * ```
 */
export type BundleId = Id<'bundle'>;

/**
 * The id of a transform, as a type of its own.
 *
 * @example
 * ```ts
 * import { transformId } from 'strahl/portability';
 * const id = transformId('1');
 * ```
 */
export const transformId = (id: string): TransformId => id as TransformId;
/**
 * The id of a collection, as a type of its own.
 *
 * @example
 * ```ts
 * import { pcollectionId } from 'strahl/portability';
 * const id = pcollectionId('1');
 * ```
 */
export const pcollectionId = (id: string): PCollectionId => id as PCollectionId;
/**
 * The id of a coder, as a type of its own.
 *
 * @example
 * ```ts
 * import { coderId } from 'strahl/portability';
 * const id = coderId('1');
 * ```
 */
export const coderId = (id: string): CoderId => id as CoderId;
/**
 * The id of a windowing strategy, as a type of its own.
 *
 * @example
 * ```ts
 * import { windowingStrategyId } from 'strahl/portability';
 * const id = windowingStrategyId('1');
 * ```
 */
export const windowingStrategyId = (id: string): WindowingStrategyId => id as WindowingStrategyId;
/**
 * The id of an environment, as a type of its own.
 *
 * @example
 * ```ts
 * import { environmentId } from 'strahl/portability';
 * const id = environmentId('1');
 * ```
 */
export const environmentId = (id: string): EnvironmentId => id as EnvironmentId;
/**
 * The id of a stage, as a type of its own.
 *
 * @example
 * ```ts
 * import { stageId } from 'strahl/portability';
 * const id = stageId('1');
 * ```
 */
export const stageId = (id: string): StageId => id as StageId;
/**
 * The id of a bundle, as a type of its own.
 *
 * @example
 * ```ts
 * import { bundleId } from 'strahl/portability';
 * const id = bundleId('1');
 * ```
 */
export const bundleId = (id: string): BundleId => id as BundleId;
