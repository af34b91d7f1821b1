import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { Int32, Table, tableToIPC, vectorFromArray } from 'apache-arrow';
import { afterAll, describe, expect, it } from '@jest/globals';
import { rows } from './arrow/arrow-source.js';
import { itRefuses, type BadCase } from './files/bad-cases.fixture.js';
import { fileError } from './files/file-error.js';
import { readByHand } from './files/input/hand-reader.fixture.js';
import type { LineOptions } from './files/input/line-source.js';
import { TempFolder } from './files/temp-folder.fixture.js';
import { plainLines } from './text/text-lines.js';

const folder = new TempFolder();
afterAll(() => {
  folder.remove();
});

let files = 0;

describe('text', () => {
  const cases: readonly BadCase[] = [
    {
      name: 'bytes that are not UTF-8',
      content: Buffer.concat([Buffer.from('a\n'), Buffer.from([0xc3, 10])]),
      code: 'STRAHL-5002',
      text: /:2\n.*not valid UTF-8/s,
      rest: ['a'],
    },
    {
      name: 'a line that is too long',
      content: `${'x'.repeat(5000)}\na\n`,
      code: 'STRAHL-5004',
      text: /:1\n.*maxLineBytes/s,
      rest: ['a'],
    },
  ];
  itRefuses(folder, cases, 'txt', (file, badRecords) =>
    readByHand(plainLines({ pattern: file, options: { maxLineBytes: 1000 }, badRecords })),
  );
});

it('a line of 100 MB is refused after its limit, without a way around', async () => {
  const file = folder.write('long-line.txt', Buffer.alloc(100e6, 'x'));
  const read = (badRecords: 'fail' | 'skip'): Promise<unknown> =>
    readByHand(plainLines({ pattern: file, options: {}, badRecords }));
  const before = process.memoryUsage().arrayBuffers;
  await expect(read('fail')).rejects.toMatchObject({
    code: 'STRAHL-5004',
    message: expect.stringMatching(/:1\n.*maxLineBytes/s),
  });
  // What is held is the line up to its limit, not the file.
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(80e6);
  await expect(read('skip')).resolves.toMatchObject({ elements: [] });
});

describe('packed files', () => {
  const read = (file: string, options: LineOptions): Promise<unknown> =>
    readByHand(plainLines({ pattern: file, options, badRecords: 'skip' }));
  const bomb = gzipSync(Buffer.alloc(8 * 1024 * 1024));

  it.each([
    ['too great a ratio', bomb, {}, 'STRAHL-5004', /more than 1000 times its size/],
    [
      'too many bytes',
      bomb,
      { maxRatio: 1e6, maxUnpackedBytes: 1e6 },
      'STRAHL-5004',
      /more than 1000000 bytes/,
    ],
    [
      'an early end',
      gzipSync('a\n'.repeat(1000)).subarray(0, 30),
      {},
      'STRAHL-5002',
      /ends too early/,
    ],
    ['no gzip at all', Buffer.from('plain text'), {}, 'STRAHL-5002', /incorrect header check/],
  ] as const)('%s', async (_, content, options, code, text) => {
    const file = folder.write(`packed-${String(files++)}.gz`, content);
    const error: unknown = await read(file, options).catch((e: unknown) => e);
    expect(error).toMatchObject({ code });
    expect((error as Error).message).toMatch(text);
    expect((error as Error).message).toContain(file);
  });
});

describe('Arrow', () => {
  const table = new Table({ i: vectorFromArray([1, 2, 3], new Int32()) });
  const read = (file: string, limits = {}): Promise<{ elements: unknown[] }> =>
    readByHand(rows(file, limits, (row) => row, 'fail'));

  it.each([
    [
      'a file without its footer',
      tableToIPC(table, 'file').subarray(0, -20),
      'STRAHL-5002',
      /footer is missing/,
    ],
    [
      'a stream that ends early',
      tableToIPC(table, 'stream').subarray(0, -30),
      'STRAHL-5002',
      /ends early, after batch/,
    ],
    ['text', Buffer.from('this is not an arrow'), 'STRAHL-5002', /no message, or ends early/],
    ['an empty file', new Uint8Array(), 'STRAHL-5002', /no schema/],
  ])('%s', async (_, content, code, text) => {
    const file = folder.write(`arrow-${String(files++)}.arrow`, content);
    const error: unknown = await read(file).catch((e: unknown) => e);
    expect(error).toMatchObject({ code });
    expect((error as Error).message).toMatch(text);
    expect((error as Error).message).toContain(file);
  });

  it('a batch beyond the limit', async () => {
    const file = folder.write('big.arrow', tableToIPC(table, 'file'));
    await expect(read(file, { maxBatchBytes: 8 })).rejects.toMatchObject({ code: 'STRAHL-5004' });
  });

  it('neither crashes nor hangs on damaged files, and allocates nothing for a damaged length', async () => {
    // A fixed generator, so that a failure repeats.
    let seed = 7;
    const random = (n: number): number => (seed = (seed * 48271) % 0x7fffffff) % n;
    for (const format of ['file', 'stream'] as const) {
      const good = tableToIPC(table, format);
      for (let round = 0; round < 300; round++) {
        const bad = good.slice();
        for (let n = 0; n <= round % 4; n++) bad[random(bad.length)] = random(256);
        const file = folder.write(
          'damaged.arrow',
          round % 3 === 0 ? bad.subarray(0, random(bad.length)) : bad,
        );
        const error: unknown = await read(file).then(
          () => undefined,
          (e: unknown) => e,
        );
        if (error !== undefined)
          expect(error).toMatchObject({ code: expect.stringMatching(/^STRAHL-/) });
      }
    }
  });
});

describe('files', () => {
  it('a directory, a missing file, a pipe and a loop of links are refused when the job starts', async () => {
    mkdirSync(folder.of('directory'));
    symlinkSync('loop', folder.of('loop'));
    execFileSync('mkfifo', [folder.of('pipe')]);
    for (const [name, text] of [
      ['directory', /it is a directory/],
      ['missing', /not found/],
      ['pipe', /it is not a file[^]*standard input/],
      ['pip?', /pipe: it is not a file/],
      ['loop', /symbolic links form a loop/],
      ['nothing-*.txt', /no file matches/],
    ] as const) {
      const source = plainLines({ pattern: folder.of(name), options: {}, badRecords: 'skip' });
      const error: unknown = await Promise.resolve(source.initial({ now: () => 0 })).catch(
        (e: unknown) => e,
      );
      expect(error).toMatchObject({ code: 'STRAHL-6002' });
      expect((error as Error).message).toMatch(text);
    }
  });

  it.each([
    ['ENOENT', 'STRAHL-6002', /not found/],
    ['EACCES', 'STRAHL-6003', /permission denied/],
    ['EPERM', 'STRAHL-6003', /permission denied/],
    ['EROFS', 'STRAHL-6003', /permission denied/],
    ['EISDIR', 'STRAHL-6002', /is a directory/],
    ['ENOSPC', 'STRAHL-7004', /no space left/],
    ['EDQUOT', 'STRAHL-7004', /no space left/],
    ['EFBIG', 'STRAHL-7004', /may not grow further/],
    ['EIO', 'STRAHL-6001', /EIO/],
  ])('what the system calls %s is %s', (system, code, text) => {
    const error = fileError('write', 'out.txt', Object.assign(new Error(system), { code: system }));
    expect(error).toMatchObject({ code });
    expect(error.message).toMatch(text);
  });
});
