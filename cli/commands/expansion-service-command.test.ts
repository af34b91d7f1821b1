// What a bug here looks like: a service that offers less than its files, or that nobody can end.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { runCommandLine } from '../main.js';
import { keptTerminal, type KeptTerminal } from '../terminal/terminal.fixture.js';

let directory: string;

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'strahl-offers-'));
  // As `offerTransform` makes it: a file of a folder without node_modules cannot import it.
  const offer = (urn: string): string =>
    `{ urn: '${urn}', [Symbol.for('strahl.offered-transform')]: ` +
    `{ urn: '${urn}', description: '', inputs: new Map(), isSingle: false, build: () => ({}) } }`;
  writeFileSync(join(directory, 'one.mjs'), `export const a = ${offer('example:a:v1')};`);
  writeFileSync(
    join(directory, 'two.mjs'),
    `export default ${offer('example:b:v1')}; export const c = 1;`,
  );
  writeFileSync(join(directory, 'none.mjs'), 'export const a = 1;');
});

afterAll(() => {
  rmSync(directory, { recursive: true });
});

const terminalOf = (...args: readonly string[]): KeptTerminal =>
  keptTerminal({ arguments: ['expansion-service', ...args], directory });

describe('strahl expansion-service', () => {
  it('offers what all its files export until it is interrupted', async () => {
    const terminal = terminalOf('one.mjs', 'two.mjs', '--port', '0');
    const listening = new Promise<void>((resolve) => {
      const out = terminal.out.bind(terminal);
      terminal.out = (text) => {
        out(text);
        resolve();
      };
    });
    const ended = runCommandLine(terminal);
    await listening;
    expect(terminal.output()).toMatch(/^listening on 127\.0\.0\.1:\d+\n$/);
    expect(terminal.errors()).toBe('offers example:a:v1\noffers example:b:v1\n');
    terminal.interrupt();
    expect(await ended).toBe(0);
  });

  it.each<readonly [readonly string[], string, number]>([
    [[], 'STRAHL-9006', 2],
    [['none.mjs'], 'none.mjs offers no transform', 2],
    [['missing.mjs'], 'STRAHL-9006', 2],
    [['one.mjs', '--port', 'x'], 'STRAHL-9002', 2],
    [['one.mjs', 'one.mjs'], 'STRAHL-1001', 1],
    [['one.mjs', '--host', '0.0.0.0'], 'STRAHL-9001', 2],
  ])('refuses %j', async (args, text, code) => {
    const terminal = terminalOf(...args);
    expect(await runCommandLine(terminal)).toBe(code);
    expect(terminal.errors()).toContain(text);
  });

  it('explains itself', async () => {
    const terminal = terminalOf('--help');
    expect(await runCommandLine(terminal)).toBe(0);
    expect(terminal.output()).toContain('strahl expansion-service FILE…');
  });
});
