/**
 * The access-log example on other runners gives the same four files as the direct runner, wherever its functions run:
 * `interop-example.ts Flink|Prism|Strahl [--results FILE] [ENVIRONMENT …]`. `Strahl` is this project's own job server.
 */
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { RUNNER_PEERS } from './interop/runner-peers.js';
import { startServing } from './interop/serving-process.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const cache = join(root, '.cache/interop');
const EXAMPLE = 'examples/access-log.ts';
const FILES = ['dead-letters', 'hourly', 'sessions', 'top-pages'].map((name) => `${name}.jsonl`);
const ENVIRONMENTS = ['loopback', 'external', 'process'] as const;
/** A runner may end its workers after the job. */
const CLEAN_MS = 20_000;

type Environment = (typeof ENVIRONMENTS)[number];

interface Started {
  readonly address: string;
  stop(): Promise<void>;
}

const STARTS: Readonly<Record<string, () => Promise<Started>>> = {
  Strahl: () => startServing(root, ['job-server']),
  Flink: () => RUNNER_PEERS['Flink']!.start(cache),
  Prism: () => RUNNER_PEERS['Prism']!.start(cache),
};

/** Runs the program; throws with what it said when it fails. */
function strahl(...words: readonly string[]): void {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(root, 'cli/strahl.js'), ...words],
    { cwd: root, encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(`strahl ${words.join(' ')}: ${stdout}${stderr}`);
}

/** A program that boots a worker as an image does. */
function bootProgram(): string {
  const path = join(cache, 'boot.sh');
  const program = join(cache, 'strahl.sh');
  // The input is named from the root of the project, and a runner starts its workers where it was started itself.
  const run = `cd '${root}' && exec '${process.execPath}' cli/strahl.js "$@"`;
  writeFileSync(program, `#!/bin/sh\n${run}\n`);
  const boot = join(root, 'scripts/worker-image/boot.sh');
  writeFileSync(path, `#!/bin/sh\nSTRAHL='${program}' exec /bin/sh '${boot}' "$@"\n`);
  for (const file of [path, program]) chmodSync(file, 0o755);
  return path;
}

/** What the files of a folder hold, hidden ones too. */
async function filesIn(folder: string): Promise<Readonly<Record<string, string>>> {
  const hasRest = (): boolean => readdirSync(folder).some((name) => name.startsWith('.'));
  for (const end = Date.now() + CLEAN_MS; hasRest() && Date.now() < end;) await wait(100);
  const files = readdirSync(folder).sort();
  return Object.fromEntries(
    files.map((name) => [
      name,
      FILES.includes(name) ? readFileSync(join(folder, name), 'utf8') : 'left behind',
    ]),
  );
}

/** Submits the example; answers what is wrong with its files. */
async function compare(
  environment: Environment,
  jobEndpoint: string,
  expected: Readonly<Record<string, string>>,
): Promise<readonly string[]> {
  const output = join(cache, 'access-log', environment);
  rmSync(output, { recursive: true, force: true });
  const pool =
    environment === 'external' ? await startServing(root, ['worker', '--port', '0']) : undefined;
  try {
    strahl(
      ...['submit', EXAMPLE, '--job-endpoint', jobEndpoint, '--output', output],
      ...['--environment', environment, '--runner-option', 'parallelism=1'],
      ...(pool === undefined ? [] : ['--worker-pool', pool.address]),
      ...(environment === 'process' ? ['--worker-command', bootProgram()] : []),
    );
    if (!existsSync(output)) return ['nothing was written'];
    const found = await filesIn(output);
    const names = new Set([...Object.keys(expected), ...Object.keys(found)]);
    return [...names].filter((n) => found[n] !== expected[n]).map((n) => `${n} differs`);
  } catch (e) {
    return [(e as { readonly message: string }).message];
  } finally {
    await pool?.stop();
  }
}

async function main(
  name: string,
  environments: readonly Environment[],
  results: string | undefined,
): Promise<number> {
  mkdirSync(cache, { recursive: true });
  const write = (passed: number, failed: number): void => {
    if (results !== undefined) writeFileSync(results, JSON.stringify({ passed, failed }));
  };
  write(0, 1);
  const here = join(cache, 'access-log', 'direct');
  rmSync(here, { recursive: true, force: true });
  strahl('run', EXAMPLE, '--output', here);
  const expected = await filesIn(here);
  const peer = await STARTS[name]!();
  let failed = 0;
  try {
    for (const environment of environments) {
      const wrong = await compare(environment, peer.address, expected);
      if (wrong.length > 0) failed++;
      console.log(`access log on ${name}, ${environment}: ${wrong.join('; ') || 'the same files'}`);
    }
  } finally {
    await peer.stop();
  }
  write(environments.length - failed, failed);
  return failed === 0 ? 0 : 1;
}

const { values, positionals } = parseArgs({
  options: { results: { type: 'string' } },
  allowPositionals: true,
});
const [name = '', ...given] = positionals;
const environments = ENVIRONMENTS.filter((e) => given.length === 0 || given.includes(e));
if (Object.hasOwn(STARTS, name) && environments.length > 0) {
  process.exitCode = await main(name, environments, values.results);
} else {
  console.error(
    `interop-example.ts ${Object.keys(STARTS).join('|')} [${ENVIRONMENTS.join('|')} …]`,
  );
  process.exitCode = 2;
}
