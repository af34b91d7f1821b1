import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SuiteResult } from './python-suites.js';

/** Our pipelines on runners of others: script and arguments by the name of the suite. */
export const RUNNER_SCRIPTS: Readonly<Record<string, readonly string[]>> = {
  'on-prism': ['interop-runners.ts', 'Prism'],
  'on-flink': ['interop-runners.ts', 'Flink'],
  'access-log-on-flink': ['interop-example.ts', 'Flink'],
};

/** Runs the script of a suite, which tells its problems itself. */
export function runRunnerScript(root: string, suite: string): SuiteResult {
  const [script, ...args] = RUNNER_SCRIPTS[suite]!;
  const folder = join(root, '.cache/interop');
  mkdirSync(folder, { recursive: true });
  const results = join(folder, `${suite}.json`);
  const path = join(root, 'scripts', script!);
  const loaders = ['--conditions=strahl-source', '--import', 'tsx'];
  spawnSync(process.execPath, [...loaders, path, ...args, '--results', results], {
    stdio: 'inherit',
  });
  const counted = JSON.parse(readFileSync(results, 'utf8')) as Record<'passed' | 'failed', number>;
  const failed = Array.from({ length: counted.failed }, () => ({
    test: args.join(' '),
    message: 'see above',
  }));
  return { passed: counted.passed, failed, skipped: 0 };
}
