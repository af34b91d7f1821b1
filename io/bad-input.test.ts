import { mkdirSync, symlinkSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { Int32, Table, tableToIPC, vectorFromArray } from 'apache-arrow';
import { afterAll, describe, expect, it } from '@jest/globals';
import { s } from '#sdk/index.js';
import { rows } from './arrow/arrow-source.js';
import { csvSource } from './csv/csv-source.js';
import type { CsvReadOptions } from './csv/csv-options.js';
import type { BadRecords, ReadOutcome } from './files/bad-records.js';
import { fileError } from './files/file-error.js';
import { readByHand } from './files/hand-reader.fixture.js';
import type { LineOptions } from './files/line-source.js';
import { TempFolder } from './files/temp-folder.fixture.js';
import { jsonLineSource } from './jsonl/json-lines.js';
import { plainLines } from './text/text-lines.js';

const folder = new TempFolder();
afterAll(() => {
  folder.remove();
});

interface BadCase {
  readonly name: string;
  readonly content: string | Uint8Array;
  readonly code: string;
  readonly text: RegExp;
  /** What the other records are, when the bad ones are left out; absent if the whole file is refused. */
  readonly rest?: readonly unknown[];
}

let files = 0;
function fileOf({ content }: BadCase, extension: string): string {
  return folder.write(`case-${String(files++)}.${extension}`, content);
}

type Read = (
  file: string,
  badRecords: BadRecords,
) => Promise<{ elements: unknown[]; counters: Map<string, number> }>;

/** The same case under each policy. */
function check(cases: readonly BadCase[], extension: string, read: Read): void {
  it.each(cases.map((bad) => [bad.name, bad] as const))('%s', async (_, bad) => {
    const file = fileOf(bad, extension);
    const error: unknown = await read(file, 'fail').catch((e: unknown) => e);
    expect(error).toMatchObject({ code: bad.code });
    expect((error as Error).message).toMatch(bad.text);
    expect((error as Error).message).toContain(file);
    if (bad.rest === undefined) {
      await expect(read(file, 'skip')).rejects.toMatchObject({ code: bad.code });
      return;
    }
    const skipped = await read(file, 'skip');
    expect(skipped.elements).toEqual(bad.rest);
    expect(skipped.counters.get('bad_records')).toBeGreaterThan(0);
    const outcomes = (await read(file, 'dead-letter')).elements as ReadOutcome<unknown>[];
    const good = outcomes.flatMap((o) => (o.kind === 'record' ? [o.value] : []));
    const dead = outcomes.flatMap((o) => (o.kind === 'dead' ? [o.letter] : []));
    expect(good).toEqual(bad.rest);
    expect(dead[0]).toMatchObject({ file, raw: expect.any(String), why: expect.any(String) });
    expect(dead).toHaveLength(skipped.counters.get('bad_records') ?? 0);
  });
}

describe('CSV', () => {
  const options: CsvReadOptions = { maxRecordBytes: 200 };
  const one = { a: '1', b: '2' };
  const cases: readonly BadCase[] = [
    {
      name: 'an unclosed quote',
      content: 'a,b\n1,2\n"3,4\n5,6\n',
      code: 'STRAHL-5005',
      text: /:3:1\n.*quote is never closed/s,
      rest: [one],
    },
    {
      name: 'a row with too many fields',
      content: 'a,b\n3,4,5\n1,2\n',
      code: 'STRAHL-5005',
      text: /:2:3\n.*3 fields instead of 2/s,
      rest: [one],
    },
    {
      name: 'a row with too few fields',
      content: 'a,b\n3\n1,2\n',
      code: 'STRAHL-5005',
      text: /:2:2\n.*1 fields instead of 2/s,
      rest: [one],
    },
    {
      name: 'a byte-order mark before a bad row',
      content: '\ufeffa,b\n3\n1,2\n',
      code: 'STRAHL-5005',
      text: /:2:2/,
      rest: [one],
    },
    {
      name: 'mixed line ends before a bad row',
      content: 'a,b\r\n1,2\n3\r\n1,2',
      code: 'STRAHL-5005',
      text: /:3:2/,
      rest: [one, one],
    },
    {
      name: 'a NUL character',
      content: 'a,b\n1,\0\n1,2',
      code: 'STRAHL-5005',
      text: /:2:2\n.*NUL/s,
      rest: [one],
    },
    {
      name: 'a quote inside of a field',
      content: 'a,b\n1,x"y"\n1,2\n',
      code: 'STRAHL-5005',
      text: /:2:2\n.*Opening Quote/s,
      rest: [one],
    },
    {
      name: 'a record that is too long',
      content: `a,b\n1,${'x'.repeat(500)}\n`,
      code: 'STRAHL-5004',
      text: /longer than maxRecordBytes/,
    },
    {
      name: 'two columns of one name',
      content: 'a,a\n1,2\n',
      code: 'STRAHL-5005',
      text: /two columns of .* are named "a"/,
    },
    {
      name: 'bytes that are no UTF-8',
      content: Buffer.from([97, 44, 98, 10, 0xe9, 44, 49, 10, 49, 44, 50]),
      code: 'STRAHL-5002',
      text: /:2:1\n.*not valid UTF-8/s,
      rest: [one],
    },
    {
      name: 'UTF-16',
      content: Buffer.from('\ufeffa,b\n1,2', 'utf16le'),
      code: 'STRAHL-5002',
      text: /UTF-16/,
    },
  ];
  check(cases, 'csv', (file, badRecords) =>
    readByHand(csvSource(file, options, (record) => record, badRecords)),
  );

  it('gives line breaks in quotes, names of the prototype and any delimiter', async () => {
    const file = folder.write('fine.csv', '__proto__;b\n"x\n""y""";é\n');
    const read = await readByHand(csvSource(file, { delimiter: ';' }, (record) => record, 'fail'));
    const [record] = read.elements as Record<string, string>[];
    expect(Object.entries(record ?? {})).toEqual([
      ['__proto__', 'x\n"y"'],
      ['b', 'é'],
    ]);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });
});

describe('JSON lines', () => {
  const Row = s.row({ a: s.int64 });
  const one = { a: 1 };
  const cases: readonly BadCase[] = [
    {
      name: 'a trailing comma',
      content: '{"a":1}\n{"a":2,}\n',
      code: 'STRAHL-5005',
      text: /:2:8\n.*property name/s,
      rest: [one],
    },
    {
      name: 'an unfinished line',
      content: '{"a":1}\n{"a":',
      code: 'STRAHL-5005',
      text: /:2:6\n.*end of JSON/s,
      rest: [one],
    },
    {
      name: 'deep nesting',
      content: `{"a":1}\n${'['.repeat(200)}${']'.repeat(200)}\n`,
      code: 'STRAHL-5004',
      text: /:2:101\n.*nested deeper than 100/s,
      rest: [one],
    },
    {
      name: 'a field of another type',
      content: '{"a":"x"}\n{"a":1}\n',
      code: 'STRAHL-5005',
      text: /:1\n.*a: /s,
      rest: [one],
    },
    {
      name: 'a number beyond all numbers',
      content: '{"a":1}\n{"a":1e999}\n',
      code: 'STRAHL-5003',
      text: /1e999 is beyond/,
      rest: [one],
    },
    {
      name: 'control characters of the record',
      content: '{"a":1}\n\u001b[31m{\n',
      code: 'STRAHL-5005',
      text: /\\u001b\[31m/,
      rest: [one],
    },
    {
      name: 'bytes that are no UTF-8',
      content: Buffer.from([0x22, 0xff, 0x22, 10]),
      code: 'STRAHL-5002',
      text: /:1\n.*not valid UTF-8/s,
      rest: [],
    },
    {
      name: 'a line that is too long',
      content: `"${'x'.repeat(500)}"\n{"a":1}`,
      code: 'STRAHL-5004',
      text: /longer than maxLineBytes/,
      rest: [one],
    },
  ];
  check(cases, 'jsonl', (file, badRecords) =>
    readByHand(jsonLineSource(file, Row, { maxLineBytes: 450 }, badRecords)),
  );

  it('knows the line also in a packed file', async () => {
    const file = folder.write('packed.jsonl.gz', gzipSync('{"a":1}\n{"a":2}\n{'));
    await expect(readByHand(jsonLineSource(file, undefined, {}, 'fail'))).rejects.toThrow(/gz:3:2/);
  });
});

describe('text', () => {
  const cases: readonly BadCase[] = [
    {
      name: 'bytes that are no UTF-8',
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
  check(cases, 'txt', (file, badRecords) =>
    readByHand(plainLines({ pattern: file, options: { maxLineBytes: 1000 }, badRecords })),
  );
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
    ['text', Buffer.from('this is no arrow'), 'STRAHL-5002', /no message, or ends early/],
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
  it('a directory, a missing file and a loop of links are refused when the job starts', async () => {
    mkdirSync(folder.of('directory'));
    symlinkSync('loop', folder.of('loop'));
    for (const [name, text] of [
      ['directory', /it is a directory/],
      ['missing', /not found/],
      ['loop', /symbolic links form a loop/],
      ['nothing-*.txt', /no file matches/],
    ] as const) {
      const source = plainLines({ pattern: folder.of(name), options: {}, badRecords: 'skip' });
      const error: unknown = await Promise.resolve(source.initial()).catch((e: unknown) => e);
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
    ['EIO', 'STRAHL-6001', /EIO/],
  ])('what the system calls %s is %s', (system, code, text) => {
    const error = fileError('write', 'out.txt', Object.assign(new Error(system), { code: system }));
    expect(error).toMatchObject({ code });
    expect(error.message).toMatch(text);
  });
});
