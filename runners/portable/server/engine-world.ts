import type { Env } from '#runners/core/env.js';
import type { Plan } from '#runners/core/plan/plan.js';
import { eventLoopTurn, SystemEnv } from '#runners/direct/system-env.js';

export { memoryBudget } from '#runners/direct/memory-limit.js';

/** TST-1: a pipeline with a test stream reads no real clock. */
export async function worldFor({ stages }: Plan): Promise<Env> {
  if (!stages.some(({ kind }) => kind === 'test-stream')) return new SystemEnv();
  const { SimulatedEnv } = await import('#runners/core/simulated-env.js');
  return new SimulatedEnv({ turn: eventLoopTurn });
}
