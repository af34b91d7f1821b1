import type { Env } from '#runners/core/env.js';
import type { Scratch } from '#runners/core/spill/scratch.js';
import type { Faults } from '#runners/core/unreliable-connection.js';
import type { Logger } from '#sdk/runner.js';

/**
 * How the direct runner runs. The defaults are right for running a pipeline; most others serve tests.
 *
 * @example
 * ```ts
 * import { directRunner, type DirectRunnerOptions } from 'strahl/runners/direct';
 * const careful: DirectRunnerOptions = { memory: 512e6, maxBundleAttempts: 3, hangAfter: 60_000 };
 * const runner = directRunner(careful);
 * ```
 */
export interface DirectRunnerOptions {
  /**
   * Draws sizes of bundles and the order of stages from this seed, so that a pipeline shows whether it
   * depends on either. Default: large bundles, downstream first.
   */
  readonly seed?: number;
  /**
   * Tries of a bundle before the job fails. Default 1: in one process nearly every failure is the
   * program's own, and a second try would repeat its side effects only to fail again.
   */
  readonly maxBundleAttempts?: number;
  /** `bytes`: every message to user code passes through its wire form. Default `in-process`. */
  readonly connection?: 'in-process' | 'bytes';
  /** How stages are made to run. Default: `generated` where code may be made from text. */
  readonly compile?: 'generated' | 'closures';
  /**
   * For tests: elements are frozen before functions see them, so that a function that changes one fails
   * (STRAHL-4003), and each element is encoded and read again, so that one that has no bytes (STRAHL-5001) or
   * comes back as another (STRAHL-5007) fails where it is made. Costs time for each element. Default false.
   */
  readonly checks?: boolean;
  /**
   * For tests, with `seed`: bundles fail and are tried again, or take their time, as often as this says. The
   * clock is simulated then, and no time passes by waiting. Default: none.
   */
  readonly faults?: Faults;
  /**
   * Cuts the plan into segments and runs each in so many tasks, which exchange frames and watermarks as
   * the tasks of distributed runners do; all in one thread. Default: one task for the whole plan.
   */
  readonly partitions?: number;
  /**
   * Bundles of a bounded read that may wait for their input at the same time; one that takes long shares its
   * work with those that are idle. Their elements come in no particular order. Default 1. Unbounded reads
   * wait side by side in any case.
   */
  readonly parallelism?: number;
  /**
   * Bytes that groups, waiting elements and side inputs may take in memory together; beyond that, values go to
   * temporary files that vanish with the process. Not counted: what functions keep, keys of groups, and
   * bundles that run, of which one writes a quarter of this at most. Default: a quarter of what the process
   * may use.
   */
  readonly memory?: number;
  /** For tests: where to keep what does not fit into `memory`. Default: temporary files. */
  readonly scratch?: Scratch;
  /** Default: no limit of elements. */
  readonly bundle?: { readonly maxElements?: number };
  /**
   * How long a function may run, or leave a promise unsettled, before it is reported by name (STRAHL-4004),
   * in milliseconds. A loop that never ends is reported, too. If it is given, the job is watched from its
   * first element on. Default: 5 minutes, once the job has run for a second.
   */
  readonly hangAfter?: number | 'never';
  /**
   * Whether `strahl explain`, `drain` and `cancel` reach a job that runs for longer than a second, over a
   * unix socket that only this user may use. Default true; not on Windows.
   */
  readonly control?: boolean;
  /** Where `c.log` goes. Default: a line on standard error, from `info` on. */
  readonly log?: Logger;
  /** The world as the engine sees it. Default: the clock of this process. */
  readonly env?: Env;
}
