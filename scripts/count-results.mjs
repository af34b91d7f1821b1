/**
 * `count-results.mjs FOLDER STATUS NAME…`: sums the results that the steps of `.ci/run` left as FOLDER/NAME.json and
 * prints `N passed, N failed`. A step without a file did not get as far as counting, so it counts as one failure; so
 * does a failure (STATUS) that no file shows. Exits with 1 unless all passed.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const [folder, status, ...names] = process.argv.slice(2);
let passed = 0;
let failed = 0;
for (const name of names) {
  const file = join(folder, `${name}.json`);
  if (!existsSync(file)) {
    console.log(`${name}: no result`);
    failed++;
    continue;
  }
  const result = JSON.parse(readFileSync(file, 'utf8'));
  // Jest's own words; a suite that could not start has no tests to count.
  passed += result.numPassedTests ?? result.passed;
  failed += (result.numFailedTests ?? result.failed) + (result.numRuntimeErrorTestSuites ?? 0);
}
if (status !== '0' && failed === 0) failed = 1;
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
