/**
 * `npm run check`: everything that is true of the text of the repository, beside what the tests show. Each part is a
 * process of its own; as many run at once as there are cores. `--summary FILE` also writes the counts as JSON.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { runSteps, type Step, type StepResult } from './step.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const layers = ['portability', 'sdk', 'io', 'runners', 'cli', 'examples', 'test', 'benchmarks'];

function tool(name: string, path: string, ...args: string[]): Step {
  return { name, command: [process.execPath, `node_modules/${path}`, ...args] };
}

function script(name: string, file: string, ...args: string[]): Step {
  const flags = ['--conditions=strahl-source', '--import', 'tsx'];
  return { name, command: [process.execPath, ...flags, `scripts/${file}`, ...args] };
}

/** The slowest first, so that the lanes end together. */
const steps: readonly Step[] = [
  tool(
    'lint',
    'eslint/bin/eslint.js',
    ...['.', '--cache', '--cache-location', '.cache/eslint/', '--cache-strategy', 'content'],
  ),
  tool(
    'format',
    'prettier/bin/prettier.cjs',
    ...['--check', '--log-level', 'warn', '--cache', '--cache-location', '.cache/prettier', '.'],
  ),
  tool(
    'layers',
    'dependency-cruiser/bin/dependency-cruise.mjs',
    ...['--config', '.dependency-cruiser.cjs', ...layers],
  ),
  script('generated protos', 'gen-protos.ts', '--check'),
  script('generated URNs', 'gen-urns.ts', '--check'),
  script('documents', 'check-docs.ts'),
  script('examples', 'check-examples.ts'),
  tool('types', '@typescript/native/bin/tsc', '-p', 'tsconfig.json', '--noEmit'),
  tool('types of tests', '@typescript/native/bin/tsc', '-p', 'tsconfig.tests.json'),
];

function tell(result: StepResult): void {
  const mark = result.passed ? 'ok    ' : 'FAILED';
  console.log(`${mark}  ${result.name.padEnd(18)}${result.seconds.toFixed(1).padStart(6)} s`);
  // A passing part may still have warnings to answer.
  if (result.output !== '' && !(result.passed && result.name === 'layers')) {
    console.log(result.output.replaceAll(/^/gm, '        '));
  }
}

const { values } = parseArgs({ options: { summary: { type: 'string' } } });
const results = await runSteps(steps, root, Math.max(2, availableParallelism()), tell);
const failed = results.filter((result) => !result.passed);
const passed = results.length - failed.length;
console.log(
  failed.length === 0
    ? `check: all ${passed} parts passed`
    : `check: ${failed.length} of ${results.length} parts failed: ${failed.map((r) => r.name).join(', ')}`,
);
if (values.summary !== undefined) {
  mkdirSync(dirname(values.summary), { recursive: true });
  writeFileSync(values.summary, JSON.stringify({ passed, failed: failed.length }));
}
process.exitCode = failed.length === 0 ? 0 : 1;
