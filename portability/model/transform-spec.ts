import type { FunctionSpec } from './function-spec.js';
import type { CoderId } from './ids.js';
import type { Boundedness } from './graph.js';
import type { Duration, EventTime } from './time.js';
import type { WindowFnSpec } from './windowing.js';

/** How a step reads a side input. */
export interface SideInputSpec {
  /** `beam:side_input:iterable:v1` or `beam:side_input:multimap:v1`. */
  readonly accessPattern: FunctionSpec;
  readonly viewFn: FunctionSpec;
  readonly windowMappingFn: FunctionSpec;
}

/** The clock that a timer goes by. */
export type TimeDomain = 'event-time' | 'processing-time';

/** A state cell that a step keeps by key and window. */
export type StateSpec =
  | { readonly kind: 'value'; readonly coderId: CoderId }
  | { readonly kind: 'bag'; readonly coderId: CoderId }
  /** `asBag`: its SDK keeps the elements in a bag. */
  | { readonly kind: 'set'; readonly coderId: CoderId; readonly asBag?: true }
  | { readonly kind: 'ordered-list'; readonly coderId: CoderId }
  | { readonly kind: 'combining'; readonly coderId: CoderId; readonly combineFn: FunctionSpec }
  | { readonly kind: 'map'; readonly keyCoderId: CoderId; readonly valueCoderId: CoderId }
  | { readonly kind: 'multimap'; readonly keyCoderId: CoderId; readonly valueCoderId: CoderId };

/** A step that calls a function for each element. */
export interface ParDoSpec {
  readonly kind: 'par-do';
  readonly doFn: FunctionSpec;
  /** By the local name that `Transform.inputs` uses too. */
  readonly sideInputs: ReadonlyMap<string, SideInputSpec>;
  readonly stateSpecs: ReadonlyMap<string, StateSpec>;
  readonly timerFamilies: ReadonlyMap<
    string,
    { readonly domain: TimeDomain; readonly coderId: CoderId }
  >;
  /** Set on a splittable function only. */
  readonly restrictionCoderId?: CoderId;
  readonly requestsFinalization: boolean;
  readonly requiresTimeSortedInput: boolean;
  readonly requiresStableInput: boolean;
  readonly onWindowExpirationTimerFamily?: string;
}

/** A combine, whole or one of the parts that it is lifted into. */
export interface CombineSpec<Kind extends string> {
  readonly kind: Kind;
  readonly combineFn: FunctionSpec;
  readonly accumulatorCoderId: CoderId;
}

/** The parts that a splittable step is expanded into. */
export type SplittableStep =
  'sdf-pair-with-restriction' | 'sdf-split-and-size' | 'sdf-process-sized' | 'sdf-truncate';

/** One thing that a scripted source does; elements and watermarks are those of the output `tag`. */
export type TestStreamEvent =
  | { readonly kind: 'elements'; readonly tag: string; readonly elements: readonly TestElement[] }
  | { readonly kind: 'watermark'; readonly tag: string; readonly time: EventTime }
  | { readonly kind: 'processing-time'; readonly advance: Duration };

export interface TestElement {
  /** In the coder's outer context. */
  readonly bytes: Uint8Array;
  readonly timestamp: EventTime;
}

/** The endpoint of a stream whose events a test gives one by one, in the process of the runner. */
export const DRIVEN_ENDPOINT = 'strahl:driven';

/** A source that follows a script, for tests. */
export interface TestStreamSpec {
  readonly kind: 'test-stream';
  readonly coderId: CoderId;
  readonly events: readonly TestStreamEvent[];
  /** Where a service gives the events instead. */
  readonly endpoint?: string;
}

/** The typed view of `Transform.spec`, discriminated by `kind`. */
export type TransformSpec =
  | ParDoSpec
  | { readonly kind: SplittableStep; readonly parDo: ParDoSpec }
  | { readonly kind: 'impulse' | 'group-by-key' | 'flatten' | 'reshuffle' }
  | { readonly kind: 'composite' }
  | TestStreamSpec
  | { readonly kind: 'window-into'; readonly windowFn: WindowFnSpec }
  | { readonly kind: 'read'; readonly source: FunctionSpec; readonly boundedness: Boundedness }
  | { readonly kind: 'redistribute'; readonly byKey: boolean; readonly allowDuplicates: boolean }
  | CombineSpec<'combine-per-key'>
  | CombineSpec<'combine-globally'>
  | CombineSpec<'combine-precombine'>
  | CombineSpec<'combine-merge-accumulators'>
  | CombineSpec<'combine-extract-outputs'>
  | CombineSpec<'combine-convert-to-accumulators'>
  | CombineSpec<'combine-grouped-values'>
  | { readonly kind: 'map-windows' | 'merge-windows'; readonly windowFn: FunctionSpec }
  | { readonly kind: 'runner-source' | 'runner-sink'; readonly coderId: CoderId }
  | { readonly kind: 'unknown'; readonly spec: FunctionSpec };
