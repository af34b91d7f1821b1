// What a bug here looks like: fields that depend on how a file was cut into pieces, or a file that takes for ever.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { CsvRecords } from './csv-records.js';
import { rowFormatter } from './format-row.js';
import { RecordCutter, type RawRecord } from './record-cutter.js';

/** The bytes of a text in pieces of these sizes, over and over. */
function piecesOf(text: string | Buffer, sizes: readonly number[]): readonly Buffer[] {
  const bytes = Buffer.from(text);
  const pieces: Buffer[] = [];
  for (let at = 0, n = 0; at < bytes.length; n++) {
    const size = sizes[n % sizes.length]!;
    pieces.push(bytes.subarray(at, at + size));
    at += size;
  }
  return pieces;
}

function cutAll(cutter: RecordCutter, pieces: readonly Buffer[]): readonly RawRecord[] {
  // What a cutter gives is valid until it is given more.
  const copied = (records: readonly RawRecord[]): readonly RawRecord[] =>
    records.map((record) => ({ ...record, bytes: Buffer.from(record.bytes) }));
  return [...pieces.flatMap((piece) => copied(cutter.feed(piece))), ...copied(cutter.end())];
}

const cutter = (options: { delimiter?: string } = {}, most = 2 ** 30): RecordCutter =>
  new RecordCutter('x.csv', options, most);

describe('records of CSV', () => {
  const texts = fc.array(
    fc.array(fc.string({ unit: fc.constantFrom('a', '"', ',', ';', '\n', '\r', 'é', ' ') }), {
      minLength: 2,
      maxLength: 3,
    }),
  );
  const sizes = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 });

  it.each([',', ';;', 'é'])(
    'Q2: are what was written, delimited by %s, however they are cut',
    async (delimiter) => {
      await fc.assert(
        fc.asyncProperty(
          texts,
          sizes,
          fc.constantFrom('\n', '\r\n'),
          async (rows, cuts, lineEnd) => {
            const content = rows.map((row) => rowFormatter({ delimiter })(row) + lineEnd).join('');
            const pieces = [...piecesOf(content, cuts)];
            const bytes = { next: () => Promise.resolve(pieces.shift()), close: () => undefined };
            const columns = ['1', '2', '3'];
            const records = new CsvRecords('x.csv', bytes, { delimiter, columns });
            const read: unknown[] = [];
            for (let some = await records.next(); some !== undefined; some = await records.next()) {
              for (const row of some) if (row.kind === 'row') read.push(row.fields);
            }
            expect(read).toEqual(rows.filter(({ length }) => length === 3));
          },
        ),
      );
    },
  );

  it('have faults, lines and offsets that do not depend on the pieces', () => {
    const content = fc.string({
      unit: fc.constantFrom('a', 'b', '"', ',', '\n', '\r'),
      maxLength: 40,
    });
    fc.assert(
      fc.property(content, sizes, (text, cuts) => {
        const whole = cutAll(cutter(), [Buffer.from(text)]);
        expect(cutAll(cutter(), piecesOf(text, cuts))).toEqual(whole);
        for (const { bytes, offset, line } of whole) {
          expect(text.startsWith(bytes.toString(), offset)).toBe(true);
          expect(text.slice(0, offset).split('\n')).toHaveLength(line);
        }
      }),
    );
  });
});

describe('the work for a record', () => {
  const MANY = 2 ** 20;

  it.each([
    ['a field of a megabyte', 'x'.repeat(MANY)],
    ['quotes in a field without quotes', `x${'"'.repeat(MANY)}`],
    ['closing quotes that do not close', `"${'"x'.repeat(MANY / 2)}`],
    ['quotes that are doubled', `"${'"'.repeat(MANY)}"`],
    ['many short fields', '"a",'.repeat(MANY / 4)],
    ['line ends in quotes', `"${'\r\n'.repeat(MANY / 2)}"`],
    ['blank lines', '\n'.repeat(MANY)],
    ['halves of a delimiter', `a${';'.repeat(MANY - 1)}`],
  ])('Q1: grows with its length alone: %s', (_, text) => {
    const reader = cutter({ delimiter: text.startsWith('a;') ? ';;,' : ',' });
    cutAll(reader, piecesOf(text, [1000, 1]));
    expect(reader.scanned).toBeLessThanOrEqual(text.length);
    expect(reader.scanned).toBeGreaterThan(text.length - 4);
  });
});

describe('a record that is too long', () => {
  const most = 1000;
  const record = (length: number): Buffer => Buffer.from(`a\n${'x'.repeat(length)}\nb\n`);

  it('is the one with a byte more than maxRecordBytes', () => {
    expect(cutAll(cutter({}, most), [record(most)])).toHaveLength(3);
    expect(() => cutAll(cutter({}, most), [record(most + 1)])).toThrow(
      /STRAHL-5004[\s\S]*x\.csv:2/,
    );
    const pieces = piecesOf(record(most + 1), [7]);
    expect(() => cutAll(cutter({}, most), pieces)).toThrow(/STRAHL-5004[\s\S]*x\.csv:2/);
  });

  it('is told before more is read than it may have', () => {
    let pieces = 0;
    const endless = cutter({}, most);
    expect(() => {
      for (;;) {
        pieces++;
        endless.feed(Buffer.from('"'.repeat(99)));
      }
    }).toThrow(/STRAHL-5004/);
    expect(pieces).toBe(11);
  });

  it('is one of more than 16 MiB, if nobody says otherwise', async () => {
    const MIB = 2 ** 20;
    const piece = Buffer.alloc(MIB, 'x');
    let pieces = 0;
    const endless = {
      next: () => Promise.resolve(pieces++ < 100 ? piece : undefined),
      close: () => undefined,
    };
    const records = new CsvRecords('x.csv', endless, {});
    await expect(records.next()).rejects.toThrow(/STRAHL-5004[\s\S]*16777216 bytes/);
    expect(pieces).toBe(17);
  });
});
