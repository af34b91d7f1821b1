/**
 * Runs `primitives_test` of the npm package apache-beam against a Job service: `run-suite.cjs FOLDER ENDPOINT`,
 * where FOLDER is that of the package. Prints one JSON object per line: { test, error? }, and at the end
 * { tests }, their number.
 */
const { join } = require('node:path');

const [folder, endpoint] = process.argv.slice(2);

// Of mocha the suite needs no more than this.
const tests = [];
const names = [];
const context = { timeout: () => undefined, skip: () => undefined };
globalThis.describe = (name, body) => {
  names.push(name);
  body.call(context);
  names.pop();
};
globalThis.it = (name, run) => tests.push({ test: [...names, name].join(' '), run });
globalThis.before = globalThis.after = () => undefined;

const { suite } = require(join(folder, 'dist/test/primitives_test.js'));
const { PortableRunner } = require(
  join(folder, 'dist/src/apache_beam/runners/portable_runner/runner.js'),
);
// What the module itself asks of other runners is not run.
tests.length = 0;
suite(new PortableRunner({ jobEndpoint: endpoint, environmentType: 'LOOPBACK' }));

const print = (line) => process.stdout.write(`${JSON.stringify(line)}\n`);
for (const name of ['log', 'debug', 'info']) console[name] = () => undefined;

(async () => {
  for (const { test, run } of tests) {
    try {
      await run.call(context);
      print({ test });
    } catch (error) {
      print({ test, error: String(error?.message ?? error) });
    }
  }
  print({ tests: tests.length });
  process.exit(0);
})();
