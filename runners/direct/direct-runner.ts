import { setMaxListeners } from 'node:events';
import { StrahlError } from '#portability/errors.js';
import type { Connection } from '#portability/fnapi/connection.js';
import { bundlePolicy } from '#runners/core/bundle-policy.js';
import type { Env } from '#runners/core/env.js';
import { isUserStage, type Plan } from '#runners/core/plan/plan.js';
import type { Scratch } from '#runners/core/spill/scratch.js';
import { seededRandom } from '#runners/core/seeded-random.js';
import { stageKindsOf } from '#runners/core/stages/stage-kinds.js';
import { TaskGroup } from '#runners/core/task-group.js';
import type { Faults } from '#runners/core/unreliable-connection.js';
import { InProcessConnection } from '#sdk/harness/in-process.js';
import type { JobSubmission, Logger, Runner, RunningJob } from '#sdk/runner.js';
import { attend } from './control/attend.js';
import { DirectJob } from './direct-job.js';
import { memoryBudget } from './memory-limit.js';
import { planOf } from './plan-of.js';
import { STDERR_LOG } from './stderr-log.js';
import { watch } from './watchdog/watch.js';
import { clockOf, withFaults, worldFor } from './world.js';

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

/**
 * Runs pipelines in this process.
 *
 * @throws STRAHL-9002 for an option out of range
 * @example
 * ```ts
 * import { pipeline } from 'strahl';
 * import { directRunner } from 'strahl/runners/direct';
 *
 * const hello = pipeline('hello', (p) => p.of(['hello']));
 * await hello.run({}, { runner: directRunner({ bundle: { maxElements: 1 } }) });
 * ```
 */
export function directRunner(options: DirectRunnerOptions = {}): Runner {
  checkPositive('maxBundleAttempts', options.maxBundleAttempts);
  checkPositive('bundle.maxElements', options.bundle?.maxElements);
  checkPositive('parallelism', options.parallelism);
  checkPositive('partitions', options.partitions);
  checkPositive('memory', options.memory);
  if (options.hangAfter !== 'never') checkPositive('hangAfter', options.hangAfter);
  return Object.freeze({
    name: 'direct',
    submit: (submission: JobSubmission) => submit(submission, options),
  });
}

async function submit(
  submission: JobSubmission,
  options: DirectRunnerOptions,
): Promise<RunningJob> {
  const plan = planOf(submission.pipeline);
  const env = await worldFor(plan, options);
  const connection = await withFaults(await connect(submission, options, env), env, options);
  await connection.register(descriptorsOf(plan));
  const kinds = await stageKindsOf(plan);
  const abort = new AbortController();
  // Every bundle that runs listens; Node takes more than ten for a leak, and says so to the user.
  setMaxListeners(0, abort.signal);
  forward(submission.signal, abort);
  const memory = memoryBudget(options.memory, options.scratch);
  const policy = bundlePolicy({
    memory: memory.limit,
    // A fault takes one attempt of each bundle at most.
    maxAttempts: (options.maxBundleAttempts ?? 1) + (options.faults === undefined ? 0 : 1),
    ...(options.parallelism === undefined ? {} : { parallelism: options.parallelism }),
    ...(options.bundle?.maxElements === undefined
      ? {}
      : { maxElements: options.bundle.maxElements }),
    ...(options.seed === undefined ? {} : { random: seededRandom(options.seed) }),
  });
  const { partitions } = options;
  const tasks = new TaskGroup({
    ...{ plan, kinds, connection, env, policy, memory, signal: abort.signal },
    ...(partitions === undefined ? {} : { partitions }),
  });
  const { control = true, log = STDERR_LOG, hangAfter } = options;
  const stopWatching = await watch({ plan, tasks, connection, log, hangAfter });
  const job = new DirectJob(env.id('job'), tasks, connection, abort);
  job.done.then(stopWatching, stopWatching);
  if (control) attend(job, { name: submission.name, log });
  return job;
}

async function connect(
  { functions }: JobSubmission,
  { compile, connection, checks = false, log = STDERR_LOG }: DirectRunnerOptions,
  env: Env,
): Promise<Connection> {
  const inProcess = new InProcessConnection({
    functions,
    clock: clockOf(env),
    checks,
    log,
    ...(compile === undefined ? {} : { compile }),
  });
  if (connection !== 'bytes') return inProcess;
  // Loaded here alone: the messages between an engine and user code are most of the wire format.
  const { connectByBytes } = await import('#portability/fnapi/connect-by-bytes.js');
  return connectByBytes(inProcess);
}

function descriptorsOf({ stages, compactions }: Plan): Plan['compactions'] {
  const executable = stages.filter(isUserStage);
  return [...executable.map(({ descriptor }) => descriptor), ...compactions];
}

function forward(from: AbortSignal | undefined, to: AbortController): void {
  if (from === undefined) return;
  const abort = (): void => to.abort(from.reason);
  if (from.aborted) abort();
  else from.addEventListener('abort', abort, { once: true });
}

function checkPositive(name: string, value: number | undefined): void {
  if (value === undefined || (Number.isSafeInteger(value) && value > 0)) return;
  throw new StrahlError('badValue', {
    title: `directRunner: ${name} is ${String(value)}, but must be a positive integer`,
  });
}
