/**
 * Beam's own tests against `strahl job-server`: `interop.ts [SUITE …]`, all by default. What it needs it fetches
 * into `.cache/`; without a peer nothing passes.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runCrossLanguage } from './interop/cross-language.js';
import { runJavaScriptSuite } from './interop/javascript-suite.js';
import { startServerProcess } from './interop/job-server-process.js';
import { fetchPython } from './interop/python-peer.js';
import { PYTHON_SUITES, runPythonSuite } from './interop/python-suites.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = join(root, 'test/interop/python');

/** The suite of the npm package apache-beam. */
const JAVASCRIPT = 'javascript';
/** Pipelines of two languages; all others are of Python. */
const CROSS_LANGUAGE = 'cross-language';

/** `suite test` of each line of the list of tests that may fail. */
function allowedFailures(): ReadonlySet<string> {
  const lines = readFileSync(join(folder, 'allowed-failures.txt'), 'utf8').split('\n');
  const named = lines.filter((line) => line.trim() !== '' && !line.startsWith('#'));
  return new Set(named.map((line) => line.slice(0, line.indexOf(': '))));
}

async function main(names: readonly string[]): Promise<number> {
  const all = [...Object.keys(PYTHON_SUITES), JAVASCRIPT, CROSS_LANGUAGE];
  const unknown = names.filter((name) => !all.includes(name));
  if (unknown.length > 0) {
    console.error(`unknown suite ${unknown.join(', ')}; there are ${all.join(', ')}`);
    return 2;
  }
  const python = fetchPython(root, join(folder, 'requirements.txt'));
  const allowed = allowedFailures();
  const chosen = names.length > 0 ? names : all;
  const server = await startServerProcess(root);
  let passed = 0;
  const problems: string[] = [];
  try {
    for (const name of chosen) {
      const result =
        name === JAVASCRIPT
          ? runJavaScriptSuite(root, server.address)
          : name === CROSS_LANGUAGE
            ? await runCrossLanguage(root, python, server.address)
            : runPythonSuite(root, python, name, server.address);
      const failed = new Set(result.failed.map(({ test }) => `${name} ${test}`));
      for (const { test, message } of result.failed) {
        if (!allowed.has(`${name} ${test}`)) problems.push(`${name} ${test} failed: ${message}`);
      }
      for (const test of allowed) {
        if (!test.startsWith(`${name} `) || failed.has(test)) continue;
        problems.push(`${test} passes: take it off allowed-failures.txt`);
      }
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
  return problems.length === 0 && passed > 0 ? 0 : 1;
}

process.exitCode = await main(process.argv.slice(2));
