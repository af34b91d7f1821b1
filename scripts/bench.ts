/**
 * `npm run bench`: bundles the benchmarks with the library as the published package is bundled, and runs them in
 * plain Node, so that no loader of TypeScript is measured.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const script = `${root}.cache/bench/run.js`;

const { dependencies } = JSON.parse(readFileSync(`${root}package.json`, 'utf8')) as {
  readonly dependencies: Readonly<Record<string, string>>;
};
const external = Object.keys(dependencies).filter((name) => name !== 'protobufjs');

await build({
  entryPoints: [`${root}benchmarks/run.ts`],
  outfile: script,
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  conditions: ['strahl-source'],
  external: [...external, 'tsx'],
  // Bundled CommonJS asks for Node's modules through `require`.
  banner: {
    js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
  },
  logLevel: 'error',
});
const run = spawnSync(process.execPath, ['--expose-gc', script, ...process.argv.slice(2)], {
  stdio: 'inherit',
});
process.exitCode = run.status ?? 1;
