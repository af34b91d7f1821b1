import { afterAll, describe, expect, it } from '@jest/globals';
import { itRefuses, type BadCase } from '../files/bad-cases.fixture.js';
import { readByHand } from '../files/input/hand-reader.fixture.js';
import { TempFolder } from '../files/temp-folder.fixture.js';
import type { CsvReadOptions } from './csv-options.js';
import { csvSource } from './csv-source.js';

const folder = new TempFolder();
afterAll(() => {
  folder.remove();
});

describe('bad CSV', () => {
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
      text: /:2:2\n.*a quote stands inside of a field/s,
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
      name: 'text behind a closing quote',
      content: 'a,b\n1,"x"y"\n1,2\n',
      code: 'STRAHL-5005',
      text: /:2:2\n.*text stands behind a closing quote/s,
      rest: [one],
    },
    {
      name: 'a header that is not text',
      content: Buffer.from([97, 44, 0xe9, 10, 49, 44, 50, 10]),
      code: 'STRAHL-5002',
      text: /:1:2\n.*not valid UTF-8/s,
    },
    {
      name: 'a header with a quote inside of a name',
      content: 'a,b"\n1,2\n',
      code: 'STRAHL-5005',
      text: /cannot name the columns[\s\S]*:1:2/,
    },
    {
      name: 'bytes that are not UTF-8',
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
  itRefuses(folder, cases, 'csv', (file, badRecords) =>
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
