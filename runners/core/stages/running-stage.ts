import type { Connection, MetricUpdate } from '#portability/fnapi/connection.js';
import type { BundleId } from '#portability/model/ids.js';
import type { ProcessingTime } from '#portability/model/time.js';
import type { Frame } from '#portability/wire/frames.js';
import type { BundlePolicy } from '../bundle-policy.js';
import type { Env } from '../env.js';
import type { Edge, EdgeId, PlannedStage } from '../plan/plan.js';
import type { MemoryBudget } from '../spill/memory-budget.js';
import type { Spillable } from '../spill/spillable.js';
import type { Bound, Watermarks } from '../time/watermarks.js';

/** What a stage may do to the task around it. */
export interface StageHost {
  readonly env: Env;
  readonly connection: Connection;
  readonly policy: BundlePolicy;
  readonly signal: AbortSignal;
  /** What the stages of the job may hold; who takes something in says so. */
  readonly memory: MemoryBudget;
  deliver(edge: EdgeId, frames: readonly Frame[]): void;
  /** Counts metrics of a try; committed ones are those of the final result. */
  count(metrics: readonly MetricUpdate[], kind: 'attempted' | 'committed'): void;
  /** Runs the bundle's commit callbacks; their end is awaited before the job ends. */
  finalize(bundle: BundleId): void;
  /** Something happened outside of a step: the stage may be ready now. */
  readonly wake: () => void;
}

/**
 * A planned stage and its state in this task.
 *
 *   S1. `step` is called only when `isReady`. While an earlier step is under way only a stage that runs
 *       several bundles at a time is ready.
 *   S2. A step either changes all that it decided or, if it throws, nothing but its own attempt.
 *   S3. Whatever could still lead to an element below a time is a bound at or below that time.
 */
export interface RunningStage {
  readonly planned: PlannedStage;
  readonly watermarks: Watermarks;
  /** Elements and restrictions that wait. */
  readonly pendingElements: number;
  readonly pendingBytes: number;
  /** The bundle that user code is running. */
  readonly running: BundleId | undefined;
  /** All bundles that run, where there may be several. */
  readonly bundles?: readonly BundleId[];
  /** Since when user code runs the bundle; absent where no user code runs. */
  readonly runningSince?: ProcessingTime | undefined;
  /** Bytes that the stage keeps beside what waits: groups, panes, cells, timers. */
  readonly stateBytes?: number;
  /** Elements per window that came too late for it. */
  readonly droppedAsLate?: number;
  /** When delayed work may go on; `undefined` if there is none. */
  readonly resumeAt: ProcessingTime | undefined;
  /** The first time of the clock that something here waits for, or did and is not over. Default: `resumeAt`. */
  readonly pendingOnClock?: ProcessingTime | undefined;
  receive(edge: Edge, frames: readonly Frame[], now: ProcessingTime): void;
  /** What keeps the input watermark. */
  pendingBounds(): readonly Bound[];
  /** What keeps the output watermark, beside the input watermark. */
  holds(): readonly Bound[];
  /** `isIdle`: nothing else can run, so that also what had better wait until then may be done. */
  isReady(now: ProcessingTime, isIdle?: boolean): boolean;
  step(host: StageHost): void | Promise<void>;
  /** Called when the input watermark, or what the stage reads beside its input, has moved. */
  moved(): void;
  /** Asks a bundle that runs to give a part of its work to whoever is idle (SDF-3). */
  share?(host: StageHost): void;
  /** What the stage holds that may leave memory. */
  spillables?(): Iterable<Spillable>;
  /**
   * DRN-1: takes in nothing more from outside. What is unbounded and unfinished is cut off where it is,
   * also what arrives or comes back later; what is bounded is finished. Only stages with something to
   * cut off have it.
   */
  drain?(): void;
}
