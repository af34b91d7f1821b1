import { expect, it } from '@jest/globals';
import type { ProcessingTime } from '#portability/model/time.js';
import type { PlannedStage } from '#runners/core/plan/plan.js';
import { SimulatedEnv } from '#runners/core/simulated-env.js';
import { worldFor } from './engine-world.js';

const { signal } = new AbortController();
const stage = (kind: PlannedStage['kind']): PlannedStage => ({ kind }) as PlannedStage;

it('TST-1: the clock of a job with a test stream stands still, those of its workers do not', async () => {
  const system = new SimulatedEnv({ now: 1_700_000_000_000 });
  const world = await worldFor({ stages: [stage('test-stream')] }, [], signal, system);
  expect([world.clock.now(), world.workersAhead?.()]).toEqual([0, 1_700_000_000_000]);
  system.advanceTo(1_700_000_000_007 as ProcessingTime);
  expect([world.clock.now(), world.workersAhead?.()]).toEqual([0, 1_700_000_000_007]);
});

it('other jobs and their workers have the clock of the machine', async () => {
  const system = new SimulatedEnv();
  const world = await worldFor({ stages: [stage('impulse')] }, [], signal, system);
  expect([world, world.workersAhead?.()]).toEqual([system, undefined]);
});
