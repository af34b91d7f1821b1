// What a bug here looks like: a bundle that lacks a module, or runs other steps than its source.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { pipeline, s } from '#sdk/index.js';
import { runCommandLine } from '../main.js';
import { keptTerminal, type KeptTerminal } from '../terminal/terminal.fixture.js';

let directory: string;

// A file of a folder without node_modules cannot import strahl: it exports what the test has made.
const made: Readonly<Record<string, unknown>> = {
  plain: pipeline('plain', (p) => p.of([1, 2]).map((x) => x + 1)),
  same: pipeline('plain', (p) => p.of([1, 2]).map((x) => x + 2)),
  counted: pipeline('counted', s.options({ to: s.int }), (p, o) =>
    p.generateSequence({ to: o.to }),
  ),
};

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'strahl-build-'));
  Object.assign(globalThis, { madeForBuild: made });
  writeFileSync(join(directory, 'part.mjs'), `export const note = 'from another file';\n`);
  writeFileSync(join(directory, 'source.js'), `module.exports = globalThis.madeForBuild.plain;`);
  for (const name of Object.keys(made)) {
    const text = `import { note } from './part.mjs';\nexport default globalThis.madeForBuild['${name}'];\nexport { note };\n`;
    writeFileSync(join(directory, `${name}.mjs`), text);
  }
});

afterAll(() => {
  rmSync(directory, { recursive: true });
  Reflect.deleteProperty(globalThis, 'madeForBuild');
});

async function build(...words: readonly string[]): Promise<[number, KeptTerminal]> {
  const terminal = keptTerminal({ arguments: ['build', ...words], directory });
  return [await runCommandLine(terminal), terminal];
}

const read = (path: string): string => readFileSync(join(directory, path), 'utf8');
const manifest = (path: string): Readonly<Record<string, unknown>> =>
  JSON.parse(read(path)) as Readonly<Record<string, unknown>>;

describe('strahl build', () => {
  it('writes one module with all that it imports, and what it is', async () => {
    const [code, terminal] = await build('plain.mjs');
    expect(terminal.errors()).toMatch(
      /^built {4}plain: dist\/plain\.js · 1 KiB · graph [\da-f]{12}\n$/,
    );
    expect(code).toBe(0);
    const bundle = read('dist/plain.js');
    expect(bundle).toContain('from another file');
    expect(bundle).not.toContain('part.mjs"');
    expect(bundle).toContain('sourceMappingURL=data:');
    expect(manifest('dist/plain.json')).toEqual({
      pipeline: 'plain',
      export: 'default',
      bundle: 'plain.js',
      sha256: createHash('sha256').update(bundle).digest('hex'),
      graph: expect.stringMatching(/^[\da-f]{64}$/),
    });
  });

  it('gives the same hash to a graph of which only functions differ', async () => {
    await build('plain.mjs');
    await build('same.mjs');
    const [one, other] = [manifest('dist/plain.json'), manifest('dist/same.json')];
    expect(other['graph']).toBe(one['graph']);
    expect(other['sha256']).not.toBe(one['sha256']);
  });

  it('needs no options, but no graph is known without them', async () => {
    const [code, terminal] = await build('counted.mjs');
    expect([code, terminal.errors()]).toEqual([0, expect.stringContaining('its options')]);
    expect(manifest('dist/counted.json')).not.toHaveProperty('graph');
    await build('counted.mjs', '--to', '3');
    expect(manifest('dist/counted.json')).toHaveProperty('graph');
  });

  it('puts places and packages where it is told', async () => {
    const words = [
      '--out',
      'small',
      '--sourcemap',
      '--minify',
      '--external',
      './part.mjs',
      '--json',
    ];
    const [code, terminal] = await build('plain.mjs', ...words);
    expect(code).toBe(0);
    expect(JSON.parse(terminal.output())).toMatchObject({
      type: 'built',
      pipeline: 'plain',
      bundle: 'small/plain.js',
    });
    expect(read('small/plain.js')).toMatch(
      /from"\.\/part\.mjs"[^]*sourceMappingURL=plain\.js\.map/,
    );
    expect(JSON.parse(read('small/plain.js.map'))).toMatchObject({ version: 3 });
    await build('plain.mjs', '--out', 'bare', '--no-sourcemap');
    expect(read('bare/plain.js')).not.toContain('sourceMappingURL');
  });

  it.each<readonly [string, readonly string[], string]>([
    ['a wrong option', ['counted.mjs', '--to', 'x'], 'STRAHL-9002'],
    ['a file without a pipeline', ['part.mjs'], 'STRAHL-9006'],
    ['to write over its source', ['source.js', '--out', '.'], 'STRAHL-9002'],
  ])('refuses %s', async (_, words, problem) => {
    const [code, terminal] = await build(...words);
    expect([code, terminal.errors()]).toEqual([2, expect.stringContaining(problem)]);
  });
});
