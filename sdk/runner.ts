import type { MetricUpdate } from '#portability/fnapi/connection.js';
import type { FunctionRegistry } from './dofn/user-function.js';

/** Where a runner sends what user code logs. */
export type { Logger } from './dofn/dofn.js';

/** States of Beam's Job API. */
export type JobState =
  | 'STOPPED'
  | 'STARTING'
  | 'RUNNING'
  | 'DRAINING'
  | 'DRAINED'
  | 'CANCELLING'
  | 'CANCELLED'
  | 'DONE'
  | 'FAILED';

/** What a runner is given: the same bytes that a remote one would get, and the way to the functions. */
export interface JobSubmission {
  readonly name: string;
  /** An encoded `Pipeline` message; a runner sees nothing else of the graph. */
  readonly pipeline: Uint8Array;
  readonly functions: FunctionRegistry;
  readonly signal?: AbortSignal;
}

export interface Runner {
  readonly name: string;
  /** Refuses by name what it does not support, before anything runs. */
  submit(submission: JobSubmission): RunningJob | Promise<RunningJob>;
}

export interface MetricSnapshot {
  readonly attempted: readonly MetricUpdate[];
  readonly committed: readonly MetricUpdate[];
}

export interface JobProgress {
  readonly state: JobState;
  /** Of the bounded input, 0…1; absent when unknown. */
  readonly fraction?: number;
  /** Elements emitted by sources so far. */
  readonly elements: number;
  /** Bytes read by sources so far. */
  readonly bytes: number;
  /** The least output watermark of the sources; absent while unknown. */
  readonly eventTime?: number;
}

/** A job as its runner sees it; `sdk/result.ts` makes the user's `Job` of it. */
export interface RunningJob {
  readonly id: string;
  readonly state: JobState;
  /** Resolves with the final state DONE, DRAINED or CANCELLED; rejects with the error of a FAILED job. */
  readonly done: Promise<JobState>;
  metrics(): MetricSnapshot;
  progress(): JobProgress;
  /** Stops at the next safe point; uncommitted work is dropped. */
  cancel(): Promise<void>;
  /**
   * Ends the job without losing what it has: sources stop, watermarks go to their end, windows and timers
   * fire. Resolves when the job has ended; rejects with the error of one that failed meanwhile.
   */
  drain(): Promise<void>;
  /** Called on each change of state and at most every 100 ms on progress. Returns the way to stop. */
  onChange(listener: (progress: JobProgress) => void): () => void;
}
