import type { MetricUpdate } from '#portability/fnapi/connection.js';
import type { JobState } from '#portability/model/job-state.js';
import type { FunctionRegistry } from './dofn/user-function.js';

export type { JobState } from '#portability/model/job-state.js';

export { BYTES_READ } from './dofn/bytes-read.js';

/** Where a runner sends what user code logs. */
export type { Logger } from './dofn/dofn.js';

/**
 * What a runner is given: the same bytes that a remote one would get, and the way to the functions.
 *
 * @example
 * ```ts
 * import type { JobSubmission } from 'strahl/runners/direct';
 * const sizeOf = ({ name, pipeline }: JobSubmission): string => `${name}: ${pipeline.length} B`;
 * ```
 */
export interface JobSubmission {
  readonly name: string;
  /** An encoded `Pipeline` message; a runner sees nothing else of the graph. */
  readonly pipeline: Uint8Array;
  readonly functions: FunctionRegistry;
  readonly signal?: AbortSignal;
}

/**
 * Runs pipelines: `directRunner` in this process, others elsewhere.
 *
 * @example
 * ```ts
 * import type { Runner } from 'strahl';
 * import { directRunner } from 'strahl/runners/direct';
 * const direct = directRunner();
 * const announced: Runner = {
 *   name: 'announced',
 *   submit(submission) {
 *     console.log(`submitting ${submission.name}`);
 *     return direct.submit(submission);
 *   },
 * };
 * ```
 */
export interface Runner {
  /** Such as `direct`. */
  readonly name: string;
  /** Refuses by name what it does not support, before anything runs. */
  submit(submission: JobSubmission): RunningJob | Promise<RunningJob>;
}

/**
 * What the steps of a job counted: in all bundles, and in those that took effect.
 *
 * @example
 * ```ts
 * import type { MetricSnapshot } from 'strahl/runners/direct';
 * const retried = ({ attempted, committed }: MetricSnapshot): boolean =>
 *   attempted.length > committed.length;
 * ```
 */
export interface MetricSnapshot {
  /** Counted by every try of a bundle. */
  readonly attempted: readonly MetricUpdate[];
  /** Counted by the bundles that were kept. */
  readonly committed: readonly MetricUpdate[];
}

/**
 * How far a job is.
 *
 * @example
 * ```ts
 * import type { JobProgress } from 'strahl';
 * const percent = ({ fraction }: JobProgress): string =>
 *   fraction === undefined ? '?' : `${Math.round(100 * fraction)} %`;
 * ```
 */
export interface JobProgress {
  /** The state now. */
  readonly state: JobState;
  /** Of the bounded input, 0…1; absent when unknown. */
  readonly fraction?: number;
  /** Elements emitted by sources so far. */
  readonly elements: number;
  /** Bytes read by sources so far: what they count as `bytes_read`. 0 for sources that read no bytes. */
  readonly bytes: number;
  /**
   * Of a stream the least output watermark of its sources; of a batch, whose watermarks wait for its end, the latest
   * time that a source or a step has given to an element. In milliseconds since the epoch, absent while unknown.
   */
  readonly eventTime?: number;
  /** Whether the job ends by itself. */
  readonly bounded: boolean;
  /** What groupings, state, timers and side inputs hold, in bytes. */
  readonly stateBytes: number;
}

/**
 * How a stage of a running job stands; the steps that were fused into it share its name.
 *
 * @example
 * ```ts
 * import type { StageHealth } from 'strahl';
 * const lagMs = ({ input }: StageHealth, now: number): number => Math.max(0, now - input);
 * ```
 */
export interface StageHealth {
  /** Names of the steps that were fused into it. */
  readonly name: string;
  /** Watermarks, in milliseconds since the epoch. */
  readonly input: number;
  readonly output: number;
  /** Since when the output watermark stands where it is, in milliseconds since the epoch. */
  readonly since?: number;
  /** Elements that have arrived. */
  readonly received: number;
  /** Elements that wait, and their bytes. */
  readonly pendingElements: number;
  readonly pendingBytes: number;
  /** What the stage holds in groups, state, timers and side inputs. */
  readonly stateBytes: number;
  /** Elements that came after their window was closed. */
  readonly droppedAsLate: number;
}

/**
 * A running job, stage by stage, upstream first.
 *
 * @example
 * ```ts
 * import type { JobHealth } from 'strahl';
 * const slowest = ({ stages }: JobHealth) =>
 *   stages.reduce((a, b) => (a.output <= b.output ? a : b)).name;
 * ```
 */
export interface JobHealth {
  /** The state now. */
  readonly state: JobState;
  /** Upstream first. */
  readonly stages: readonly StageHealth[];
}

/**
 * What an explanation is about; what is left out is chosen by what stands still.
 *
 * @example
 * ```ts
 * import type { ExplainQuery, Job } from 'strahl';
 * const alice: ExplainQuery = { step: 'combine', key: 'alice', window: Date.UTC(2026, 0, 31, 12) };
 * const why = (job: Job): string => job.explain(alice).text;
 * ```
 */
export interface ExplainQuery {
  /** Name of a step, or its end: `combine` finds `sessions/combine`. */
  readonly step?: string;
  /** The key as it prints: `alice`, `7`. */
  readonly key?: string;
  /** A moment inside the window, in milliseconds since the epoch. */
  readonly window?: number;
  /** Asks in which coders elements travel between stages instead: of all stages, or of the step's. */
  readonly coders?: boolean;
}

/**
 * Why something is so, and why that is so.
 *
 * @example
 * ```ts
 * import type { Cause } from 'strahl';
 * const deepest = (cause: Cause): string =>
 *   cause.causes[0] === undefined ? cause.text : deepest(cause.causes[0]);
 * ```
 */
export interface Cause {
  /** What kind of cause it is, as `docs/guide/explain.md` lists them. */
  readonly kind: string;
  /** One line. */
  readonly text: string;
  /** What this one waits for; empty for the deepest. */
  readonly causes: readonly Cause[];
}

/**
 * Why an output is not there yet, or never will be.
 *
 * @example
 * ```ts
 * import type { Explanation } from 'strahl';
 * const advice = ({ title, fix }: Explanation): string => `${title}: ${fix?.text ?? 'wait'}`;
 * ```
 */
export interface Explanation {
  /** Full name of the step; empty where all are meant. */
  readonly step: string;
  /** What is asked about, in one line. */
  readonly title: string;
  /** The chains of causes, the nearest first. */
  readonly causes: readonly Cause[];
  /** The change that helps, and the call to change as `file:line:column`. */
  readonly fix?: { readonly text: string; readonly site?: string };
  /** All of it, as a person reads it. */
  readonly text: string;
}

/**
 * A job as its runner sees it; `sdk/result.ts` makes the user's `Job` of it.
 *
 * @example
 * ```ts
 * import type { RunningJob } from 'strahl/runners/direct';
 * async function drained(job: RunningJob): Promise<string> {
 *   await job.drain();
 *   return job.state;
 * }
 * ```
 */
export interface RunningJob {
  readonly id: string;
  readonly state: JobState;
  /** Resolves with the final state DONE, DRAINED or CANCELLED; rejects with the error of a FAILED job. */
  readonly done: Promise<JobState>;
  metrics(): MetricSnapshot;
  progress(): JobProgress;
  health(): JobHealth;
  /** Stops at the next safe point; uncommitted work is dropped. */
  cancel(): Promise<void>;
  /**
   * Ends the job without losing what it has: sources stop, watermarks go to their end, windows and timers
   * fire. Resolves when the job has ended; rejects with the error of one that failed meanwhile.
   */
  drain(): Promise<void>;
  /**
   * Why an output is not there yet, from what the runner has recorded; also of a job that has ended.
   *
   * @throws STRAHL-9002 for a step that the job does not have
   */
  explain(query?: ExplainQuery): Explanation;
  /** Called on each change of state and at most every 100 ms on progress. Returns the way to stop. */
  onChange(listener: (progress: JobProgress) => void): () => void;
}
