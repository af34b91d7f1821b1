import type { Duration } from '#portability/model/time.js';
import type { Metrics, TimeLike } from './dofn.js';

/**
 * A splittable read. A restriction `R` is plain data with numeric `from` and `to` (a half-open range of
 * positions) and whatever else `read` needs.
 *
 *   S1. `read` claims each position before it emits what starts there; a refused claim ends the call.
 *   S2. Positions are claimed in increasing order; what starts in [from, to) belongs to the restriction,
 *       even if it ends behind `to`.
 *   S3. After a refused claim at p the rest is the same restriction with `from = p`.
 */
export interface SourceSpec<T, R> {
  /** As users see it in names and errors, for example `text.files`. */
  readonly name: string;
  readonly boundedness: 'bounded' | 'unbounded';
  /** Looks the work up when the job starts: expands globs, asks sizes, refuses what is missing. */
  initial(): R | Promise<R>;
  /** Parts that together cover `r` exactly. Default: `r` alone. */
  split?(r: R): Iterable<R> | Promise<Iterable<R>>;
  /** Work in `r`, in any unit that adds up; bytes for files. Default: `to - from`. */
  size?(r: R): number;
  read(r: R, c: ReadContext<T>): void | Promise<void>;
}

/** Its functions may be taken out of the object, as in `read(r, { claim, emit })`. */
export interface ReadContext<T> {
  /** Asks for the right to emit what starts at `position`. False: stop, the rest is done elsewhere. */
  claim(position: number): boolean;
  /** Timestamp defaults to `TIMESTAMP_MIN` for a bounded source, to the watermark otherwise. */
  emit(value: T, timestamp?: TimeLike): void;
  /** Promises that no earlier timestamp will follow. Never moves back. */
  watermark(t: TimeLike): void;
  /** Call before returning with the restriction unfinished: go on after `d`. */
  resumeAfter(d: Duration): void;
  /** Resolves once asynchronous steps behind this source can take more. Await it between chunks. */
  ready(): Promise<void> | undefined;
  readonly metrics: Metrics;
  readonly signal: AbortSignal;
  onBundleCommitted(f: () => void | Promise<void>): void;
}
