import type { Components, Transform } from '../model/graph.js';
import type { BundleId, StageId, TransformId } from '../model/ids.js';
import type { Duration, EventTime } from '../model/time.js';
import type { Frame } from '../wire/frames.js';

/**
 * How the engine talks to user code, shaped like Beam's Fn API. In one process the calls are plain;
 * for another process they become messages. The engine cannot tell which.
 *
 *   C1. Only thenables are awaited: an in-process bundle of synchronous functions runs in one call.
 *   C2. `process` either answers with everything the bundle decided or rejects, and then nothing of the
 *       bundle is visible anywhere; the engine may send the same input again.
 *   C3. Two bundles of one stage may run at the same time.
 */
export interface Connection {
  /** Compiles the stages. Called once, before the first bundle. */
  register(stages: readonly StageDescriptor[]): void | Promise<void>;
  process(request: BundleRequest): BundleOutcome | Promise<BundleOutcome>;
  /** What a running bundle has done so far; `undefined` once it ended. */
  progress(bundle: BundleId): BundleProgress | undefined | Promise<BundleProgress | undefined>;
  /** Runs the bundle's commit callbacks; sent after its effects are durable. */
  finalize(bundle: BundleId): void | Promise<void>;
  /** Ends a running bundle; its `process` rejects. */
  abort(bundle: BundleId): void;
  /**
   * Merges the accumulators of a lifted combine. The frame holds `KV<key, Iterable<accumulator>>` per
   * group, the answer `KV<key, accumulator>` in the same order; `stage` is the plan's compaction stage.
   */
  mergeAccumulators(stage: StageId, groups: Frame): Frame | Promise<Frame>;
  /** Maps main windows to side windows by the user's function, encoded, in order. */
  mapWindows(
    stage: StageId,
    transform: TransformId,
    sideInput: string,
    windows: readonly Uint8Array[],
  ): readonly Uint8Array[] | Promise<readonly Uint8Array[]>;
  /** Tears instances down. `failure`: why the job did not end well, which functions hear by their signal. */
  close(failure?: unknown): void | Promise<void>;
}

/**
 * A fused stage as both sides know it. `components` holds just what the stage needs. Input arrives at
 * transforms of kind `runner-source` and leaves at `runner-sink`; both name the coder of the elements
 * (without the windowed-value wrapper, whose window coder is that of the PCollection's windowing).
 */
export interface StageDescriptor {
  readonly id: StageId;
  readonly components: Components;
  /** In topological order, sources first, sinks last. */
  readonly transforms: readonly Transform[];
}

export interface BundleRequest {
  readonly bundle: BundleId;
  readonly stage: StageId;
  readonly inputs: readonly StageFrames[];
  readonly state: StateReader;
  readonly limits: BundleLimits;
  readonly signal: AbortSignal;
}

/** Frames at one `runner-source` or `runner-sink` transform. */
export interface StageFrames {
  readonly transform: TransformId;
  readonly frames: readonly Frame[];
}

/** A standing split order: `claim()` answers false once one of them is reached. */
export interface BundleLimits {
  readonly elements: number;
  readonly outputBytes: number;
  readonly time: Duration;
}

export interface BundleOutcome {
  readonly outputs: readonly StageFrames[];
  readonly residuals: readonly Residual[];
  readonly metrics: readonly MetricUpdate[];
  /** The bundle registered commit callbacks: send `finalize` once it is durable. */
  readonly finalize: boolean;
}

/** The unfinished part of a restriction; it goes back to the stage's input. */
export interface Residual {
  readonly transform: TransformId;
  /** Local input name of `transform`. */
  readonly input: string;
  /** One element as it came in: windowed value of the input's coder. */
  readonly element: Frame;
  readonly resumeAfter: Duration;
  /** Below this the rest will emit nothing; holds the stage's output watermark. */
  readonly watermark: EventTime;
}

export interface Distribution {
  readonly count: number;
  readonly sum: number;
  readonly min: number;
  readonly max: number;
}

/** What a bundle adds to a user metric, or to the element count of a PCollection. */
export type MetricUpdate =
  | (MetricName & { readonly kind: 'counter'; readonly value: number })
  | (MetricName & { readonly kind: 'distribution'; readonly value: Distribution })
  | (MetricName & { readonly kind: 'gauge'; readonly value: number; readonly at: number })
  | (MetricName & { readonly kind: 'string-set'; readonly value: readonly string[] })
  | { readonly kind: 'element-count'; readonly pcollection: string; readonly value: number };

export interface MetricName {
  readonly transform: TransformId;
  readonly namespace: string;
  readonly name: string;
}

export interface BundleProgress {
  readonly metrics: readonly MetricUpdate[];
  /** Of the input restriction, 0…1; absent when the source cannot tell. */
  readonly fraction?: number;
}

export type StateKey = {
  readonly kind: 'iterable-side-input';
  readonly transform: TransformId;
  readonly sideInput: string;
  /** Encoded side window. */
  readonly window: Uint8Array;
};

export interface StateCell {
  readonly key: StateKey;
  /** Where to go on; absent for the first page. */
  readonly token?: Uint8Array;
}

export interface StatePage {
  /** Nested encodings, one after the other. */
  readonly data: Uint8Array;
  /** Present when more follows. */
  readonly token?: Uint8Array;
}

/** Reads state of the running bundle; synchronous in one process. */
export interface StateReader {
  read(cells: readonly StateCell[]): readonly StatePage[] | Promise<readonly StatePage[]>;
}
