import { setMaxListeners } from 'node:events';
import { StrahlError } from '#portability/errors.js';
import type { Connection } from '#portability/fnapi/connection.js';
import { checkOptionNames } from '#portability/option-names.js';
import { bundlePolicy } from '#runners/core/bundle-policy.js';
import type { Env } from '#runners/core/env.js';
import { isUserStage, type Plan } from '#runners/core/plan/plan.js';
import { sourceOutputsOf } from '#runners/core/plan/source-outputs.js';
import { seededRandom } from '#runners/core/seeded-random.js';
import { stageKindsOf } from '#runners/core/stages/stage-kinds.js';
import { TaskGroup } from '#runners/core/task-group.js';
import { InProcessConnection } from '#sdk/harness/in-process.js';
import type { JobSubmission, Runner, RunningJob } from '#sdk/runner.js';
import { attend } from './control/attend.js';
import { DirectJob } from './direct-job.js';
import type { DirectRunnerOptions } from './direct-runner-options.js';
import { memoryBudget } from './memory-limit.js';
import { planOf } from './plan-of.js';
import { STDERR_LOG } from './stderr-log.js';
import { watch } from './watchdog/watch.js';
import { HarnessWorld, withFaults, worldFor } from './world.js';

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
  checkOptionNames('directRunner', options, Object.keys(OPTION_NAMES));
  checkPositive('maxBundleAttempts', options.maxBundleAttempts);
  checkPositive('bundle.maxElements', options.bundle?.maxElements);
  checkPositive('parallelism', options.parallelism);
  checkPositive('partitions', options.partitions);
  checkPositive('memory', options.memory, 'bytes');
  if (options.hangAfter !== 'never') checkPositive('hangAfter', options.hangAfter, 'milliseconds');
  checkSeed(options.seed);
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
    clock: new HarnessWorld(env),
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
  const outputs = sourceOutputsOf(stages);
  const executable = stages.filter(isUserStage).map(({ descriptor, id }) => {
    const counted = outputs.get(id);
    return counted === undefined ? descriptor : { ...descriptor, counted };
  });
  return [...executable, ...compactions];
}

function forward(from: AbortSignal | undefined, to: AbortController): void {
  if (from === undefined) return;
  const abort = (): void => to.abort(from.reason);
  if (from.aborted) abort();
  else from.addEventListener('abort', abort, { once: true });
}

const OPTION_NAMES: Readonly<Record<keyof DirectRunnerOptions, true>> = {
  seed: true,
  maxBundleAttempts: true,
  connection: true,
  compile: true,
  checks: true,
  faults: true,
  partitions: true,
  parallelism: true,
  memory: true,
  scratch: true,
  bundle: true,
  hangAfter: true,
  control: true,
  log: true,
  env: true,
};

function checkPositive(name: string, value: number | undefined, unit?: string): void {
  if (value === undefined || (Number.isSafeInteger(value) && value > 0)) return;
  throw refused(name, value, `a positive integer${unit === undefined ? '' : ` of ${unit}`}`);
}

function checkSeed(seed: number | undefined): void {
  if (seed !== undefined && !Number.isSafeInteger(seed)) throw refused('seed', seed, 'an integer');
}

function refused(name: string, value: unknown, what: string): StrahlError {
  return new StrahlError('badValue', {
    title: `directRunner: ${name} is ${typeof value === 'string' ? JSON.stringify(value) : String(value)}, but must be ${what}`,
    fix: `leave ${name} out, or give ${what}`,
  });
}
