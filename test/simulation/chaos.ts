import type { Faults } from 'strahl/runners/direct';
import { seededRandom } from '#runners/core/seeded-random.js';
import type { EngineOptions } from './engine.js';

const RATES: readonly number[] = [0, 0, 0.1, 0.4];

/** How badly things go under a seed: each fault not at all, now and then, or often. */
export function chaosOf(seed: number): EngineOptions & { readonly faults: Faults } {
  const random = seededRandom(seed ^ 0x5eed);
  const rate = (): number => RATES[Math.floor(random() * RATES.length)]!;
  return { seed, faults: { lost: rate(), repeated: rate(), delayed: rate(), jumps: rate() } };
}
