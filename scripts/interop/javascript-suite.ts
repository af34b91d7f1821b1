import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { mustRun } from './peer-process.js';
import type { SuiteResult } from './python-suites.js';

const PACKAGE = 'apache-beam@2.49.0';
/** Of the whole suite. */
const LIMIT_MS = 120_000;

interface Line {
  readonly test: string;
  readonly error?: string;
}

/** The tests of the npm package apache-beam against a Job service; its log goes to `.cache/interop/javascript.log`. */
export function runJavaScriptSuite(root: string, endpoint: string): SuiteResult {
  const script = join(root, 'test/interop/javascript/run-suite.cjs');
  const { stdout, stderr } = spawnSync(process.execPath, [script, fetchPackage(root), endpoint], {
    encoding: 'utf8',
    timeout: LIMIT_MS,
    maxBuffer: 1 << 28,
  });
  writeFileSync(join(root, '.cache/interop/javascript.log'), stdout + stderr);
  const lines = stdout
    .split('\n')
    .filter((line) => line.startsWith('{"test":'))
    .map((line) => JSON.parse(line) as Line);
  const failed = lines.flatMap(({ test, error }) =>
    error === undefined ? [] : [{ test, message: error }],
  );
  // A suite that was killed has not run to its end.
  if (!stdout.includes('{"tests":')) failed.push({ test: 'suite', message: 'did not end' });
  return { passed: lines.length - failed.length, failed, skipped: 0 };
}

/** The folder of the package, which is fetched once. */
function fetchPackage(root: string): string {
  const folder = join(root, '.cache/interop/javascript');
  const found = join(folder, 'node_modules/apache-beam');
  if (existsSync(found)) return found;
  console.error(`Fetching ${PACKAGE} into .cache/interop (once) …`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'peer', private: true }));
  mustRun('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts', PACKAGE], {
    cwd: folder,
  });
  return found;
}
