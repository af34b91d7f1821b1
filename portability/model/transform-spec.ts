import type { FunctionSpec } from './function-spec.js';
import type { CoderId } from './ids.js';
import type { Boundedness } from './graph.js';
import type { Duration, EventTime } from './time.js';
import type { WindowFnSpec } from './windowing.js';

/**
 * How a step reads a side input.
 *
 * @example
 * ```ts
 * import type { ParDoSpec, SideInputSpec } from 'strahl/portability';
 * const isMap = ({ accessPattern }: SideInputSpec): boolean =>
 *   accessPattern.urn === 'beam:side_input:multimap:v1';
 * const mapsOf = ({ sideInputs }: ParDoSpec) => [...sideInputs.values()].filter(isMap);
 * ```
 */
export interface SideInputSpec {
  /** `beam:side_input:iterable:v1` or `beam:side_input:multimap:v1`. */
  readonly accessPattern: FunctionSpec;
  readonly viewFn: FunctionSpec;
  readonly windowMappingFn: FunctionSpec;
}

/**
 * The clock that a timer goes by.
 *
 * @example
 * ```ts
 * import type { ParDoSpec, TimeDomain } from 'strahl/portability';
 * const domains = ({ timerFamilies }: ParDoSpec): ReadonlySet<TimeDomain> =>
 *   new Set([...timerFamilies.values()].map(({ domain }) => domain));
 * ```
 */
export type TimeDomain = 'event-time' | 'processing-time';

/**
 * A state cell that a step keeps by key and window.
 *
 * @example
 * ```ts
 * import { coderId, type StateSpec } from 'strahl/portability';
 * const visits: StateSpec = {
 *   kind: 'map',
 *   keyCoderId: coderId('text'),
 *   valueCoderId: coderId('number'),
 * };
 * ```
 */
export type StateSpec =
  | { readonly kind: 'value'; readonly coderId: CoderId }
  | { readonly kind: 'bag'; readonly coderId: CoderId }
  /** `asBag`: its SDK keeps the elements in a bag. */
  | { readonly kind: 'set'; readonly coderId: CoderId; readonly asBag?: true }
  | { readonly kind: 'ordered-list'; readonly coderId: CoderId }
  | { readonly kind: 'combining'; readonly coderId: CoderId; readonly combineFn: FunctionSpec }
  | { readonly kind: 'map'; readonly keyCoderId: CoderId; readonly valueCoderId: CoderId }
  | { readonly kind: 'multimap'; readonly keyCoderId: CoderId; readonly valueCoderId: CoderId };

/**
 * A step that calls a function for each element.
 *
 * @example
 * ```ts
 * import { readTransformSpec, type ParDoSpec, type Transform } from 'strahl/portability';
 * const parDoOf = (transform: Transform): ParDoSpec | undefined => {
 *   const spec = readTransformSpec(transform);
 *   return spec.kind === 'par-do' ? spec : undefined;
 * };
 * ```
 */
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

/**
 * A combine, whole or one of the parts that it is lifted into.
 *
 * @example
 * ```ts
 * import { coderId, functionSpec, type CombineSpec } from 'strahl/portability';
 * const sums: CombineSpec<'combine-per-key'> = {
 *   kind: 'combine-per-key',
 *   combineFn: functionSpec('example:sum:v1'),
 *   accumulatorCoderId: coderId('numbers'),
 * };
 * ```
 */
export interface CombineSpec<Kind extends string> {
  readonly kind: Kind;
  readonly combineFn: FunctionSpec;
  readonly accumulatorCoderId: CoderId;
}

/**
 * The parts that a splittable step is expanded into.
 *
 * @example
 * ```ts
 * import type { SplittableStep } from 'strahl/portability';
 * const steps: readonly SplittableStep[] = [
 *   'sdf-pair-with-restriction',
 *   'sdf-split-and-size',
 *   'sdf-process-sized',
 * ];
 * ```
 */
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

/**
 * The typed view of `Transform.spec`, discriminated by `kind`.
 *
 * @example
 * ```ts
 * import { readTransformSpec, type Graph, type TransformSpec } from 'strahl/portability';
 * const kindsOf = ({ components }: Graph): readonly TransformSpec['kind'][] =>
 *   [...components.transforms.values()].map((transform) => readTransformSpec(transform).kind);
 * ```
 */
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
