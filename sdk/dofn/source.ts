import type { DurationLike } from '../duration.js';
import type { BundleCallback, CommitOptions, Metrics, TimeLike } from './dofn.js';
import type { Tracker } from './restriction-tracker.js';
import type { WatermarkSetting } from './splittable.js';

/**
 * A splittable read. A restriction `R` is plain data: by default with numeric `from` and `to` (a half-open
 * range of positions) and whatever else `read` needs.
 *
 *   S1. `read` claims each position before it emits what starts there; a refused claim ends the call.
 *   S2. Positions are claimed in increasing order; what starts in [from, to) belongs to the restriction,
 *       even if it ends behind `to`.
 *   S3. After a refused claim at p the rest is the same restriction with `from = p`.
 */
export interface SourceSpec<T, R, P = number> extends WatermarkSetting {
  /** As users see it in names and errors, for example `text.files`. */
  readonly name: string;
  readonly boundedness: 'bounded' | 'unbounded';
  /** Default: ranges [from, to) that end where `read` returns. */
  readonly tracker?: Tracker<R, P>;
  /** Looks the work up when the job starts: expands globs, asks sizes, refuses what is missing. */
  initial(c: InitialContext): R | Promise<R>;
  /** Parts that together cover `r` exactly. Default: `r` alone. */
  split?(r: R): Iterable<R> | Promise<Iterable<R>>;
  /** Work in `r`, in any unit that adds up; bytes for files. Default: what its tracker says is left. */
  size?(r: R): number;
  /** What errors call the place in `r` before which `done` is read, if that is known. Default: both as they are. */
  position?(r: R, done: number | undefined): string;
  /** What is still to be read of `r` when the job is drained. Default: all if bounded, else nothing. */
  truncate?(r: R): R | undefined;
  read(r: R, c: ReadContext<T, P>): void | Promise<void>;
  /** It feeds side inputs alone, and a job does not go on for its sake. Default false. */
  readonly forReaders?: boolean;
}

/**
 * What is known when the work is looked up.
 *
 * @example
 * ```ts
 * import type { InitialContext } from 'strahl';
 * const sinceNow = ({ now }: InitialContext) => ({ from: now(), to: Number.MAX_SAFE_INTEGER });
 * ```
 */
export interface InitialContext {
  /** The time of the machine, in milliseconds since 1970; tests own it. */
  now(this: void): number;
}

/**
 * Its functions may be taken out of the object, as in `read(r, { claim, emit })`.
 *
 * @example
 * ```ts
 * import type { OffsetRange, ReadContext } from 'strahl';
 * function squares({ from }: OffsetRange, { claim, emit }: ReadContext<number>): void {
 *   for (let i = from; claim(i); i++) emit(i * i);
 * }
 * ```
 */
export interface ReadContext<T, P = number> extends InitialContext {
  /** Asks for the right to emit what starts at `position`. False: stop, the rest is done elsewhere. */
  claim(this: void, position: P): boolean;
  /** Timestamp defaults to that of the element if bounded (a source: `TIMESTAMP_MIN`), else to the watermark. */
  emit(this: void, value: T, timestamp?: TimeLike): void;
  /** Promises that no earlier timestamp will follow. Never moves back (STRAHL-4009). */
  watermark(this: void, t: TimeLike): void;
  /** Call before returning with the restriction unfinished: go on after `d`. With 0 just the bundle ends. */
  resumeAfter(this: void, d: DurationLike): void;
  /** Resolves once asynchronous steps behind this source can take more. Await it between chunks. */
  ready(this: void): Promise<void> | undefined;
  /** What the counter `bytes_read` counts is shown as the bytes read of a job. */
  readonly metrics: Metrics;
  /** Aborted when the job is cancelled or has failed: pass it to what you wait for. */
  readonly signal: AbortSignal;
  /** Runs `f` after the bundle is durably committed, at most once, unless its time is over by then. */
  onBundleCommitted(this: void, f: BundleCallback, o?: CommitOptions): void;
}
