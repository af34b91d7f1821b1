import type { Boundedness } from '#portability/model/graph.js';
import type {
  FiringBehavior,
  MergeStatus,
  TimestampCombiner,
  WindowFnSpec,
} from '#portability/model/windowing.js';
import type { Duration, EventTime } from '#portability/model/time.js';
import type { TriggerSpec } from '#portability/model/triggers.js';
import type { CalendarSpec } from '../dofn/calendar-spec.js';
import type { CoderChoice } from './coder-choice.js';
import type {
  CombineFnSpec,
  SideShape,
  UserFunction,
  WindowFnFunctions,
} from '../dofn/user-function.js';
import type { ExternalDescription } from './external-description.js';
import type { Site } from './site.js';

/**
 * What the user has described so far. Nodes are frozen except for the two things that a later call may say
 * about the step just made: its name (`named`) and the coder of its output (`withSchema`, `withCoder`).
 */
export interface TransformNode {
  /** Unique among the steps of its scope. */
  name: string;
  /** The composite that it is a part of; absent at the top. */
  readonly parent: TransformNode | undefined;
  readonly site: Site | undefined;
  /** Absent for a composite without a meaning of its own. */
  readonly spec: NodeSpec | undefined;
  /** By local name; side inputs included. */
  readonly inputs: ReadonlyMap<string, CollectionNode>;
  readonly outputs: Map<string, CollectionNode>;
  readonly children: TransformNode[];
}

export interface CollectionNode {
  readonly producer: TransformNode;
  /** Local name of the output of `producer`. */
  readonly output: string;
  readonly boundedness: Boundedness;
  readonly windowing: Windowing;
  coder: CoderChoice;
}

/** What a step does, without a word of its wire form. */
export type NodeSpec =
  | { readonly kind: 'impulse' | 'group-by-key' | 'flatten' | 'reshuffle' }
  | { readonly kind: 'create'; readonly values: readonly unknown[] }
  | {
      readonly kind: 'test-stream';
      readonly events: readonly ScriptedEvent[];
      /** Set if a test gives the events one by one: is told how its elements are encoded. */
      readonly driven?: (encode: (value: unknown) => Uint8Array) => void;
    }
  | { readonly kind: 'sequence'; readonly from: number; readonly to: number }
  | {
      readonly kind: 'par-do';
      readonly fn: UserFunction;
      readonly sides: Readonly<Record<string, SideShape>>;
      /** Of a splittable function: the coder of its restrictions. */
      readonly restriction?: CoderChoice;
    }
  | { readonly kind: 'window-into' }
  | {
      readonly kind: 'combine-per-key' | 'combine-grouped-values';
      readonly fn: CombineFnSpec;
      readonly accumulator: CoderChoice;
    }
  | { readonly kind: 'redistribute'; readonly byKey: boolean; readonly allowDuplicates: boolean }
  | { readonly kind: 'external'; readonly external: ExternalDescription };

/** One event of a test stream, its elements not yet encoded. */
export type ScriptedEvent =
  | {
      readonly kind: 'elements';
      readonly elements: readonly { readonly value: unknown; readonly timestamp: EventTime }[];
    }
  | { readonly kind: 'watermark'; readonly time: EventTime }
  | { readonly kind: 'processing-time'; readonly advance: Duration };

/** A custom window function with what its windows are encoded with. */
export interface CustomWindowFn {
  readonly kind: 'custom';
  readonly fn: WindowFnFunctions;
  readonly window: CoderChoice;
}

/** Windows of the calendar; the spec says all of them. */
export type CalendarWindowFn = CalendarSpec & { readonly kind: 'calendar' };

export type WindowFnChoice =
  Exclude<WindowFnSpec, { kind: 'custom' }> | CalendarWindowFn | CustomWindowFn;

/** A windowing strategy as the user described it. */
export interface Windowing {
  readonly windowFn: WindowFnChoice;
  readonly mergeStatus: MergeStatus;
  readonly trigger: TriggerSpec;
  readonly accumulation: 'discarding' | 'accumulating';
  readonly timestampCombiner: TimestampCombiner;
  readonly closing: FiringBehavior;
  readonly onTime: FiringBehavior;
  readonly allowedLateness: Duration;
  /** Of a custom window function: the step that brought it in, by which its functions are found. */
  readonly step?: TransformNode;
}

/** Scope names joined by `/`. */
export function pathOfNode(node: TransformNode): string {
  return node.parent === undefined ? node.name : `${pathOfNode(node.parent)}/${node.name}`;
}
