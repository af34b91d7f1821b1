import { symlinkSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { expandGlob } from './glob.js';
import { expandBraces, isGlob } from './glob-pattern.js';
import { TempFolder } from './temp-folder.fixture.js';

const folder = new TempFolder();
const found = async (pattern: string): Promise<string[]> =>
  (await expandGlob(folder.of(pattern))).map((file) => file.path.slice(folder.path.length + 1));

beforeAll(() => {
  for (const name of [
    'a.txt',
    'b.txt',
    'c.log',
    'deep/d.txt',
    'deep/er/e.txt',
    '.hidden.txt',
    'x[1].txt',
    '12.txt',
  ]) {
    folder.write(name, name);
  }
  // A loop: following it for ever would find deep/loop/loop/… again and again.
  symlinkSync(folder.of('deep'), folder.of('deep/loop'));
});
afterAll(() => {
  folder.remove();
});

describe('a pattern', () => {
  it.each([
    ['*.txt', ['12.txt', 'a.txt', 'b.txt', 'x[1].txt']],
    ['?.txt', ['a.txt', 'b.txt']],
    ['[ab].txt', ['a.txt', 'b.txt']],
    ['[!a].txt', ['b.txt']],
    ['[a-b].*', ['a.txt', 'b.txt']],
    ['{a,c}.*', ['a.txt', 'c.log']],
    ['{a,b,}.txt', ['a.txt', 'b.txt']],
    ['**/*.txt', ['12.txt', 'a.txt', 'b.txt', 'deep/d.txt', 'deep/er/e.txt', 'x[1].txt']],
    ['deep/**', ['deep/d.txt', 'deep/er/e.txt']],
    ['**/e.txt', ['deep/er/e.txt']],
    ['.*.txt', ['.hidden.txt']],
    ['*/d.txt', ['deep/d.txt']],
    ['*1*2*.txt', ['12.txt']],
  ])('%s names each of its files once, in order', async (pattern, files) => {
    expect(await found(pattern)).toEqual(files);
  });

  it('names a file that looks like a pattern by its own name', async () => {
    expect(await found('x[1].txt')).toEqual(['x[1].txt']);
  });

  it('knows the size of each file', async () => {
    expect(await expandGlob(folder.of('a.txt'))).toEqual([{ path: folder.of('a.txt'), bytes: 5 }]);
  });

  it('does not blow up on many stars', async () => {
    folder.write(`${'a'.repeat(200)}.dat`, '');
    await expect(expandGlob(folder.of(`${'*a'.repeat(60)}b.dat`))).rejects.toMatchObject({
      code: 'STRAHL-6002',
    });
  });

  it('tells nested braces apart', () => {
    expect(expandBraces('a{b,c{d,e}}f')).toEqual(['abf', 'acdf', 'acef']);
    expect(expandBraces('{a}b{')).toEqual(['{a}b{']);
    expect(isGlob('a/b.txt')).toBe(false);
  });
});

describe('what is not there', () => {
  it.each([
    ['a.tx', /not found/, /did you mean .*a\.txt\?/],
    ['nowhere/a.txt', /directory .*nowhere not found/, /./],
    ['*.csv', /no file matches .*\*\.csv/, /nothing in .* matches it/],
    ['nowhere/*.csv', /no file matches/, /directory .*nowhere not found/],
    ['deep', /deep: it is a directory/, /deep\/\*/],
    ['a\0b', /not a usable path/, /NUL/],
    ['{1,2}{1,2}{1,2}{1,2}{1,2}{1,2}{1,2}{1,2}{1,2}{1,2}', /not a usable path/, /1000 patterns/],
  ])('%s is an error that says what is', async (pattern, title, more) => {
    const error: unknown = await expandGlob(folder.of(pattern)).catch((e: unknown) => e);
    expect(error).toMatchObject({ code: 'STRAHL-6002' });
    expect((error as Error).message).toMatch(title);
    expect((error as Error).message).toMatch(more);
    expect(error).toHaveProperty('fix', expect.any(String));
  });

  it.each(['nowhere/a.txt', 'nowhere.txt', 'nowhere/*.txt'])(
    'of %s says from where it is looked for',
    async (pattern) => {
      await expect(expandGlob(pattern)).rejects.toMatchObject({
        fix: `give a path that is there; this one starts at ${process.cwd()}`,
      });
    },
  );
});
