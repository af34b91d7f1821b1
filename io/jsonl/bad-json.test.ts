import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from '@jest/globals';
import { s } from '#sdk/index.js';
import { itRefuses, type BadCase } from '../files/bad-cases.fixture.js';
import { readByHand } from '../files/input/hand-reader.fixture.js';
import { TempFolder } from '../files/temp-folder.fixture.js';
import { jsonLineSource } from './json-lines.js';

const folder = new TempFolder();
afterAll(() => {
  folder.remove();
});

describe('bad JSON lines', () => {
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
      name: 'a key that is given twice',
      content: '{"a":1}\n{"a":2,"a":2}\n',
      code: 'STRAHL-5005',
      text: /:2:8\n.*the key "a" is given twice/s,
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
      name: 'bytes that are not UTF-8',
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
  itRefuses(folder, cases, 'jsonl', (file, badRecords) =>
    readByHand(jsonLineSource(file, Row, { maxLineBytes: 450 }, badRecords)),
  );

  it('knows the line also in a packed file', async () => {
    const file = folder.write('packed.jsonl.gz', gzipSync('{"a":1}\n{"a":2}\n{'));
    await expect(readByHand(jsonLineSource(file, undefined, {}, 'fail'))).rejects.toThrow(/gz:3:2/);
  });
});
