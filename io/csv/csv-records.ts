import { isUtf8 } from 'node:buffer';
import { parse } from 'csv-parse/sync';
import { StrahlError } from '#portability/errors.js';
import { RecordFault } from '../files/bad-records.js';
import type { Feed } from '../files/input/replay.js';
import { preview } from '../files/preview.js';
import { repeated, type CsvReadOptions } from './csv-options.js';
import { RecordCutter, type RawRecord } from './record-cutter.js';

/** One record of a file, or why it is none. */
export type CsvRow =
  | (Place & { readonly kind: 'row'; readonly fields: readonly string[] })
  | (Place & { readonly kind: 'fault'; readonly raw: string; readonly fault: RecordFault });

interface Place {
  /** Line on which the record starts, from 1. */
  readonly line: number;
  /** First byte of the record in the unpacked file. */
  readonly offset: number;
}

const MAX_RECORD_BYTES = 16 * 1024 * 1024;
const BOM = Buffer.from([0xef, 0xbb, 0xbf]);
const LF = Buffer.from('\n');
const NOT_ASCII = /[\x80-\xff]/;

/**
 * Cuts the bytes of one file into records, and those into fields.
 *
 *   V1. The parser of fields sees bytes as latin1, which loses nothing; fields are decoded afterwards. So a
 *       field that is not UTF-8 is a bad record instead of replacement characters.
 *   V2. The parser sees no record whose quotes are wrong: for each of them it would go back to the start.
 */
export class CsvRecords implements Feed<readonly CsvRow[]> {
  readonly #file: string;
  readonly #bytes: Pick<Feed<Buffer>, 'next' | 'close'>;
  readonly #cutter: RecordCutter;
  readonly #dialect: { readonly delimiter: string; readonly quote: string };
  #columns: readonly string[] | undefined;
  #isStarted = false;
  #isEnded = false;
  /** Bytes before the first one that the cutter sees. */
  #base = 0;

  constructor(file: string, bytes: Pick<Feed<Buffer>, 'next' | 'close'>, options: CsvReadOptions) {
    this.#file = file;
    this.#bytes = bytes;
    this.#columns = options.columns;
    this.#cutter = new RecordCutter(file, options, options.maxRecordBytes ?? MAX_RECORD_BYTES);
    this.#dialect = { delimiter: options.delimiter ?? ',', quote: options.quote ?? '"' };
  }

  /** Names of the fields; known once the first rows are. */
  get columns(): readonly string[] {
    return this.#columns ?? [];
  }

  lengthOf(rows: readonly CsvRow[]): number {
    return rows.length;
  }

  async next(): Promise<readonly CsvRow[] | undefined> {
    while (!this.#isEnded) {
      const chunk = await this.#bytes.next();
      this.#isEnded = chunk === undefined;
      const rows = this.#rowsOf(
        chunk === undefined ? this.#cutter.end() : this.#cutter.feed(this.#withoutMark(chunk)),
      );
      if (rows.length > 0) return rows;
    }
    return undefined;
  }

  async close(): Promise<void> {
    await this.#bytes.close();
  }

  #withoutMark(chunk: Buffer): Buffer {
    if (this.#isStarted) return chunk;
    this.#isStarted = true;
    const [a, b] = chunk;
    if ((a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff)) {
      throw new StrahlError('cannotDecode', {
        title: `${this.#file} is UTF-16, which is not read`,
        fix: 'convert it, for example with iconv -t UTF-8',
      });
    }
    if (!chunk.subarray(0, 3).equals(BOM)) return chunk;
    this.#base = BOM.length;
    return chunk.subarray(BOM.length);
  }

  #rowsOf(records: readonly RawRecord[]): readonly CsvRow[] {
    const fields = this.#fieldsOf(records);
    const rows: CsvRow[] = [];
    let next = 0;
    for (const record of records) {
      const own = record.fault === undefined ? fields[next++]! : [];
      const row = this.#rowOf(record, own);
      if (row !== undefined) rows.push(row);
    }
    return rows;
  }

  /** The fields of all records whose quotes are right (V2). */
  #fieldsOf(records: readonly RawRecord[]): readonly string[][] {
    const lines: Buffer[] = [];
    for (const { bytes, fault } of records) if (fault === undefined) lines.push(bytes, LF);
    if (lines.length === 0) return [];
    const { delimiter, quote } = this.#dialect;
    return parse(Buffer.concat(lines), {
      delimiter: Buffer.from(delimiter),
      quote,
      escape: quote,
      encoding: 'latin1',
      relax_column_count: true,
      record_delimiter: '\n',
    });
  }

  /** The first record may be the header, which is not a row. */
  #rowOf({ bytes, line, offset, fault }: RawRecord, fields: string[]): CsvRow | undefined {
    const place = { line, offset: this.#base + offset };
    const wrong =
      fault === undefined
        ? this.#faultOf(fields)
        : new RecordFault('recordMismatch', fault.why, fault.field);
    if (wrong !== undefined && this.#columns === undefined) throw this.#badHeader(line, wrong);
    if (wrong !== undefined) {
      return { kind: 'fault', raw: bytes.toString('utf8'), fault: wrong, ...place };
    }
    if (this.#columns !== undefined) return { kind: 'row', fields, ...place };
    const twice = repeated(fields);
    if (twice !== undefined) {
      const why = `two columns of ${this.#file} are named ${preview(JSON.stringify(twice))}`;
      throw this.#badHeader(line, new RecordFault('recordMismatch', why));
    }
    this.#columns = fields;
    return undefined;
  }

  /** Decodes the fields in place (V1), or says what is wrong with them. */
  #faultOf(fields: string[]): RecordFault | undefined {
    for (let i = 0; i < fields.length; i++) {
      const field = fields[i] ?? '';
      if (field.includes('\0'))
        return new RecordFault('recordMismatch', 'holds a NUL character', i + 1);
      if (!NOT_ASCII.test(field)) continue;
      const bytes = Buffer.from(field, 'latin1');
      if (!isUtf8(bytes)) return new RecordFault('cannotDecode', 'is not valid UTF-8', i + 1);
      fields[i] = bytes.toString('utf8');
    }
    const wanted = this.#columns?.length ?? fields.length;
    if (wanted === fields.length) return undefined;
    return new RecordFault(
      'recordMismatch',
      `${String(fields.length)} fields instead of ${String(wanted)}`,
      Math.min(wanted, fields.length) + 1,
    );
  }

  /** Under every policy: without its names no record can be read. */
  #badHeader(line: number, { key, why, column }: RecordFault): StrahlError {
    const at = `${this.#file}:${String(line)}`;
    return new StrahlError(key, {
      title: `the first record of ${this.#file} cannot name the columns`,
      position: column === undefined ? at : `${at}:${String(column)}`,
      why,
      fix: 'name them with the option columns, and leave the header out',
    });
  }
}
