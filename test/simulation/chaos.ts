import type { DirectRunnerOptions, Faults } from 'strahl/runners/direct';
import { seededRandom } from '#runners/core/seeded-random.js';
import { MemoryScratch } from '#runners/core/spill/memory-scratch.js';

const RATES: readonly number[] = [0, 0, 0.1, 0.4];

/** Bytes: more than any run needs, or so few that nearly all or some of what waits goes beyond memory. */
const BUDGETS: readonly number[] = [2 ** 30, 2 ** 30, 1, 2 ** 30, 1_000];

export interface Chaos extends DirectRunnerOptions {
  readonly seed: number;
  readonly faults: Faults;
}

/** How badly things go under a seed: each fault not at all, now and then, or often; and how little memory there is. */
export function chaosOf(seed: number): Chaos {
  const random = seededRandom(seed ^ 0x5eed);
  const of = (values: readonly number[]): number => values[Math.floor(random() * values.length)]!;
  const faults = { lost: of(RATES), repeated: of(RATES), delayed: of(RATES), jumps: of(RATES) };
  return { seed, faults, memory: of(BUDGETS), scratch: new MemoryScratch() };
}
