/**
 * What the system forbids: files without permission, and writing beyond the space there is. The tests may run as
 * root, to whom nothing is forbidden, so the jobs run in a process that gave up its rights.
 */
import { execFile, spawnSync } from 'node:child_process';
import {
  chmodSync,
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { RestrictedOutcome } from './restricted-run.js';

const AT_ONCE_MS = 2_000;
const STACK = /^ {4}at \S/m;
/** Of 512 bytes, as POSIX counts; more than any file that a translator keeps, less than the input below. */
const LARGEST_FILE_BLOCKS = 8_192;
const LARGE_INPUT_BYTES = 6 * 2 ** 20;

const root = fileURLToPath(new URL('../..', import.meta.url));
const pipelines = 'test/errors/pipelines.ts';
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Readonly<
  Record<'dependencies' | 'peerDependencies', object>
>;
const packages = Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies });
/** Where npm packages are found from. */
const programs = mkdtempSync(join(root, 'out-restricted-'));
const copy = `${join(programs, 'pipelines.js')}#copy`;

interface Row {
  readonly what: string;
  /** Paths below the folder of the tests. */
  readonly input: string;
  readonly output: string;
  readonly code: string;
  readonly text: RegExp;
  readonly debug?: boolean;
}

// prettier-ignore
const forbidden: readonly Row[] = [
  { what: 'a file that nobody may read', input: 'secret.txt', output: 'open/a.txt', code: 'STRAHL-6003', text: /cannot read \S*secret\.txt: permission denied[\s\S]*check the permissions/ },
  { what: 'a file of a wildcard that nobody may read', input: 'mixed/*.txt', output: 'open/b.txt', code: 'STRAHL-6003', text: /cannot read \S*mixed\/b\.txt: permission denied/ },
  { what: 'a file in a folder that nobody may enter', input: 'closed/in.txt', output: 'open/c.txt', code: 'STRAHL-6003', text: /cannot read \S*closed\/in\.txt: permission denied/ },
  { what: 'a wildcard in a folder that nobody may list', input: 'closed/*.txt', output: 'open/d.txt', code: 'STRAHL-6003', text: /cannot read \S*closed\/\*\.txt: permission denied/ },
  { what: 'a folder that nobody may write to', input: 'in.txt', output: 'locked/out.txt', code: 'STRAHL-6003', text: /cannot write \S*locked: permission denied/ },
  { what: 'a folder that would have to be made in one that is locked', input: 'in.txt', output: 'locked/deep/out.txt', code: 'STRAHL-6003', text: /cannot write \S*locked\/deep: permission denied/ },
];

// prettier-ignore
const full: readonly Row[] = [
  { what: 'more than a file may hold', input: 'large.txt', output: 'open/e.txt', code: 'STRAHL-7004', text: /cannot write \S*: the file may not grow further[\s\S]*EFBIG/ },
  { what: 'more than a file may hold, with --debug', input: 'large.txt', output: 'open/f.txt', code: 'STRAHL-7004', text: STACK, debug: true },
];

let folder: string;

/** Two processes load everything: it is translated once for both, and more quickly than file by file. */
async function translate(): Promise<void> {
  chmodSync(programs, 0o755);
  await build({
    absWorkingDir: root,
    entryPoints: { program: 'test/errors/restricted-run.ts', pipelines },
    outdir: programs,
    ...{ bundle: true, splitting: true, format: 'esm', platform: 'node' },
    // Not all packages: this one is not built.
    external: packages.flatMap((name) => [name, `${name}/*`]),
    conditions: ['strahl-source'],
  });
}

beforeAll(async () => {
  await translate();
  folder = mkdtempSync(join(tmpdir(), 'strahl-restricted-'));
  chmodSync(folder, 0o755);
  for (const name of ['open', 'mixed', 'closed', 'locked']) mkdirSync(join(folder, name));
  const files = ['in.txt', 'secret.txt', 'mixed/a.txt', 'mixed/b.txt', 'closed/in.txt'];
  for (const name of files) writeFileSync(join(folder, name), 'a\nb\n');
  writeFileSync(join(folder, 'large.txt'), 'some line\n'.repeat(LARGE_INPUT_BYTES / 10));
  // Also whoever made a file may not read it then.
  for (const name of ['secret.txt', 'mixed/b.txt', 'closed']) chmodSync(join(folder, name), 0);
  chmodSync(join(folder, 'locked'), 0o555);
  chmodSync(join(folder, 'open'), 0o777);
});

afterAll(() => {
  for (const name of ['closed', 'locked']) chmodSync(join(folder, name), 0o755);
  for (const made of [folder, programs]) rmSync(made, { recursive: true, force: true });
});

const RESTRICTIONS: readonly (readonly [string, string, string, readonly Row[]])[] = [
  ['without permission', 'nobody', '', forbidden],
  ['without space', 'space', `ulimit -f ${String(LARGEST_FILE_BLOCKS)}; `, full],
];

describe.each(RESTRICTIONS)('a job %s', (_, restriction, before, rows) => {
  let outcomes: readonly RestrictedOutcome[];

  beforeAll(async () => {
    outcomes = await outcomesOf(restriction, before, rows);
  }, 60_000);

  it.each(rows.map((row, i) => ({ ...row, i })))('$what: $code', (row) => {
    const { exit, errors, milliseconds } = outcomes[row.i]!;
    expect(errors).toContain(row.code);
    expect(errors).toMatch(row.text);
    if (row.debug !== true) expect(errors).not.toMatch(STACK);
    expect(exit).toBe(1);
    expect(milliseconds).toBeLessThan(AT_ONCE_MS);
  });

  it('leaves nothing behind', () => {
    expect(readdirSync(join(folder, 'open'))).toEqual([]);
    expect(readdirSync(join(folder, 'locked'))).toEqual([]);
  });
});

// The process that fails here is the whole program: the command knows nothing of where its terminal leads to.
it('a full device behind standard output: STRAHL-7004', () => {
  const full = openSync('/dev/full', 'w');
  const words = [join(root, 'cli/strahl.js'), 'graph', `${join(root, pipelines)}#copy`];
  const { status, stderr } = spawnSync(process.execPath, words, {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', full, 'pipe'],
  });
  closeSync(full);
  expect(stderr).toMatch(/STRAHL-7004 {2}cannot write to standard output/);
  expect(stderr).not.toMatch(STACK);
  expect(status).toBe(1);
}, 60_000);

/** What comes of the rows in one process. */
function outcomesOf(
  restriction: string,
  before: string,
  rows: readonly Row[],
): Promise<readonly RestrictedOutcome[]> {
  const call = (input: string, output: string): string[] => {
    return ['run', copy, '--input', join(folder, input), '--output', join(folder, output)];
  };
  const calls = rows.map(({ input, output, debug }) => [
    ...call(input, output),
    ...(debug === true ? ['--debug'] : []),
  ]);
  const flags = [join(programs, 'program.js'), restriction];
  const words = [JSON.stringify(call('in.txt', 'warm-up.txt')), JSON.stringify(calls)];
  const shell = ['-c', `${before}exec "$@"`, 'sh', process.execPath, ...flags, ...words];
  return new Promise((resolve, reject) => {
    execFile('sh', shell, { cwd: root }, (error, out, err) => {
      if (error !== null)
        reject(
          new TypeError(`exit ${String(error.code ?? error.signal)}: ${error.message}\n${err}`),
        );
      else resolve(JSON.parse(out) as readonly RestrictedOutcome[]);
    });
  });
}
