// Runs seeds until one finds something wrong, and prints which. Bundled together with an engine that has a bug.
import { verdictOf } from '../check.js';
import { checkOf } from '../checks.js';

const seeds = Number(process.argv[2]);

async function hunt(): Promise<string> {
  for (let seed = 1; seed <= seeds; seed++) {
    const check = checkOf(seed);
    const { problems } = await verdictOf(check, seed);
    const [problem] = problems;
    if (problem !== undefined) return JSON.stringify({ seed, check: check.name, problem });
  }
  return JSON.stringify({ seed: 0 });
}

process.stdout.write(await hunt());
