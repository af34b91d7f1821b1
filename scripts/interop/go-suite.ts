import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { mustRun } from './peer-process.js';
import type { SuiteResult } from './python-suites.js';

const BEAM = 'github.com/apache/beam/sdks/v2';
const VERSION = 'v2.77.0';
const TESTS = `${BEAM}/go/test/integration/primitives`;

/** What Beam runs on Dataflow alone: heap dumps of workers, and draining a job from within its test. */
const LEFT_OUT = '^(TestDrain|TestOomParDo)$';
/** Of the whole suite. */
const LIMIT_MS = 600_000;

/** Beam's tests of primitives in Go against a Job service; its log is `go.log` in the cache. */
export function runGoSuite(cache: string, endpoint: string): SuiteResult {
  const { stdout, stderr } = spawnSync(
    fetchTests(cache),
    [
      '-test.v',
      `-test.skip=${LEFT_OUT}`,
      '-runner=universal',
      `-endpoint=${endpoint}`,
      '-environment_type=LOOPBACK',
    ],
    { encoding: 'utf8', timeout: LIMIT_MS, maxBuffer: 1 << 28 },
  );
  const log = stdout + stderr;
  writeFileSync(join(cache, 'go.log'), log);
  const outcomes = [...log.matchAll(/^--- (PASS|FAIL|SKIP): (\w+)/gm)];
  const named = (outcome: string): readonly string[] =>
    outcomes.filter(([, met]) => met === outcome).map(([, , test]) => test!);
  const failed = named('FAIL').map((test) => ({ test, message: messageOf(log, test) }));
  // A panic or a time-out ends the suite before its last test.
  if (!/^(PASS|FAIL)$/m.test(log)) failed.push({ test: 'suite', message: 'did not end' });
  return { passed: named('PASS').length, failed, skipped: named('SKIP').length };
}

function messageOf(log: string, test: string): string {
  const own = log.slice(log.indexOf(`=== RUN   ${test}\n`), log.indexOf(`--- FAIL: ${test} `));
  return own.split('\n').find((line) => line.includes('_test.go:')) ?? 'see go.log';
}

/** The tests as a program, which is built once. */
function fetchTests(cache: string): string {
  const folder = join(cache, `go-beam-${VERSION}`);
  const program = join(folder, 'primitives.test');
  if (existsSync(program)) return program;
  console.error('Fetching and building the tests of Apache Beam for Go in .cache/interop (once) …');
  mkdirSync(folder, { recursive: true });
  const options = { cwd: folder } as const;
  writeFileSync(join(folder, 'go.mod'), 'module peer\n');
  mustRun('go', ['get', '-t', `${TESTS}@${VERSION}`], options);
  const partial = join(folder, 'partial.test');
  mustRun('go', ['test', '-mod=mod', '-c', '-o', partial, TESTS], options);
  renameSync(partial, program);
  return program;
}
