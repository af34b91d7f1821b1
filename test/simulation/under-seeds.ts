import { describe, expect, it } from '@jest/globals';
import { verdictOf, type Check } from './check.js';
import { checkOf } from './checks.js';

/** Seeds of each run; a night may have more. */
const SEEDS = Number(process.env['STRAHL_SEEDS'] ?? 2000);
const FIRST = Number(process.env['STRAHL_FIRST_SEED'] ?? 1);
/** P11 costs a second run of the same, so only some seeds of each check pay for it. */
const TWICE = 5;

/** Milliseconds; a hang is a failure, too. */
const LIMIT = 30 * 60_000;

/** Runs what the seeds have for these checks; together the suites run all seeds. */
export function holdUnderSeeds(checks: readonly Check[]): void {
  describe.each(checks)('$name', holdsUnderSeeds);
}

function holdsUnderSeeds(check: Check): void {
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
    const some = seeds.slice(0, TWICE);
    const hashes = async (): Promise<readonly number[]> => {
      const list: number[] = [];
      for (const seed of some) list.push((await verdictOf(check, seed)).hash);
      return list;
    };
    expect(await hashes()).toEqual(await hashes());
  });
}
