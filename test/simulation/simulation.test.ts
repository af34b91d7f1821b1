import { describe, expect, it } from '@jest/globals';
import { verdictOf } from './check.js';
import { CHECKS, checkOf } from './checks.js';
import { REGRESSIONS } from './regressions.js';

/** Seeds of each run; a night may have more. */
const SEEDS = Number(process.env['STRAHL_SEEDS'] ?? 2000);
const FIRST = Number(process.env['STRAHL_FIRST_SEED'] ?? 1);
/** P11 costs a second run of the same, so only some seeds pay for it. */
const TWICE = 40;

/** Milliseconds; a hang is a failure, too. */
const LIMIT = 30 * 60_000;

describe.each(CHECKS)('$name', (check) => {
  const seeds = Array.from({ length: SEEDS }, (_, i) => FIRST + i).filter(
    (seed) => checkOf(seed) === check,
  );

  it(
    `holds under ${String(seeds.length)} seeds`,
    async () => {
      for (const seed of seeds) {
        const { problems } = await verdictOf(check, seed);
        if (problems.length === 0) continue;
        throw new Error(`seed ${String(seed)}\n${problems.join('\n')}\n${check.describe(seed)}`);
      }
    },
    LIMIT,
  );

  it('P11: is the same run for the same seed', async () => {
    const some = seeds.slice(0, Math.ceil(TWICE / CHECKS.length));
    const hashes = async (): Promise<readonly number[]> => {
      const list: number[] = [];
      for (const seed of some) list.push((await verdictOf(check, seed)).hash);
      return list;
    };
    expect(await hashes()).toEqual(await hashes());
  });
});

describe('what failed once', () => {
  it.each(REGRESSIONS)('holds: $check under seed $seed, $what', async ({ check, seed }) => {
    const found = CHECKS.find(({ name }) => name === check)!;
    expect((await verdictOf(found, seed)).problems).toEqual([]);
  });
});
