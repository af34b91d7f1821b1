import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Peer } from './peer-process.js';

const SUITE = 'test/validates-runner';

/** One test on a peer; `name` is `FILE › TEST`. */
export interface Outcome {
  readonly name: string;
  readonly passed: boolean;
  readonly message: string;
}

/** Which tests of a file are run; both by their titles. */
export interface Choice {
  readonly only?: readonly string[];
  readonly without?: readonly string[];
}

/** Files of the suite, without what they end in. */
export function suiteFiles(root: string): readonly string[] {
  return readdirSync(join(root, SUITE))
    .filter((file) => file.endsWith('.test.ts') && file !== 'coverage.test.ts')
    .map((file) => file.replace(/\.test\.ts$/, ''));
}

/** The outcomes of one file; `undefined` when it could not be run. */
export function runSuiteFile(
  root: string,
  file: string,
  {
    name,
    options,
    testMs,
  }: { readonly name: string; readonly options: object; readonly testMs: number },
  peer: Peer,
  choice: Choice,
): readonly Outcome[] | undefined {
  const results = join(root, '.cache/interop', `${name}-${file}.json`);
  rmSync(results, { force: true });
  const flags = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'];
  const jest = join(root, 'node_modules/jest/bin/jest.js');
  const args = [`${SUITE}/${file}.test`, ...patternOf(choice), '--forceExit'];
  const output = [`--testTimeout=${String(testMs)}`, '--json', `--outputFile=${results}`];
  spawnSync(process.execPath, [...flags, jest, ...args, ...output], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'ignore'],
    env: {
      ...process.env,
      STRAHL_PEER: name,
      STRAHL_PEER_ENDPOINT: peer.address,
      STRAHL_PEER_OPTIONS: JSON.stringify(options),
    },
  });
  return existsSync(results) ? outcomesIn(file, results, name) : undefined;
}

function patternOf({ only, without }: Choice): readonly string[] {
  const any = (titles: readonly string[]): string =>
    titles.map((title) => title.replace(/[^\w ]/g, '.')).join('|');
  if (only !== undefined) return ['--testNamePattern', `(${any(only)})$`];
  if (without === undefined || without.length === 0) return [];
  return ['--testNamePattern', `^(?!.*(${any(without)})$).*$`];
}

interface JestResults {
  readonly testResults: readonly {
    readonly message: string;
    readonly assertionResults: readonly {
      readonly title: string;
      readonly ancestorTitles: readonly string[];
      readonly status: string;
      readonly failureMessages: readonly string[];
    }[];
  }[];
}

/** Some files hold tests of this process, too: they say nothing about the peer `name`. */
function outcomesIn(file: string, results: string, name: string): readonly Outcome[] {
  const { testResults } = JSON.parse(readFileSync(results, 'utf8')) as JestResults;
  return testResults
    .flatMap(({ assertionResults }) => assertionResults)
    .filter(({ status }) => status === 'passed' || status === 'failed')
    .filter(({ ancestorTitles }) => ancestorTitles.some((title) => title.endsWith(` on ${name}`)))
    .map(({ title, status, failureMessages: [message = ''] }) => ({
      name: `${file} › ${title}`,
      passed: status === 'passed',
      message: message.split('\n').slice(0, 4).join(' '),
    }));
}
