/**
 * `strahl/portability`: for authors of runners and tools. Graphs and their bytes, coders by URN, and the
 * interface behind which user code runs.
 *
 * @experimental
 * @packageDocumentation
 */
export { isStrahlError, StrahlError } from './errors.js';
export type { ErrorClass, ErrorCode, ErrorDetails, ErrorKey } from './errors.js';

export type {
  Artifact,
  Boundedness,
  CoderSpec,
  Components,
  Environment,
  Graph,
  PCollection,
  Transform,
} from './model/graph.js';
export { siteOf } from './model/graph.js';
export { functionSpec } from './model/function-spec.js';
export type { FunctionSpec } from './model/function-spec.js';
export {
  bundleId,
  coderId,
  environmentId,
  pcollectionId,
  stageId,
  transformId,
  windowingStrategyId,
} from './model/ids.js';
export type {
  BundleId,
  CoderId,
  EnvironmentId,
  PCollectionId,
  StageId,
  TransformId,
  WindowingStrategyId,
} from './model/ids.js';
export { duration, GLOBAL_WINDOW_END, TIMESTAMP_MAX, TIMESTAMP_MIN } from './model/time.js';
export type { Duration, EventTime, ProcessingTime } from './model/time.js';
export { NO_FIRING } from './model/panes.js';
export type { Pane, PaneTiming } from './model/panes.js';
export type {
  CombineSpec,
  ParDoSpec,
  SideInputSpec,
  SplittableStep,
  StateSpec,
  TimeDomain,
  TransformSpec,
} from './model/transform-spec.js';
export type { TimestampTransform, TriggerSpec } from './model/triggers.js';
export type {
  Accumulation,
  FiringBehavior,
  MergeStatus,
  TimestampCombiner,
  WindowFnSpec,
  WindowingStrategy,
} from './model/windowing.js';
export { GLOBAL_WINDOW, intervalWindow } from './model/windows.js';
export type { CustomWindow, GlobalWindow, IntervalWindow, Window } from './model/windows.js';

export { decodeGraph, encodeGraph } from './proto/pipeline-proto.js';
export { readTransformSpec, writeTransformSpec } from './proto/transform-spec.js';
export { readWindowFn, writeWindowFn } from './proto/window-fn.js';

export type { ElementCoder } from './coders/coder.js';
export { CoderRegistry } from './coders/registry.js';
export type { CoderExtension } from './coders/registry.js';
export type { Frame } from './wire/frames.js';
export { ByteReader } from './wire/reader.js';
export { ByteWriter } from './wire/writer.js';

export type {
  BundleLimits,
  BundleOutcome,
  BoundedTrie,
  BundleProgress,
  BundleRequest,
  Connection,
  Distribution,
  Histogram,
  HistogramBuckets,
  MetricName,
  MetricUpdate,
  Residual,
  StageDescriptor,
  StageFrames,
  StateCell,
  StateKey,
  StatePage,
  StateReader,
  TriePath,
} from './fnapi/connection.js';
