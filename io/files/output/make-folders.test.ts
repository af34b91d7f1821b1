// What a bug here looks like: a job whose output lies below /proc that never ends.
import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { TempFolder } from '../temp-folder.fixture.js';
import { makeFolders } from './make-folders.js';

const folder = new TempFolder();
afterAll(() => {
  folder.remove();
});

describe('the folders of a file that is to be written', () => {
  it('are made as far as they are missing, and the first that was made is known', () => {
    const first = folder.of('a');
    expect(makeFolders(path.join(first, 'b/c'))).toBe(first);
    expect(makeFolders(path.join(first, 'b/c'))).toBeUndefined();
    expect(makeFolders(path.join(first, 'b/d'))).toBe(path.join(first, 'b/d'));
    expect(existsSync(path.join(first, 'b/d'))).toBe(true);
  });

  it('are refused below a file', () => {
    writeFileSync(folder.of('file'), '');
    expect(() => makeFolders(folder.of('file/x'))).toThrow(/EEXIST|ENOTDIR/);
    expect(() => makeFolders(folder.of('file'))).toThrow('EEXIST');
  });

  const mayMakeNone = '/proc/self';
  (existsSync(mayMakeNone) ? it : it.skip)(
    'are refused where a file system takes none, instead of being tried for ever',
    () => {
      expect(() => makeFolders(`${mayMakeNone}/x/y`)).toThrow(/ENOENT|EACCES|EPERM/);
    },
  );
});
