/**
 * Names of the things a pipeline and a job are made of. Each is its own type, so that a transform id
 * cannot be given where a PCollection id is meant. All ids of a `Graph` are local to that graph.
 */
declare const name: unique symbol;
type Id<Kind extends string> = string & { readonly [name]: Kind };

export type TransformId = Id<'transform'>;
export type PCollectionId = Id<'pcollection'>;
export type CoderId = Id<'coder'>;
export type WindowingStrategyId = Id<'windowing-strategy'>;
export type EnvironmentId = Id<'environment'>;
/** A fused stage of a plan. */
export type StageId = Id<'stage'>;
/** One bundle: a stage and its elements, the unit of retry. */
export type BundleId = Id<'bundle'>;

export const transformId = (id: string): TransformId => id as TransformId;
export const pcollectionId = (id: string): PCollectionId => id as PCollectionId;
export const coderId = (id: string): CoderId => id as CoderId;
export const windowingStrategyId = (id: string): WindowingStrategyId => id as WindowingStrategyId;
export const environmentId = (id: string): EnvironmentId => id as EnvironmentId;
export const stageId = (id: string): StageId => id as StageId;
export const bundleId = (id: string): BundleId => id as BundleId;
