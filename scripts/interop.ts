/**
 * What other implementations of Beam must do with this one, and this one with them: `interop.ts [--results FILE]
 * [SUITE …]`, all by default. What a suite needs it fetches into `.cache/`; without a peer nothing passes.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { runCrossLanguage } from './interop/cross-language.js';
import { runGoSuite } from './interop/go-suite.js';
import { runJavaSuite } from './interop/java-suite.js';
import { runJavaScriptSuite } from './interop/javascript-suite.js';
import { fetchPython } from './interop/python-peer.js';
import { PYTHON_SUITES, runPythonSuite, type SuiteResult } from './interop/python-suites.js';
import { RUNNER_SCRIPTS, runRunnerScript } from './interop/runner-scripts.js';
import { startServing, type ServingProcess } from './interop/serving-process.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const cache = join(root, '.cache/interop');

type Suite = (server: ServingProcess) => SuiteResult | Promise<SuiteResult>;

/** By name; Python is fetched by the first suite that needs it. */
function suites(): ReadonlyMap<string, Suite> {
  let fetched: string | undefined;
  const requirements = join(root, 'test/interop/python/requirements.txt');
  const python = (): string => (fetched ??= fetchPython(root, requirements));
  const ofPython = Object.keys(PYTHON_SUITES).map((name): [string, Suite] => [
    name,
    ({ address }) => runPythonSuite(root, python(), name, address),
  ]);
  const elsewhere = Object.keys(RUNNER_SCRIPTS).map((name): [string, Suite] => [
    name,
    () => runRunnerScript(root, name),
  ]);
  return new Map<string, Suite>([
    ...ofPython,
    ['javascript', ({ address }) => runJavaScriptSuite(root, address)],
    ['go', ({ address }) => runGoSuite(cache, address)],
    ['java', ({ address }) => runJavaSuite(root, cache, address)],
    ['cross-language', ({ address }) => runCrossLanguage(root, python(), address)],
    ...elsewhere,
  ]);
}

/** `suite test` of each line of the list of tests that may fail. */
function allowedFailures(): ReadonlySet<string> {
  const file = join(root, 'test/interop/allowed-failures.txt');
  const lines = readFileSync(file, 'utf8').split('\n');
  const named = lines.filter((line) => line.trim() !== '' && !line.startsWith('#'));
  return new Set(named.map((line) => line.slice(0, line.indexOf(': '))));
}

/** What is wrong with a result, given what may fail. */
function problemsOf(
  name: string,
  { failed }: SuiteResult,
  allowed: ReadonlySet<string>,
): readonly string[] {
  const failing = new Set(failed.map(({ test }) => `${name} ${test}`));
  return [
    ...failed
      .filter(({ test }) => !allowed.has(`${name} ${test}`))
      .map(({ test, message }) => `${name} ${test} failed: ${message}`),
    ...[...allowed]
      .filter((test) => test.startsWith(`${name} `) && !failing.has(test))
      .map((test) => `${test} passes: take it off allowed-failures.txt`),
  ];
}

async function run(chosen: ReadonlyMap<string, Suite>, results?: string): Promise<boolean> {
  const write = (passed: number, failed: number): void => {
    if (results !== undefined) writeFileSync(results, JSON.stringify({ passed, failed }));
  };
  // What does not get as far as counting has failed.
  write(0, 1);
  mkdirSync(cache, { recursive: true });
  const allowed = allowedFailures();
  const server = await startServing(root, ['job-server']);
  const problems: string[] = [];
  let passed = 0;
  try {
    for (const [name, suite] of chosen) {
      const result = await suite(server);
      problems.push(...problemsOf(name, result, allowed));
      passed += result.passed;
      const { length } = result.failed;
      const counts = `${String(result.passed)} passed, ${String(length)} failed, ${String(result.skipped)} skipped`;
      console.log(`${name}: ${counts}`);
      if (!server.isAlive()) problems.push(`the job server died in ${name}`);
    }
  } finally {
    await server.stop();
  }
  for (const problem of problems) console.log(problem);
  console.log(`interop: ${String(passed)} passed, ${String(problems.length)} problems`);
  const isGood = problems.length === 0 && passed > 0;
  write(passed, isGood ? 0 : Math.max(1, problems.length));
  return isGood;
}

const { values, positionals } = parseArgs({
  options: { results: { type: 'string' } },
  allowPositionals: true,
});
const all = suites();
const unknown = positionals.filter((name) => !all.has(name));
if (unknown.length > 0) {
  console.error(`unknown suite ${unknown.join(', ')}; there are ${[...all.keys()].join(', ')}`);
  process.exitCode = 2;
} else {
  const chosen = [...all].filter(
    ([name]) => positionals.length === 0 || positionals.includes(name),
  );
  process.exitCode = (await run(new Map(chosen), values.results)) ? 0 : 1;
}
