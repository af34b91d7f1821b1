import { describe, expect, it } from '@jest/globals';
import { verdictOf } from './check.js';
import { CHECKS, STEPS } from './checks.js';
import { REGRESSIONS } from './regressions.js';
import { holdUnderSeeds } from './under-seeds.js';

holdUnderSeeds(STEPS);

describe('what failed once', () => {
  it.each(REGRESSIONS)('holds: $check under seed $seed, $what', async ({ check, seed }) => {
    const found = CHECKS.find(({ name }) => name === check)!;
    expect((await verdictOf(found, seed)).problems).toEqual([]);
  });
});
