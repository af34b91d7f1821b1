/**
 * `npm run bench -- [NAME …] [--json]`: each benchmark in a process of its own. Without a name, all.
 * Exit code 1 when a bar is missed.
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { BENCHMARKS } from './benchmarks.js';
import { calibrate } from './calibrate.js';
import { judge, NO_LIMIT, type Judged } from './case.js';

const args = process.argv.slice(2);
const json = args.includes('--json');
const names = args.filter((a) => !a.startsWith('--'));

if (args.includes('--help')) {
  process.stdout.write('npm run bench -- [NAME …] [--json]\n\n');
  for (const b of BENCHMARKS) process.stdout.write(`  ${b.name.padEnd(10)}${b.about}\n`);
} else if (names.length === 1) {
  await runHere(names[0]!);
} else {
  for (const b of BENCHMARKS) if (names.length === 0 || names.includes(b.name)) runApart(b.name);
}

function runApart(name: string): void {
  const script = fileURLToPath(import.meta.url);
  const child = spawnSync(
    process.execPath,
    [...process.execArgv, script, name, ...(json ? ['--json'] : [])],
    {
      stdio: 'inherit',
    },
  );
  if (child.status !== 0) process.exitCode = 1;
}

async function runHere(name: string): Promise<void> {
  const benchmark = BENCHMARKS.find((b) => b.name === name);
  if (benchmark === undefined) {
    process.stderr.write(
      `no benchmark ${name}; there are: ${BENCHMARKS.map((b) => b.name).join(', ')}\n`,
    );
    process.exitCode = 2;
    return;
  }
  const calibration = await calibrate();
  for (const c of await benchmark.run()) {
    const judged = judge(name, c, calibration);
    if (!judged.met) process.exitCode = 1;
    if (json) {
      const { met: _met, ...line } = judged;
      process.stdout.write(`${JSON.stringify(line)}\n`);
    } else print(judged, c.note);
  }
}

function print(j: Judged, note: string | undefined): void {
  const round = (n: number): string => (n < 100 ? n.toFixed(2) : n.toFixed(0));
  const figures =
    j.peer === j.limit
      ? `${round(j.ours)} ${j.unit}, limit ${String(j.limit)}`
      : `${round(j.ours)} against ${round(j.peer)} ${j.unit}: ${round(j.ratio)}×${j.limit === NO_LIMIT ? '' : `, limit ${String(j.limit)}×`}`;
  const calibration = `calibration ${round(j.calibration.now)}/${round(j.calibration.frozen)} ns`;
  const verdict = j.limit === NO_LIMIT ? '      ' : j.met ? 'met   ' : 'MISSED';
  process.stdout.write(
    `${verdict}  ${`${j.name}/${j.case}`.padEnd(26)}${figures}  (${[note, calibration].filter((x) => x !== undefined).join('; ')})\n`,
  );
}
