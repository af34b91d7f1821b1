/**
 * The package as a stranger gets it. A bug here would be a file that was not packed, a door that leads nowhere, or
 * something that only works because the repository's own tools lie around.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { spawnSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type InstalledPackage, installPacked } from './installed-package.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  exports: Record<string, unknown>;
};
const doors = Object.keys(manifest.exports)
  .filter((door) => door !== './package.json')
  .map((door) => `strahl${door.slice(1)}`);
/** It extends Jest, so it means nothing where there is no Jest. */
const JEST_DOOR = 'strahl/testing/jest';
const plainDoors = doors.filter((door) => door !== JEST_DOOR);

const base = mkdtempSync(join(tmpdir(), 'strahl-package-'));
let installed: InstalledPackage;

beforeAll(() => {
  installed = installPacked(root, base);
}, 180_000);

afterAll(() => {
  rmSync(base, { recursive: true, force: true });
});

describe('the packed package in an empty project', () => {
  it.each(plainDoors)('imports %s in plain Node', (door) => {
    const { stderr, status } = installed.node(
      '--input-type=module',
      '-e',
      `await import('${door}')`,
    );
    expect(stderr).toBe('');
    expect(status).toBe(0);
  });

  it('exports one and the same pipeline function whatever else is imported', () => {
    const code =
      "const { StrahlError } = await import('strahl/portability'); const s = await import('strahl');" +
      'console.log(StrahlError === s.StrahlError)';
    expect(installed.node('--input-type=module', '-e', code).stdout).toBe('true\n');
  });

  it('resolves its types for a strict consumer', () => {
    installed.write(
      'consumer.ts',
      plainDoors.map((door, n) => `export * as d${n} from '${door}';`).join('\n'),
    );
    installed.write('tsconfig.json', JSON.stringify(consumerConfig));
    expect(compiled('tsconfig.json')).toBe('');
  });

  it("gives Jest's expect the types of the matchers where Jest is installed", () => {
    for (const name of ['@jest', 'expect'])
      symlinkSync(join(root, 'node_modules', name), join(installed.folder, 'node_modules', name));
    installed.write('jest-consumer.ts', jestConsumer);
    // What Jest's own declarations need is not the consumer's affair.
    const compilerOptions = { ...consumerConfig.compilerOptions, skipLibCheck: true };
    const config = { compilerOptions, include: ['jest-consumer.ts'] };
    installed.write('tsconfig.jest.json', JSON.stringify(config));
    expect(compiled('tsconfig.jest.json')).toBe('');
  });

  it('runs a pipeline from the command line', () => {
    installed.write('sum.js', sumPipeline);
    const result = installed.node('node_modules/strahl/cli/strahl.js', 'run', 'sum.js');
    expect(result.stderr).toContain('done');
    expect(result.status).toBe(0);
  });

  it("runs one that is written in TypeScript, through the project's tsx where Node needs it", () => {
    symlinkSync(join(root, 'node_modules/tsx'), join(installed.folder, 'node_modules/tsx'));
    installed.write('typed.ts', `${sumPipeline}export const type: string = 'erased';\n`);
    // CommonJS to Node, as the package beside it does not say that it is a module.
    mkdirSync(join(installed.folder, 'plain'));
    installed.write('plain/package.json', '{}');
    installed.write('plain/typed.ts', sumPipeline);
    for (const file of ['typed.ts', 'plain/typed.ts']) {
      const { stderr } = installed.node('node_modules/strahl/cli/strahl.js', 'run', file);
      expect(stderr).toContain('done');
    }
  });

  it('needs at most 15 packages beside those of Arrow', () => {
    expect(reachableWithoutArrow(installed).length).toBeLessThanOrEqual(15);
  });

  it('holds nothing that wants to run a script while being installed', () => {
    const scripted = [...installed.entries].filter(([, entry]) => entry.hasInstallScript === true);
    expect(scripted.map(([path]) => path)).toEqual([]);
  });
});

it('locks versions and contents, and names no host to fetch them from', () => {
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { resolved?: string }>;
  };
  const resolved = Object.entries(lock.packages).filter(
    ([, entry]) => entry.resolved !== undefined,
  );
  expect(resolved).toEqual([]);
});

const consumerConfig = {
  compilerOptions: {
    ...{ target: 'ES2022', lib: ['ES2023'], module: 'NodeNext', strict: true, noEmit: true },
    ...{ exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true },
    skipLibCheck: false,
    // The consumer's own @types/node would be found without these lines.
    typeRoots: [join(root, 'node_modules/@types')],
    types: ['node'],
  },
  include: ['consumer.ts'],
};

const jestConsumer = `
import { expect } from '@jest/globals';
import { runTest } from 'strahl/testing';
import 'strahl/testing/jest';
const { doubled } = await runTest((p) => ({ doubled: p.of([1, 2]).map((n) => 2 * n) }));
expect(doubled).toEmitInAnyOrder(2, 4);
// @ts-expect-error -- no such matcher
expect(doubled).toEmitBackwards(4, 2);
`;

/** What the compiler says to the project of the consumer. */
function compiled(config: string): string {
  const tsc = join(root, 'node_modules/@typescript/native/bin/tsc');
  const args = [tsc, '-p', join(installed.folder, config)];
  return spawnSync(process.execPath, args, { encoding: 'utf8' }).stdout;
}

const sumPipeline = `
import { pipeline } from 'strahl';
export default pipeline('sum', (p) => p.of([1, 2, 3]).map((n) => n + 1));
`;

/** Names of the packages that strahl reaches, itself and what only apache-arrow needs left out. */
function reachableWithoutArrow({ entries }: InstalledPackage): string[] {
  const seen = new Set<string>();
  const visit = (name: string): void => {
    if (name === 'apache-arrow' || seen.has(name)) return;
    const entry = entries.get(`node_modules/${name}`);
    // Only what is installed counts: an optional package may be left out.
    if (entry === undefined) return;
    seen.add(name);
    Object.keys(entry.dependencies ?? {}).forEach(visit);
  };
  visit('strahl');
  seen.delete('strahl');
  return [...seen];
}
