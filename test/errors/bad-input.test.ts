/**
 * What people do wrong, row by row. Each row must give its code and a text that helps, the right exit code, at once,
 * without a stack unless it is asked for, and leave no file behind.
 */
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { runCommandLine } from '#cli/main.js';
import { keptTerminal, type KeptTerminal } from '#cli/terminal/terminal.fixture.js';
import { runTest } from 'strahl/testing';
import { BAD_ENDS, BAD_INPUTS, type BadInput } from './bad-input-rows.js';

const AT_ONCE_MS = 2_000;
/** Frames are indented by four; the position of a record, `at file:line`, by two. */
const STACK = /^ {4}at \S/m;

const root = fileURLToPath(new URL('../..', import.meta.url));
const here = fileURLToPath(new URL('.', import.meta.url));
const pipelines = join(here, 'pipelines.ts');
// Jest has made JavaScript of everything already.
Object.assign(globalThis, { [Symbol.for('strahl.tsx')]: true });

let folder: string;

// The limit is for Strahl, not for the test runner, which translates each file on its first import.
beforeAll(async () => {
  await runCommandLine(
    keptTerminal({ arguments: ['run', `${pipelines}#throwsError`, '--output', '-'] }),
  );
}, 60_000);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'strahl-bad-input-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe.each(Object.entries(BAD_INPUTS))('what is wrong %s', (_where, rows) => {
  it.each(rows)(
    '$what: $code',
    async (row) => {
      const given = prepare(row);
      const terminal = terminalOf(row, argumentsOf(row));
      const exit = await runCommandLine(terminal);
      expect(terminal.errors()).toContain(row.code);
      expect(terminal.errors()).toMatch(row.text);
      expect(terminal.errors()).not.toMatch(STACK);
      expect(exit).toBe(row.exit);
      expect(readdirSync(folder).sort()).toEqual(given);
    },
    AT_ONCE_MS,
  );
});

describe('what ends the process', () => {
  it.each(BAD_ENDS)('$what: $code', (row) => {
    const given = prepare(row);
    const result = spawnSync(process.execPath, [join(root, 'cli/strahl.js'), ...argumentsOf(row)], {
      cwd: root,
      encoding: 'utf8',
    });
    expect(result.stderr).toContain(row.code);
    expect(result.stderr).toMatch(row.text);
    expect(result.stderr).not.toMatch(STACK);
    expect(result.status).toBe(row.exit);
    expect(readdirSync(folder).sort()).toEqual(given);
  });
});

it('a function that changes its element, in tests: STRAHL-4003', async () => {
  const changing = runTest((p) => ({
    out: p
      .of([{ n: 1 }])
      .map((x) => Object.assign(x, { n: 2 }))
      .named('doubling'),
  }));
  await expect(changing).rejects.toMatchObject({
    code: 'STRAHL-4003',
    step: 'doubling',
    site: expect.stringMatching(/bad-input\.test\.ts:\d+:\d+$/),
    element: '{"n": 1}',
    fix: 'make a copy, for example { ...x, field: value }',
  });
});

it('shows the stack when it is asked for', async () => {
  const row = BAD_INPUTS['in functions']![0]!;
  const terminal = terminalOf(row, [...argumentsOf(row), '--debug']);
  await runCommandLine(terminal);
  expect(terminal.errors()).toMatch(STACK);
});

it('tells all problems of a call at once', async () => {
  const terminal = terminalOf({}, [
    'run',
    `${pipelines}#typed`,
    '--cuont',
    '1',
    '--runner',
    'x',
    '--mode',
    'y',
  ]);
  expect(await runCommandLine(terminal)).toBe(2);
  for (const part of ['--cuont', 'unknown runner x', '--mode', '--count is missing']) {
    expect(terminal.errors()).toContain(part);
  }
});

it('warns of a secret on the command line and shows it nowhere', async () => {
  const call = ['run', `${pipelines}#tellsSecret`, '--count', '1', '--token', 'hunter2'];
  for (const flags of [[], ['--json'], ['--debug']]) {
    const terminal = terminalOf({}, [...call, ...flags]);
    expect(await runCommandLine(terminal)).toBe(1);
    const all = terminal.errors() + terminal.output();
    expect(all).toContain('STRAHL_TOKEN');
    expect(all).toContain('STRAHL-4001');
    expect(all).not.toContain('hunter2');
  }
});

it('writes one object per line under --json, errors included', async () => {
  const terminal = terminalOf({}, [
    'run',
    `${pipelines}#throwsError`,
    '--output',
    join(folder, 'x'),
    '--json',
  ]);
  expect(await runCommandLine(terminal)).toBe(1);
  const lines = terminal.output().trim().split('\n');
  const events = lines.map((line) => JSON.parse(line) as { type: string; code?: string });
  expect(events).toContainEqual(expect.objectContaining({ type: 'error', code: 'STRAHL-4001' }));
});

/** Writes the files of a row and names them. */
function prepare({ files = {} }: BadInput): readonly string[] {
  const names = Object.entries(files).map(([name, content]) => {
    const file = name === 'IN' ? 'in.txt' : name;
    writeFileSync(join(folder, file), content);
    return file;
  });
  return names.sort();
}

function argumentsOf({ call }: BadInput): readonly string[] {
  return call.map((word) =>
    word
      .replace(/^@/, `${pipelines}#`)
      .replace(/^HERE\b/, here)
      .replace(/^IN\b/, join(folder, 'in.txt'))
      .replace(/^OUT\b/, join(folder, 'out.txt'))
      .replace(/^DIR\b/, folder),
  );
}

function terminalOf(
  { environment = {} }: Pick<BadInput, 'environment'>,
  words: readonly string[],
): KeptTerminal {
  return keptTerminal({ arguments: words, environment, directory: folder });
}
