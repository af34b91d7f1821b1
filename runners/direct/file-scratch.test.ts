// A bug here loses values of a group, gives it others, or fills a disk for good.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { MemoryScratch } from '#runners/core/spill/memory-scratch.js';
import { asScratchError, FileScratch } from './file-scratch.js';

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'strahl-test-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe.each([
  ['files', () => new FileScratch(folder)],
  ['memory', () => new MemoryScratch()],
])('scratch in %s', (_, open) => {
  it('gives back what it was given, block by block, in any order', () => {
    const file = open().open();
    const blocks = [3, 0, 70_000, 1].map((n, i) => new Uint8Array(n).fill(i + 1));
    const at = blocks.map((block) => file.append(block));
    for (const i of [2, 0, 3, 1, 2]) expect(file.read(at[i]!)).toEqual(blocks[i]);
    expect(file.bytes).toBe(70_004);
    file.unlink();
    expect(file.bytes).toBe(0);
  });

  it('keeps what was written although the bytes change afterwards', () => {
    const file = open().open();
    const block = Uint8Array.of(1, 2);
    const at = file.append(block);
    block[0] = 9;
    file.read(at)[1] = 9;
    expect(file.read(at)).toEqual(Uint8Array.of(1, 2));
    file.unlink();
  });
});

it('a file has no name while it is used', () => {
  const file = new FileScratch(folder).open();
  file.append(Uint8Array.of(1));
  expect(readdirSync(folder)).toEqual([]);
  file.unlink();
});

it('a damaged block is refused (STRAHL-6004)', () => {
  const file = new FileScratch(folder).open();
  const at = file.append(new Uint8Array(20));
  expect(() => file.read(at + 1)).toThrow('STRAHL-6004');
  file.unlink();
});

it('a run removes the files of a process that was killed, and no others', () => {
  const { pid } = spawnSync(process.execPath, ['-e', '']);
  const gone = `strahl-spill-${String(pid)}-0`;
  const alive = `strahl-spill-${String(process.ppid)}-0`;
  for (const name of [gone, alive, 'another']) writeFileSync(join(folder, name), '');
  new FileScratch(folder).open().unlink();
  expect(readdirSync(folder).sort()).toEqual(['another', alive]);
});

it.each(['ENOSPC', 'EDQUOT', 'EFBIG'])('%s is said as STRAHL-7004', (code) => {
  expect(asScratchError(Object.assign(new Error(code), { code }))).toMatchObject({
    code: 'STRAHL-7004',
  });
});

it('a full disk refuses the next block (STRAHL-7004)', () => {
  const file = new MemoryScratch(10).open();
  file.append(new Uint8Array(8));
  expect(() => file.append(new Uint8Array(3))).toThrow('STRAHL-7004');
});
