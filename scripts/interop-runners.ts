/**
 * The validates-runner suite through the portable client: `interop-runners.ts Prism|Flink [FILE …]`. A peer that
 * dies is started anew. Tests of what the peer lacks are listed in `test/interop/runners/`, each with what the peer
 * says or does; a listed test that passes is a problem, too.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Peer } from './interop/peer-process.js';
import { RUNNER_PEERS } from './interop/runner-peers.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const SUITE = 'test/validates-runner';
/** A test that takes longer hangs, in milliseconds; each job of Flink starts a cluster. */
const TEST_MS: Readonly<Record<string, number>> = { Prism: 15_000, Flink: 60_000 };

interface Outcome {
  readonly name: string;
  readonly passed: boolean;
  readonly message: string;
}

/** Of one file, without the tests `left`; `undefined` when it could not be run. */
function runFile(
  file: string,
  name: string,
  peer: Peer,
  left: readonly string[],
): readonly Outcome[] | undefined {
  const results = join(root, '.cache/interop', `${name}-${file}.json`);
  rmSync(results, { force: true });
  const jest = join(root, 'node_modules/jest/bin/jest.js');
  const flags = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', jest];
  const own = left
    .filter((test) => test.startsWith(`${file} › `))
    .map((test) => test.split(' › ')[1]!);
  const others = own.map((title) => title.replace(/[^\w ]/g, '.')).join('|');
  const pattern = own.length === 0 ? [] : ['--testNamePattern', `^(?!.*(${others})).*$`];
  const args = [
    `${SUITE}/${file}.test`,
    ...pattern,
    '--forceExit',
    `--testTimeout=${String(TEST_MS[name])}`,
  ];
  spawnSync(process.execPath, [...flags, ...args, '--json', `--outputFile=${results}`], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'ignore'],
    env: { ...process.env, STRAHL_PEER: name, STRAHL_PEER_ENDPOINT: peer.address },
  });
  if (!existsSync(results)) return undefined;
  const { testResults } = JSON.parse(readFileSync(results, 'utf8')) as {
    readonly testResults: readonly {
      readonly assertionResults: readonly {
        readonly title: string;
        readonly status: string;
        readonly failureMessages: readonly string[];
      }[];
    }[];
  };
  return testResults
    .flatMap(({ assertionResults }) => assertionResults)
    .filter(({ status }) => status === 'passed' || status === 'failed')
    .map(({ title, status, failureMessages: [message = ''] }) => ({
      name: `${file} › ${title}`,
      passed: status === 'passed',
      message: message.split('\n').slice(0, 4).join(' '),
    }));
}

/** What a peer lacks, as `file › title`. */
interface Lacks {
  readonly fails: ReadonlySet<string>;
  /** Take the peer down, or hang it, and with it the tests behind them: not run. */
  readonly left: readonly string[];
}

function lacksOf(name: string): Lacks {
  const path = join(root, 'test/interop/runners', `${name.toLowerCase()}-lacks.txt`);
  const lines = readFileSync(path, 'utf8').split('\n');
  const named = lines.filter((line) => line.trim() !== '' && !line.startsWith('#'));
  const tests = named.map((line) => line.slice(0, line.indexOf(' :: ')));
  return {
    fails: new Set(tests.filter((test) => !test.startsWith('! '))),
    left: tests.filter((test) => test.startsWith('! ')).map((test) => test.slice(2)),
  };
}

async function main(name: string | undefined, files: readonly string[]): Promise<number> {
  const start = name === undefined ? undefined : RUNNER_PEERS[name];
  if (name === undefined || start === undefined) {
    console.error(`interop-runners.ts ${Object.keys(RUNNER_PEERS).join('|')} [FILE …]`);
    return 2;
  }
  const cache = join(root, '.cache/interop');
  mkdirSync(cache, { recursive: true });
  const all = readdirSync(join(root, SUITE))
    .filter((file) => file.endsWith('.test.ts') && file !== 'coverage.test.ts')
    .map((file) => file.replace(/\.test\.ts$/, ''));
  const { fails, left } = lacksOf(name);
  const problems: string[] = [];
  let passed = 0;
  let listed = left.length;
  let peer = await start(cache);
  try {
    for (const file of files.length > 0 ? files : all) {
      if (!peer.isAlive()) peer = await start(cache);
      const outcomes = runFile(file, name, peer, left);
      if (outcomes === undefined) problems.push(`${file} did not run`);
      // A job that never ends may keep the peer from others.
      if (outcomes?.some(({ message }) => message.includes('Exceeded timeout')) !== false) {
        await peer.stop();
      }
      for (const { name: test, passed: ok, message } of outcomes ?? []) {
        if (ok) passed++;
        else if (fails.has(test)) listed++;
        if (ok && fails.has(test)) problems.push(`${test} passes: take it off the list`);
        if (!ok && !fails.has(test)) problems.push(`${test} failed: ${message}`);
      }
      console.log(`${file}: ${String(outcomes?.filter((o) => o.passed).length ?? 0)} passed`);
    }
  } finally {
    await peer.stop();
  }
  for (const problem of problems) console.log(problem);
  console.log(
    `${name}: ${String(passed)} passed, ${String(listed)} lacking in the peer, ${String(problems.length)} problems`,
  );
  return problems.length === 0 && passed > 0 ? 0 : 1;
}

const [name, ...files] = process.argv.slice(2);
process.exitCode = await main(name, files);
