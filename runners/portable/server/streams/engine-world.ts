import type { Graph } from '#portability/model/graph.js';
import { SystemEnv } from '#runners/direct/system-env.js';
import type { Env } from '#runners/core/env.js';
import type { Plan } from '#runners/core/plan/plan.js';
import type { FedStream } from './fed-streams.js';

export { memoryBudget } from '#runners/direct/memory-limit.js';

/**
 * TST-1: a pipeline with a test stream reads no real clock. Its workers do: a timer of processing time is to them so far
 * from the present of their machine.
 */
export async function worldFor(
  { stages }: Pick<Plan, 'stages'>,
  fed: readonly FedStream[],
  signal: AbortSignal,
  system: Env = new SystemEnv(),
): Promise<Env> {
  if (!stages.some(({ kind }) => kind === 'test-stream')) return system;
  const { SimulatedEnv } = await import('#runners/core/simulated-env.js');
  const workersNow = (): number => system.clock.now();
  if (fed.length === 0) return new SimulatedEnv({ workersNow });
  const { TestStreamFeed } = await import('./test-stream-feed.js');
  const feeds = new Map(fed.map((stream) => [stream.stream, new TestStreamFeed(stream)]));
  return new SimulatedEnv({
    workersNow,
    nextTestEvent: async ({ stream, position }) => feeds.get(stream)?.event(position, signal),
  });
}

/**
 * Whether all input of a pipeline is there when it starts. Some SDKs let a function move times back as far as it
 * likes; where nothing more will come nobody calls such an element late.
 */
export function isBatch({ components }: Graph): boolean {
  return [...components.pcollections.values()].every(
    ({ boundedness }) => boundedness === 'bounded',
  );
}
