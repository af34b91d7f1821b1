import { isAscii, isUtf8 } from 'node:buffer';
import { Parser, type CsvError } from 'csv-parse';
import { StrahlError } from '#portability/errors.js';
import { RecordFault } from '../files/bad-records.js';
import { preview } from '../files/preview.js';
import type { Feed } from '../files/replay.js';
import { repeated, type CsvReadOptions } from './csv-options.js';

/** One record of a file, or why it is none. */
export type CsvRow =
  | (Place & { readonly kind: 'row'; readonly fields: readonly string[] })
  | (Place & { readonly kind: 'fault'; readonly raw: string; readonly fault: RecordFault });

interface Place {
  /** Line on which the record starts, from 1. */
  readonly line: number;
  /** First byte of the record in the unpacked file; of a broken record, the end of the last good one. */
  readonly offset: number;
}

const MAX_RECORD_BYTES = 16 * 1024 * 1024;
const BOM = Buffer.from([0xef, 0xbb, 0xbf]);

/**
 * Cuts the bytes of one file into records.
 *
 *   V1. The parser sees bytes as latin1, which loses nothing; fields are decoded afterwards. So a field
 *       that is no UTF-8 is a bad record instead of replacement characters.
 *   V2. A record that is too long ends the reading: where the next one starts is unknown.
 */
export class CsvRecords implements Feed<readonly CsvRow[]> {
  readonly #file: string;
  readonly #bytes: Pick<Feed<Buffer>, 'next' | 'close'>;
  readonly #parser: Parser;
  #rows: CsvRow[] = [];
  #columns: readonly string[] | undefined;
  #ascii = true;
  #started = false;
  #ended = false;
  /** Where the last good record ends. */
  #goodEnd = 0;
  #faultLine = 0;
  /** Bytes before the first one that the parser sees. */
  #base = 0;
  #failure: { readonly error: Error } | undefined;

  constructor(file: string, bytes: Pick<Feed<Buffer>, 'next' | 'close'>, options: CsvReadOptions) {
    this.#file = file;
    this.#bytes = bytes;
    this.#columns = options.columns;
    this.#parser = new Parser({
      delimiter: Buffer.from(options.delimiter ?? ','),
      quote: options.quote ?? '"',
      escape: options.quote ?? '"',
      encoding: 'latin1',
      max_record_size: options.maxRecordBytes ?? MAX_RECORD_BYTES,
      relax_column_count: true,
      skip_empty_lines: true,
      skip_records_with_error: true,
      record_delimiter: ['\r\n', '\n'],
      raw: true,
      on_record: (record, info) => {
        this.#guarded(() => {
          this.#record(record as unknown as RawRecord, info);
        });
        return null;
      },
      on_skip: (e, raw) => {
        this.#guarded(() => {
          if (e !== undefined) this.#skipped(e, raw ?? '');
        });
        return undefined;
      },
    });
    this.#parser.on('error', (e) => (this.#failure ??= { error: e }));
  }

  /** Names of the fields; known once the first rows are. */
  get columns(): readonly string[] {
    return this.#columns ?? [];
  }

  lengthOf(rows: readonly CsvRow[]): number {
    return rows.length;
  }

  async next(): Promise<readonly CsvRow[] | undefined> {
    while (this.#rows.length === 0 && !this.#ended) {
      const chunk = await this.#bytes.next();
      if (chunk === undefined) await this.#end();
      else this.#feed(chunk);
      if (this.#failure !== undefined) throw this.#failure.error;
    }
    const rows = this.#rows;
    this.#rows = [];
    return rows.length === 0 ? undefined : rows;
  }

  async close(): Promise<void> {
    this.#parser.destroy();
    await this.#bytes.close();
  }

  #feed(chunk: Buffer): void {
    // Copied: the parser keeps the end of a chunk until it sees the next.
    const copy = Buffer.from(this.#started ? chunk : this.#withoutMark(chunk));
    this.#started = true;
    this.#ascii &&= isAscii(copy);
    this.#parser.write(copy);
  }

  /** The parser reports what is thrown here only later, as an event. */
  #guarded(f: () => void): void {
    try {
      f();
    } catch (e) {
      this.#failure ??= { error: e as Error };
      throw e;
    }
  }

  #withoutMark(chunk: Buffer): Buffer {
    const [a, b] = chunk;
    if ((a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff)) {
      throw new StrahlError('cannotDecode', {
        title: `${this.#file} is UTF-16, which is not read`,
        fix: 'convert it, for example with iconv -t UTF-8',
      });
    }
    if (!chunk.subarray(0, 3).equals(BOM)) return chunk;
    this.#base = this.#goodEnd = BOM.length;
    return chunk.subarray(BOM.length);
  }

  async #end(): Promise<void> {
    this.#ended = true;
    await new Promise<void>((resolve) => {
      this.#parser.once('end', resolve).once('error', () => {
        resolve();
      });
      this.#parser.resume();
      this.#parser.end();
    });
  }

  #record({ raw, record: fields }: RawRecord, { bytes, lines }: RecordEnd): void {
    const content = raw.replace(EDGES, '');
    const terminator = raw.endsWith('\n') ? 1 : raw.endsWith('\r') ? 2 : 0;
    const offset = this.#base + bytes - terminator - content.length;
    this.#goodEnd = this.#base + bytes;
    const place = { line: lines - newlinesIn(content), offset };
    const fault = this.#faultOf(fields);
    if (fault !== undefined)
      this.#rows.push({ kind: 'fault', raw: textOf(content), fault, ...place });
    else if (this.#columns === undefined) this.#columns = this.#header(fields);
    else this.#rows.push({ kind: 'row', fields, ...place });
  }

  #skipped(e: CsvError & Partial<RecordEnd>, raw: string): void {
    const content = raw.replace(EDGES, '');
    const line = (e.lines ?? 1) - newlinesIn(content);
    if (e.code === 'CSV_MAX_RECORD_SIZE') throw this.#tooLong(line);
    const why = e.code === 'CSV_QUOTE_NOT_CLOSED' ? 'a quote is never closed' : e.message;
    const field = typeof e['column'] === 'number' ? e['column'] + 1 : undefined;
    const fault = new RecordFault('recordMismatch', why, field);
    // One record may be wrong twice: the later report knows more of it, unless the first is already out.
    if (this.#faultLine === line && this.#rows.pop() === undefined) return;
    this.#faultLine = line;
    this.#rows.push({ kind: 'fault', raw: textOf(content), fault, line, offset: this.#goodEnd });
  }

  /** Decodes the fields in place (V1), or says what is wrong with them. */
  #faultOf(fields: string[]): RecordFault | undefined {
    for (let i = 0; i < fields.length; i++) {
      const field = fields[i] ?? '';
      if (field.includes('\0'))
        return new RecordFault('recordMismatch', 'holds a NUL character', i + 1);
      if (this.#ascii || /^[\x00-\x7f]*$/.test(field)) continue;
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

  #header(fields: readonly string[]): readonly string[] {
    const twice = repeated(fields);
    if (twice === undefined) return fields;
    throw new StrahlError('recordMismatch', {
      title: `two columns of ${this.#file} are named ${preview(JSON.stringify(twice))}`,
      position: `${this.#file}:1`,
      fix: 'name them with the option columns, and leave the header out',
    });
  }

  #tooLong(line: number): StrahlError {
    return new StrahlError('limitExceeded', {
      title: `a record of ${this.#file} is longer than maxRecordBytes`,
      position: `${this.#file}:${String(line)}`,
      why: 'a quote that is never closed makes the rest of the file one record',
    });
  }
}

interface RawRecord {
  readonly raw: string;
  readonly record: string[];
}

/** Where the parser stands: bytes so far, and the line on which it is. */
interface RecordEnd {
  readonly bytes: number;
  readonly lines: number;
}

/** Line ends of skipped blank lines before a record, and of the record itself. */
const EDGES = /^[\r\n]+|[\r\n]+$/g;

function newlinesIn(text: string): number {
  let n = 0;
  for (let i = text.indexOf('\n'); i >= 0; i = text.indexOf('\n', i + 1)) n++;
  return n;
}

function textOf(latin1: string): string {
  return Buffer.from(latin1, 'latin1').toString('utf8');
}
