export { pipeline, type NoOptions, type Pipeline, type RunOptions } from './pipeline.js';
export type { Job, JobChange, JobResult } from './result.js';
export type { MetricFilter, MetricsView, StepMetric } from './metrics-view.js';
export type {
  Cause,
  Explanation,
  ExplainQuery,
  JobHealth,
  JobProgress,
  JobState,
  Runner,
  StageHealth,
} from './runner.js';
export type { Root } from './collections/root.js';
export type { Keyed, PCollection } from './collections/pcollection.js';
export type { Bound, Win } from './collections/boundedness.js';
export type { Attempted, Reified, SplitCollections } from './collections/element-methods.js';
export type { CombineOptions, GlobalCombineOptions } from './collections/group-methods.js';
export type {
  BatchOptions,
  CacheOptions,
  EnrichOptions,
  RequestOptions,
} from './collections/request-methods.js';
export type { RequestContext } from './requests/request-policy.js';
export type { BatchSizes } from './transforms/stateful/batches.js';
export type { DeduplicateOptions } from './transforms/stateful/deduplicate.js';
export type { GroupIntoBatchesOptions } from './transforms/stateful/group-into-batches.js';
export type { SetOptions } from './collections/set-methods.js';
export type { RedistributeOptions } from './collections/graph-methods.js';
export type { WithSides } from './collections/with-sides.js';
export type { Failed, Out, Tagged } from './collections/split-outputs.js';
export type { Step } from './collections/step-options.js';
export type { Side, Sides, SideValues } from './collections/side.js';
export type { Source } from './collections/source.js';
export type { Sink, Written } from './collections/sink.js';
export type { Coder, KeyCoder } from './coder.js';
export type { CombineFn, Combined, CombinedOrNothing } from './combine-fn.js';
export type { DurationLike } from './duration.js';
export type { TriggerOptions, WindowOptions } from './graph/windowing.js';
export type {
  BundleCallback,
  BundleContext,
  CommitOptions,
  Context,
  DoFn,
  Emits,
  Group,
  Key,
  KV,
  Logger,
  Metrics,
  Stamped,
  TimeLike,
} from './dofn/dofn.js';
export { stamp } from './dofn/stamped.js';
export { eventTime } from './event-time.js';
export {
  GLOBAL_WINDOW_END,
  TIMESTAMP_MAX,
  TIMESTAMP_MIN,
  type EventTime,
} from '#portability/model/time.js';
export type { Pane } from '#portability/model/panes.js';
export type { Window } from '#portability/model/windows.js';
export { StrahlError, isStrahlError, type ErrorCode } from '#portability/errors.js';
export {
  combineFn,
  count,
  max,
  mean,
  min,
  sum,
  toList,
  toMap,
  toSet,
} from './transforms/combining/combiners.js';
export { bottom, sample, sampleAny, top } from './transforms/combining/selections.js';
export { approxDistinct, type DistinctOptions } from './transforms/combining/approx-distinct.js';
export { approxQuantiles } from './transforms/combining/approx-quantiles.js';
export { approxTop } from './transforms/combining/approx-top.js';
export { calendar, type CalendarOptions } from './transforms/windowing/calendar.js';
export {
  fixed,
  globalWindow,
  sessions,
  sliding,
  windowFn,
  type WindowFn,
  type MergedWindow,
  type WindowFnDescription,
} from './transforms/windowing/windows.js';
export {
  afterCount,
  afterProcessingTime,
  afterSynchronizedProcessingTime,
  afterWatermark,
  allOf,
  always,
  anyOf,
  defaultTrigger,
  eachElement,
  every,
  inOrder,
  never,
  repeat,
} from './transforms/windowing/triggers.js';
export type { Trigger, WatermarkTrigger } from './transforms/windowing/trigger.js';
export type { WatchOptions } from './transforms/reading/watch.js';
export { lookAt } from './transforms/look-at.js';
export type { RefreshOptions } from './transforms/refresh.js';
export { source, type SourceDescription } from './transforms/reading/source.js';
export type { RestrictionOptions, SplittableDescription } from './transforms/reading/splittable.js';
export { growableRange, offsetRange, type OffsetRange } from './dofn/offset-tracker.js';
export { tracker, type TrackerFunctions } from './dofn/user-tracker.js';
export type { Progress, Tracker } from './dofn/restriction-tracker.js';
export type { InitialContext, ReadContext } from './dofn/source.js';
export type { SplittableContext } from './dofn/splittable.js';
export {
  watermarkEstimator,
  type WatermarkEstimatorFunctions,
  type WatermarkRule,
} from './dofn/watermark-estimator.js';
export { coGroupByKey, type CoGrouped } from './transforms/joining/co-group-by-key.js';
export { external } from './transforms/external/external.js';
export type {
  ConfigValue,
  ExpansionService,
  ExternalOptions,
} from './transforms/external/external-options.js';
export type {
  ExternalComposite,
  ExternalOutputs,
  ExternalTransform,
} from './collections/external-collections.js';
export { offerTransform, type OfferedTransform } from './expansion/offered-transform.js';
export {
  managed,
  type Managed,
  type ManagedConfig,
  type ManagedConnector,
  type ManagedOptions,
} from './transforms/external/managed.js';
export { pythonSource, type PythonSource } from './transforms/external/python-source.js';
export type { Infer, Schema } from './schema/schema.js';
export { s, type Fields, type RowOf, type SchemaBuilder } from './schema/s.js';
export type { DefaultSchema, OptionalSchema, TypeSchema } from './schema/type-schema.js';
export { bytes, json, utf8, type Codec } from './schema/codec.js';
export { keyCoder } from './schema/key-coder.js';
export { regex, type Regex, type TextTransform } from './transforms/regex.js';
export {
  bag,
  combining,
  mapOf,
  multimapOf,
  orderedList,
  setOf,
  value,
} from './transforms/stateful/states.js';
export {
  eventTimer,
  eventTimerFamily,
  processingTimer,
  processingTimerFamily,
} from './transforms/stateful/timers.js';
export type {
  BagState,
  CombiningState,
  MapState,
  MultimapState,
  OrderedListState,
  SetState,
  State,
  ValueState,
} from './dofn/state.js';
export type {
  FiredTimer,
  Timer,
  TimerDeclaration,
  TimerFamily,
  TimerOptions,
} from './dofn/timers.js';
export type {
  ExpirationContext,
  StatefulContext,
  StatefulFn,
  StateHandles,
  TimerContext,
  TimerHandles,
} from './dofn/stateful.js';
