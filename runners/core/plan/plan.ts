import type { ElementCoder } from '#portability/coders/coder.js';
import type { StageDescriptor } from '#portability/fnapi/connection.js';
import type { StageId, TransformId } from '#portability/model/ids.js';
import type { TestStreamEvent, TimeDomain } from '#portability/model/transform-spec.js';
import type { Window } from '#portability/model/windows.js';
import type { Duration, EventTime } from '#portability/model/time.js';
import type { WindowingStrategy } from '#portability/model/windowing.js';
import type { Segment } from './segment.js';
import type { Frame } from '#portability/wire/frames.js';

declare const edgeName: unique symbol;
/** A way from one stage to another. */
export type EdgeId = string & { readonly [edgeName]: true };

export const edgeId = (id: string): EdgeId => id as EdgeId;

/**
 * What a job will do: stages and the edges between them. Made once from the decoded graph, frozen, and
 * the same on every run. The engine reads only this and the bytes of elements.
 *
 *   P1. `stages` is in topological order; edges lead from earlier to later stages only.
 *   P2. Every edge has one producer and one consumer; an output consumed twice has two edges.
 *   P3. All producers of a flattened input write with the same coder.
 *
 * @internal
 */
export interface Plan {
  readonly stages: readonly PlannedStage[];
  readonly edges: ReadonlyMap<EdgeId, Edge>;
  /** Stages of user code that are no part of the flow: those that merge accumulators or truncate. */
  readonly compactions: readonly StageDescriptor[];
  /** What runs in one task, if the job has several; upstream first. */
  readonly segments: readonly Segment[];
}

/**
 * Where the elements of an edge go once a job has several tasks.
 *
 *   local        stays in the task
 *   shuffle      to the owner of the key, or to one task where there is none
 *   round-robin  to any one task, where the point is to spread them
 *   broadcast    to every task
 *   forward      to the same partition of another segment
 */
export type EdgeMode = 'local' | 'shuffle' | 'round-robin' | 'broadcast' | 'forward';

/** Finds where something encoded ends. */
export type ElementEnd = Pick<ElementCoder<unknown>, 'skip'>;

export interface Edge {
  readonly id: EdgeId;
  readonly from: StageId;
  readonly to: StageId;
  /** Where elements go once the job has several tasks. */
  readonly mode: EdgeMode;
  readonly windowCoder: ElementCoder<Window>;
  /** Of a keyed edge: finds where the key ends. Elements are `KV<key, value>`. */
  readonly keyCoder?: ElementCoder<unknown>;
  /** Finds where an element ends. */
  readonly elementCoder: ElementEnd;
}

/** A step of the user's pipeline, for errors, metrics and `explain`. */
export interface PlannedStep {
  readonly transform: TransformId;
  readonly name: string;
  readonly site?: string;
}

interface StageBase {
  readonly id: StageId;
  /** As users see it: the names of its steps. */
  readonly name: string;
  readonly steps: readonly PlannedStep[];
  readonly inputs: readonly EdgeId[];
}

/** Emits one empty byte string at TIMESTAMP_MIN in the global window, then is done. */
export interface ImpulseStage extends StageBase {
  readonly kind: 'impulse';
  readonly outputs: readonly EdgeId[];
}

/** One output of a scripted source: plays its events one by one, each when the whole job is quiet. */
export interface TestStreamStage extends StageBase {
  readonly kind: 'test-stream';
  readonly script: readonly TestEvent[];
  /** Set if the events come one by one instead. */
  readonly driven?: {
    readonly stream: TransformId;
    /** What an event is to this output. @throws STRAHL-1003 for an element that its coder does not read */
    readonly read: (event: TestStreamEvent, position: number) => TestEvent;
  };
  readonly outputs: readonly EdgeId[];
}

export type TestEvent = {
  /** Among the events of all outputs of the stream. */
  readonly position: number;
} & (
  | { readonly kind: 'elements'; readonly frames: readonly Frame[] }
  | { readonly kind: 'watermark'; readonly time: EventTime }
  | { readonly kind: 'processing-time'; readonly advance: Duration }
  /** Means another output. */
  | { readonly kind: 'pass' }
  | { readonly kind: 'end' }
);

/** User code, run through the `Connection`. */
interface UserStageBase extends StageBase {
  readonly descriptor: StageDescriptor;
  /** The `runner-source` transform that all input edges lead to. */
  readonly source: TransformId;
  readonly outputs: readonly StageOutput[];
  readonly sideInputs: readonly SideInputUse[];
}

/** Fused user code that depends on nothing but the element that it is given. */
export interface ExecutableStage extends UserStageBase {
  readonly kind: 'executable';
  /**
   * `restrictions`: the root processes sized restrictions, so its input does not hold the input
   * watermark; each restriction holds the output watermark instead.
   */
  readonly input: 'elements' | 'restrictions';
  /** Whether the restrictions of the root can ever be unbounded. */
  readonly boundedness: 'bounded' | 'unbounded';
  /** The restrictions go on only as long as somebody may read what they make as a side input. */
  readonly refreshes?: boolean;
  /** The stage that says what is left to do of a restriction when the job is drained (SDF-1). */
  readonly truncation?: {
    readonly stage: StageId;
    readonly source: TransformId;
    /** The same side inputs as those of the step that it truncates for. */
    readonly sideInputs: readonly SideInputUse[];
  };
}

/** The one among them whose root processes restrictions. */
export type RestrictionStage = ExecutableStage & { readonly input: 'restrictions' };

export function isRestrictionStage(stage: PlannedStage): stage is RestrictionStage {
  return stage.kind === 'executable' && stage.input === 'restrictions';
}

/** Fused user code whose root keeps state or timers by key and window. */
export interface StatefulStage extends UserStageBase {
  readonly kind: 'stateful';
  /** The transform that names the states and timer families. */
  readonly root: TransformId;
  /** Of the input. */
  readonly windowing: WindowingStrategy;
  readonly states: ReadonlyMap<string, StateProtocol>;
  /** Where a value under a key of a map or multimap ends, by state; absent where only SDKs know. */
  readonly mapValues: ReadonlyMap<string, ElementEnd>;
  readonly families: ReadonlyMap<string, TimeDomain>;
  /** The family whose timer is due when a window ends that held something (TMR-11). */
  readonly expiration?: string;
  /** Whether each key is given its elements in the order of their times (SRT-1). */
  readonly timeSorted: boolean;
}

/** How the cells of a state are reached (STA-2). */
export type StateProtocol = 'bag' | 'multimap' | 'ordered-list';

/** Stages that run user code. */
export type UserStage = ExecutableStage | StatefulStage;

/** Whether a stage runs user code. */
export function isUserStage(stage: PlannedStage): stage is UserStage {
  return stage.kind === 'executable' || stage.kind === 'stateful';
}

/** A source has no elements behind it: running it makes work instead of finishing some. */
export function isSource(stage: PlannedStage): boolean {
  return (
    stage.kind === 'impulse' || (stage.kind === 'executable' && stage.input === 'restrictions')
  );
}

/** A `runner-sink` transform and the edges that its frames go to; the same frames on each. */
export interface StageOutput {
  readonly sink: TransformId;
  readonly edges: readonly EdgeId[];
}

/** A side input as the reading transform names it, and the view that fills it. */
export interface SideInputUse {
  readonly transform: TransformId;
  readonly name: string;
  readonly view: StageId;
  readonly mapping: WindowMapping;
  /** How long after its end a side window may still be asked for (SID-6). */
  readonly mainLateness: Duration;
}

/** From a main window to the side window that is read with it. */
export type WindowMapping =
  | { readonly kind: 'global' }
  /** The side's own window function applied to the main window's last timestamp. */
  | { readonly kind: 'window-fn'; readonly windowing: WindowingStrategy }
  /** What `Connection.mapWindows` answers from this stage. */
  | { readonly kind: 'user'; readonly stage: StageId };

/** Groups by key and window and emits panes, in the engine. */
export interface GroupingStage extends StageBase {
  readonly kind: 'grouping';
  readonly windowing: WindowingStrategy;
  /** False for a view: the whole element is the value and the key is empty. */
  readonly keyed: boolean;
  /** Set under a lifted combine: values are accumulators that this stage merges. */
  readonly compaction?: StageId;
  /** Finds where an element ends that the compaction answers. */
  readonly merged?: ElementEnd;
  /** Each value stands behind the number of elements it stands for, a varint; it is kept without. */
  readonly counted: boolean;
  /** Set where windows are merged by the user's function: the stage that `Connection.mergeWindows` calls. */
  readonly merging?: StageId;
  readonly outputs: readonly EdgeId[];
}

/** Passes elements on unchanged; it only separates what is before it from what is after it. */
export interface ReshuffleStage extends StageBase {
  readonly kind: 'reshuffle';
  readonly outputs: readonly EdgeId[];
}

/** Keeps the latest pane of each side window for its readers. Its input is a grouping without keys. */
export interface ViewStage extends StageBase {
  readonly kind: 'view';
  readonly windowing: WindowingStrategy;
  /** Finds where an element ends: readers get whole elements. Absent: all that they ask for at once. */
  readonly element?: ElementEnd;
  /** Where the parts of an element end, if the elements are pairs: these may be looked up by their keys. */
  readonly pair?: { readonly key: ElementEnd; readonly value: ElementEnd };
}

/**
 * A stage of a plan, of whichever kind.
 *
 * @internal
 */
export type PlannedStage =
  ImpulseStage | TestStreamStage | UserStage | GroupingStage | ReshuffleStage | ViewStage;
