import type { Components, Transform } from '../model/graph.js';
import type { BundleId, PCollectionId, StageId, TransformId } from '../model/ids.js';
import type { Duration, EventTime, ProcessingTime } from '../model/time.js';
import type { Frame } from '../wire/frames.js';
import type { MetricUpdate } from './bundle-metrics.js';
import type { StateAccess } from './state-access.js';

export type { Distribution, MetricName, MetricUpdate } from './bundle-metrics.js';
export type { BoundedTrie, TriePath } from './bounded-trie.js';
export type { Histogram, HistogramBuckets } from './histogram.js';
export type { SideStateKey } from './side-state-key.js';
export type {
  GroupValuesKey,
  StateAccess,
  StateCell,
  StateKey,
  StatePage,
  StateReader,
  UserStateKey,
} from './state-access.js';

/**
 * How the engine talks to user code, shaped like Beam's Fn API. In one process the calls are plain;
 * for another process they become messages. The engine cannot tell which.
 *
 *   C1. Only thenables are awaited: an in-process bundle of synchronous functions runs in one call.
 *   C2. `process` either answers with everything the bundle decided or rejects, and then nothing of the
 *       bundle is visible anywhere; the engine may send the same input again.
 *   C3. Two bundles of one stage may run at the same time.
 *
 * @example
 * ```ts
 * import type { BundleId, Connection } from 'strahl/portability';
 * const giveUp = (connection: Connection, bundles: readonly BundleId[]): void => {
 *   for (const bundle of bundles) connection.abort(bundle);
 * };
 * ```
 */
export interface Connection {
  /** Compiles the stages. Called once, before the first bundle. */
  register(stages: readonly StageDescriptor[]): void | Promise<void>;
  process(request: BundleRequest): BundleOutcome | Promise<BundleOutcome>;
  /** What a running bundle has done so far; `undefined` once it ended. */
  progress(bundle: BundleId): BundleProgress | undefined | Promise<BundleProgress | undefined>;
  /**
   * Asks a running bundle to give a part of its work back (SDF-3). `undefined`: it has nothing to give, or
   * has ended. What it gives is no longer its own: it must be processed by another bundle, and a repeated
   * try of this one gets only what it kept.
   */
  split(
    bundle: BundleId,
    desired: DesiredSplit,
  ): BundleSplit | undefined | Promise<BundleSplit | undefined>;
  /** Runs the bundle's commit callbacks; sent after its effects are durable. */
  finalize(bundle: BundleId): void | Promise<void>;
  /** Ends a running bundle; its `process` rejects. */
  abort(bundle: BundleId): void;
  /**
   * Merges the accumulators of a lifted combine. The frame holds `KV<key, Iterable<accumulator>>` per
   * group, the answer `KV<key, accumulator>` in the same order; `stage` is the plan's compaction stage.
   */
  mergeAccumulators(stage: StageId, groups: Frame): Frame | Promise<Frame>;
  /**
   * Merges windows by the user's window function, many keys at once. The frame holds
   * `KV<nonce, Iterable<window>>` per key, the answer, in any order, `KV<nonce, KV<Iterable<window>,
   * Iterable<KV<window, Iterable<window>>>>>`: what stays, and what each merged window is made of.
   * `stage` is the plan's merging stage.
   */
  mergeWindows(stage: StageId, windows: Frame): Frame | Promise<Frame>;
  /**
   * Finds the side windows that are read with main windows by the user's function, many at once. The frame
   * holds `KV<nonce, main window>`, the answer, in any order, `KV<nonce, side window>` (SID-1). `stage` is
   * the plan's mapping stage.
   */
  mapWindows(stage: StageId, windows: Frame): Frame | Promise<Frame>;
  /** Tears instances down. `failure`: why the job did not end well, which functions hear by their signal. */
  close(failure?: unknown): void | Promise<void>;
}

/**
 * A fused stage as both sides know it. `components` holds just what the stage needs. Input arrives at
 * transforms of kind `runner-source` and leaves at `runner-sink`; both name the coder of the elements
 * (without the windowed-value wrapper, whose window coder is that of the PCollection's windowing).
 *
 * @example
 * ```ts
 * import type { StageDescriptor } from 'strahl/portability';
 * const namesIn = ({ transforms }: StageDescriptor): readonly string[] =>
 *   transforms.map(({ uniqueName }) => uniqueName);
 * ```
 */
export interface StageDescriptor {
  readonly id: StageId;
  readonly components: Components;
  /** In topological order, sources first, sinks last. */
  readonly transforms: readonly Transform[];
  /**
   * Collections inside the stage whose elements are counted, too, if whoever runs it can. Other SDKs count all of
   * theirs, so a peer is not told.
   */
  readonly counted?: readonly PCollectionId[];
}

/**
 * A bundle to be run.
 *
 * @example
 * ```ts
 * import type { BundleRequest } from 'strahl/portability';
 * const elementsIn = ({ inputs }: BundleRequest): number =>
 *   inputs.flatMap(({ frames }) => frames).reduce((sum, { count }) => sum + count, 0);
 * ```
 */
export interface BundleRequest {
  readonly bundle: BundleId;
  /** 1 for the first try of its input. A peer is not told. */
  readonly attempt?: number;
  readonly stage: StageId;
  readonly inputs: readonly StageFrames[];
  /** Timers that are due, in the order in which they fire; all of them after the elements. */
  readonly timers: readonly TimerFrame[];
  /** Up to when a timer that is set in this bundle fires in it (TMR-4). */
  readonly times: BundleTimes;
  readonly state: StateAccess;
  readonly limits: BundleLimits;
  readonly signal: AbortSignal;
  /** Default: all outputs wait for the end of the bundle. */
  readonly outlet?: FrameOutlet;
}

/**
 * Frames at one `runner-source` or `runner-sink` transform.
 *
 * @example
 * ```ts
 * import type { StageFrames } from 'strahl/portability';
 * const bytesIn = ({ frames }: StageFrames): number =>
 *   frames.reduce((sum, { bytes }) => sum + bytes.length, 0);
 * ```
 */
export interface StageFrames {
  readonly transform: TransformId;
  readonly frames: readonly Frame[];
  /** Of an input: what comes behind `frames` while the bundle runs. */
  readonly supply?: FrameSupply;
}

/** Frames of a running bundle that come one after the other. */
export interface FrameSupply {
  /** The next frame; `undefined` when there is none yet, or none any more. */
  next(): Frame | undefined;
  /** Whether `next` has given the last one. */
  readonly isOver: boolean;
  /** Resolves when there is a frame, or no more will come. */
  arrival(): Promise<void>;
  /** Elements that have come so far. */
  readonly received: number;
}

/**
 * Takes frames of a running bundle before it ends; they are not in its outcome, and count only with it.
 * Who answers with a promise wants no more until it resolves.
 */
export interface FrameOutlet {
  send(sink: TransformId, frames: readonly Frame[]): void | Promise<void>;
  /** Sends on what still waits for more to travel with. */
  flush(): void | Promise<void>;
  /** What was emitted should wait for no longer than this. Default: until a frame is full, or the bundle ends. */
  readonly linger?: Duration;
}

/** A run of timers of one family, each in Beam's timer coder, one after the other. */
export interface TimerFrame {
  readonly transform: TransformId;
  readonly family: string;
  readonly bytes: Uint8Array;
  readonly count: number;
}

/** What the clocks of a stage say while one of its bundles runs. */
export interface BundleTimes {
  /** The input watermark. */
  readonly input: EventTime;
  readonly processing: ProcessingTime;
}

/**
 * A standing split order: `claim()` answers false once one of them is reached.
 *
 * @example
 * ```ts
 * import { duration, type BundleLimits } from 'strahl/portability';
 * const small: BundleLimits = { elements: 100, outputBytes: 1 << 20, time: duration(1_000) };
 * ```
 */
export interface BundleLimits {
  readonly elements: number;
  readonly outputBytes: number;
  readonly time: Duration;
}

/**
 * What a bundle gave.
 *
 * @example
 * ```ts
 * import type { BundleOutcome } from 'strahl/portability';
 * const isUnfinished = ({ residuals }: BundleOutcome): boolean => residuals.length > 0;
 * ```
 */
export interface BundleOutcome {
  readonly outputs: readonly StageFrames[];
  readonly residuals: readonly Residual[];
  /** Timers that the bundle set or cleared; of those of one identity the last one counts (TMR-1). */
  readonly timers: readonly TimerFrame[];
  readonly metrics: readonly MetricUpdate[];
  /** The bundle registered commit callbacks: send `finalize` once it is durable. */
  readonly finalize: boolean;
}

/**
 * The unfinished part of a restriction; it goes back to the stage's input.
 *
 * @example
 * ```ts
 * import type { Residual } from 'strahl/portability';
 * const soonest = (residuals: readonly Residual[]): number =>
 *   Math.min(...residuals.map(({ resumeAfter }) => resumeAfter));
 * ```
 */
export interface Residual {
  readonly transform: TransformId;
  /** Local input name of `transform`. */
  readonly input: string;
  /** One element as it came in: windowed value of the input's coder. */
  readonly element: Frame;
  readonly resumeAfter: Duration;
  /** Below this the rest will emit nothing; holds the stage's output watermark. */
  readonly watermark: EventTime;
  /** Caught up and silent for so long that it no longer holds the watermark (WM-10). */
  readonly idle?: boolean;
}

/** What a runner wants of a split. */
export interface DesiredSplit {
  /** The `runner-source` transform whose elements are split. */
  readonly transform: TransformId;
  /** The part of the remaining work that the bundle keeps, 0…1. 0: it ends as soon as it can. */
  readonly fractionOfRemainder: number;
  /** Elements that were given to the bundle. */
  readonly inputElements: number;
  /** Indexes of elements that may be the first to go back. Default: any. */
  readonly allowedSplitPoints?: readonly number[];
}

/**
 * Where a bundle was split.
 *
 *   P1. The elements up to `lastPrimary` stay, those from `firstResidual` on go back, as they came in.
 *   P2. An element between the two is split itself: `primaries` and `residuals` together are that element
 *       (SDF-2). There are no such parts if `firstResidual` is the next after `lastPrimary`.
 *   P3. `firstResidual` never grows from one split of a bundle to the next.
 */
export interface BundleSplit {
  readonly lastPrimary: number;
  readonly firstResidual: number;
  readonly primaries: readonly Frame[];
  readonly residuals: readonly Residual[];
}

/**
 * How far a running bundle is.
 *
 * @example
 * ```ts
 * import type { BundleProgress } from 'strahl/portability';
 * const hasCounted = ({ metrics }: BundleProgress): boolean =>
 *   metrics.some(({ kind }) => kind === 'element-count');
 * ```
 */
export interface BundleProgress {
  readonly metrics: readonly MetricUpdate[];
  /** Of the input restriction, 0…1; absent when the source cannot tell. */
  readonly fraction?: number;
  /** Transforms with a call that has not answered yet; harnesses of other SDKs do not tell. */
  readonly waiting?: readonly TransformId[];
}
