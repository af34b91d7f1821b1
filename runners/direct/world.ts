import type { Connection } from '#portability/fnapi/connection.js';
import type { ProcessingTime } from '#portability/model/time.js';
import { keepShape } from '#portability/wire/kept-shapes.js';
import type { Env } from '#runners/core/env.js';
import type { Plan } from '#runners/core/plan/plan.js';
import type { HarnessClock } from '#sdk/harness/stage/bundle-scope.js';
import type { DirectRunnerOptions } from './direct-runner-options.js';
import { SystemEnv } from './system-env.js';

type WorldOptions = Pick<DirectRunnerOptions, 'env' | 'seed' | 'faults'>;

/**
 * The world that a job sees. TST-1: a pipeline with a test stream reads no real clock, so that its runs are
 * all the same; nor does one with faults, which would wait for nothing.
 */
export async function worldFor({ stages }: Plan, options: WorldOptions): Promise<Env> {
  const { env, seed, faults } = options;
  if (env !== undefined) return env;
  const scripted = stages.some(({ kind }) => kind === 'test-stream');
  if (!scripted && faults === undefined) return new SystemEnv();
  // Loaded here alone: no pipeline outside of tests needs it.
  const { SimulatedEnv } = await import('#runners/core/simulated-env.js');
  return new SimulatedEnv({
    ...(seed === undefined ? {} : { seed }),
    ...(scripted || faults?.jumps === undefined ? {} : { jumps: faults.jumps }),
  });
}

/** The same world as user code sees it. */
export class HarnessWorld implements HarnessClock {
  readonly #env: Env;

  constructor(env: Env) {
    this.#env = env;
  }

  now(): ProcessingTime {
    return this.#env.clock.now();
  }

  monotonic(): number {
    return this.#env.clock.monotonic();
  }

  random(): number {
    return this.#env.random();
  }

  sleep(ms: number, signal: AbortSignal): Promise<void> {
    const { clock } = this.#env;
    return clock.sleepUntil((clock.now() + ms) as ProcessingTime, signal);
  }

  yield(): Promise<void> {
    return this.#env.yield('within a bundle');
  }
}

keepShape(new HarnessWorld(new SystemEnv()));

/** The way to user code with the faults that a test asked for, if it did. */
export async function withFaults(
  connection: Connection,
  env: Env,
  { faults }: WorldOptions,
): Promise<Connection> {
  if (faults === undefined) return connection;
  const { unreliable } = await import('#runners/core/unreliable-connection.js');
  return unreliable(connection, env, faults);
}

/**
 * A world for a pipeline that a test drives step by step: `next` gives what its test stream does.
 *
 * @internal
 */
export async function drivenWorld(next: NonNullable<Env['nextTestEvent']>): Promise<Env> {
  const { SimulatedEnv } = await import('#runners/core/simulated-env.js');
  return new SimulatedEnv({ nextTestEvent: next });
}
