import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { absoluteCase, type Benchmark } from '../case.js';
import { timing } from '../measure.js';

const ROOT = join(import.meta.dirname, '..', '..');
const ROUNDS = 15;

/** Plain Node on the built package, as an installed one would run. */
export const start: Benchmark = {
  name: 'start',
  about: 'an empty pipeline from `node` to exit, beyond bare Node',
  run() {
    const built = spawnSync('npm', ['run', 'build'], { cwd: ROOT, encoding: 'utf8' });
    if (built.status !== 0) throw new Error(built.stderr);
    const script = join(ROOT, '.cache', 'start.mjs');
    writeFileSync(
      script,
      `import { pipeline } from 'strahl';\nawait pipeline('empty', (p) => p.of([])).run({});\n`,
    );
    const ours: number[] = [];
    const bare: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      ours.push(wall([script]));
      bare.push(wall(['--eval', '0']));
    }
    const more = timing(ours).median - timing(bare).median;
    return Promise.resolve([absoluteCase('more-than-node', 'ms', more, 80)]);
  },
};

function wall(args: readonly string[]): number {
  const before = process.hrtime.bigint();
  const child = spawnSync(process.execPath, [...args], { cwd: ROOT, encoding: 'utf8' });
  if (child.status !== 0) throw new Error(child.stderr);
  return Number(process.hrtime.bigint() - before) / 1e6;
}
