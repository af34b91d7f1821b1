import { expect, it } from '@jest/globals';
import type { ProcessingTime } from '#portability/model/time.js';
import type { PlannedStage } from '#runners/core/plan/plan.js';
import { SimulatedEnv } from '#runners/core/simulated-env.js';
import { worldFor } from './engine-world.js';

// Workers elsewhere set timers of processing time by their own clock: one that started at the beginning of 1970 would
// never reach them.

const { signal } = new AbortController();
const stage = (kind: PlannedStage['kind']): PlannedStage => ({ kind }) as PlannedStage;

it('TST-1: the clock of a job with a test stream starts with the present and moves no further', async () => {
  const system = new SimulatedEnv({ now: 1_700_000_000_000 });
  const { clock } = await worldFor({ stages: [stage('test-stream')] }, [], signal, system);
  system.advanceTo((clock.now() + 1) as ProcessingTime);
  expect(clock.now()).toBe(1_700_000_000_000);
  expect(clock).not.toBe(system.clock);
});

it('other jobs read the clock of the machine', async () => {
  const system = new SimulatedEnv();
  expect(await worldFor({ stages: [stage('impulse')] }, [], signal, system)).toBe(system);
});
