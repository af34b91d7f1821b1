/**
 * CSV files by RFC 4180: records of named texts.
 *
 * @packageDocumentation
 */
import type { SourceSpec } from '#sdk/dofn/source.js';
import type { Root } from '#sdk/collections/root.js';
import { placing } from '#sdk/connector.js';
import type { Schema } from '#sdk/schema/schema.js';
import type { Sink } from '#sdk/collections/sink.js';
import type { Source } from '#sdk/collections/source.js';
import type { BadRecords, DeadLetter, ReadOutcome } from '../files/bad-records.js';
import { checkReading } from '../files/checked-options.js';
import type { FileRestriction } from '../files/input/file-restriction.js';
import { recordFiles } from '../files/input/record-files.js';
import type { FileWatch, WatchOptions } from '../files/input/watched-files.js';
import { fileSink, type FileSinkOptions } from '../files/output/file-sink.js';
import { lineOutput } from '../files/output/line-output.js';
import type { ReadCollections } from '../files/read-outcomes.js';
import { validatorOf } from '../files/validate.js';
import { checkColumns, checkDialect, type CsvDialect, type CsvReadOptions } from './csv-options.js';
import { csvSource, type RowReader } from './csv-source.js';
import { rowFormatter } from './format-row.js';
import { typedFields } from './typed-fields.js';

export type { CsvDialect, CsvReadOptions, DeadLetter, FileWatch, ReadCollections };

/**
 * A record without a schema: texts by the name of their column.
 *
 * @example
 * ```ts
 * import type { CsvRecord } from 'strahl/io/csv';
 * const people = (city: CsvRecord): number => Number(city['people'] ?? 0);
 * ```
 */
export type CsvRecord = Readonly<Record<string, string>>;

/**
 * Options of `csv.files`.
 *
 * @example
 * ```ts
 * import { csv, type CsvFilesOptions } from 'strahl/io/csv';
 * const forgiving: CsvFilesOptions = { badRecords: 'skip', maxRecordBytes: 10_000 };
 * const rows = csv.files('exports/*.csv', forgiving);
 * ```
 */
export interface CsvFilesOptions extends CsvReadOptions {
  /** What to do with a record that cannot be read. Default `'fail'`. */
  readonly badRecords?: Exclude<BadRecords, 'dead-letter'>;
}

/**
 * Options of `csv.files` for files that appear while the job runs.
 *
 * @example
 * ```ts
 * import { csv, type CsvWatchOptions } from 'strahl/io/csv';
 * const hourly: CsvWatchOptions = { watch: '1h', delimiter: '\t' };
 * const rows = csv.files('exports/*.tsv', hourly);
 * ```
 */
export interface CsvWatchOptions extends CsvFilesOptions, WatchOptions {}

/**
 * Options of `csv.sink`.
 *
 * @example
 * ```ts
 * import { csv, type CsvSinkOptions } from 'strahl/io/csv';
 * const layout: CsvSinkOptions = { columns: ['city', 'people'], header: true };
 * const sink = csv.sink('out/cities.csv', layout);
 * ```
 */
export interface CsvSinkOptions extends CsvDialect, FileSinkOptions {
  /** The fields to write, in this order. */
  readonly columns: readonly string[];
  /** Whether each file starts with the names of the columns. Default true. */
  readonly header?: boolean;
  /** Default `'none'`. */
  readonly compression?: 'none' | 'gzip';
}

/**
 * Reading and writing of CSV.
 *
 * @example
 * ```ts
 * import { csv, type Csv } from 'strahl/io/csv';
 * const reordered = (columns: readonly string[], { sink }: Csv = csv) => sink('out.csv', { columns });
 * ```
 */
export interface Csv {
  /**
   * The records of all files that `pattern` names; `-` is standard input. The first record of each file
   * names the columns, unless `columns` does. Fields are texts; a schema may convert them. Numbers and booleans of a
   * schema of `s` are read from their text, and an empty field of them is a missing value, if one may be missing.
   *
   * A file is one restriction: since quoted fields may hold line breaks it can only be read from its
   * beginning. Blank lines are left out.
   *
   * With `watch` files that appear later are read, too, each once; their records are stamped with the time at which
   * the file was found.
   *
   * @throws STRAHL-9002 for a delimiter, quote or columns that cannot be used
   * @throws STRAHL-5005 (while it runs) for an unclosed quote, a wrong number of fields, a NUL character,
   * two columns of one name, with `file:line:field`
   * @throws STRAHL-5004 (while it runs) for a record longer than `maxRecordBytes`, under every policy
   *
   * @example
   * ```ts
   * import { pipeline } from 'strahl';
   * import { csv } from 'strahl/io/csv';
   * export default pipeline('amounts', (p) => {
   *   p.read(csv.files('orders.csv', { delimiter: ';' }))
   *     .map((order) => ({ id: order['id'], cents: Number(order['amount']) * 100 }))
   *     .write(csv.sink('out/cents.csv', { columns: ['id', 'cents'] }));
   * });
   * ```
   */
  files<T>(pattern: string, schema: Schema<T>, options: CsvWatchOptions): Source<T, 'unbounded'>;
  /** The same without a schema: records of texts by column. */
  files(pattern: string, options: CsvWatchOptions): Source<CsvRecord, 'unbounded'>;
  /**
   * The records of all files that `pattern` names, checked and converted by `schema`; `-` is standard input. Fails
   * with STRAHL-6002 if no file is there, with STRAHL-5005 for a record that cannot be read or does not fit.
   */
  files<T>(pattern: string, schema: Schema<T>, options?: CsvFilesOptions): Source<T, 'bounded'>;
  /** The same without a schema: records of texts by column. */
  files(pattern: string, options?: CsvFilesOptions): Source<CsvRecord, 'bounded'>;

  /**
   * As `p.read(csv.files(…))`, with what is not a record in a second collection.
   *
   * @example
   * ```ts
   * import { pipeline } from 'strahl';
   * import { csv } from 'strahl/io/csv';
   * import { jsonl } from 'strahl/io/jsonl';
   * export default pipeline('orders', (p) => {
   *   const { records, dead } = csv.read(p, 'orders.csv');
   *   records.write(jsonl.sink('out/orders.jsonl'));
   *   dead.write(jsonl.sink('out/dead.jsonl'));
   * });
   * ```
   */
  read<T>(
    p: Root,
    pattern: string,
    schema: Schema<T>,
    options?: CsvReadOptions,
  ): ReadCollections<T>;
  /** The same without a schema. */
  read(p: Root, pattern: string, options?: CsvReadOptions): ReadCollections<CsvRecord>;

  /**
   * Writes the given columns of each element. Files appear whole or not at all, as with `text.sink`.
   *
   * @throws STRAHL-9002 for columns or a dialect that cannot be used
   * @throws STRAHL-5001 (while it runs) for a field that is not text, number, boolean or date
   *
   * @example
   * ```ts
   * import { csv } from 'strahl/io/csv';
   * const sink = csv.sink('out/orders.csv', { columns: ['id', 'amount'], delimiter: ';' });
   * ```
   */
  sink(path: string, options: CsvSinkOptions): Sink<object>;
}

function sourceOf<T>(
  pattern: string,
  schema: Schema<T> | undefined,
  options: CsvReadOptions,
  badRecords: BadRecords,
): SourceSpec<T | ReadOutcome<T>, FileRestriction> {
  checkReading('csv.files', options, [
    'badRecords',
    'columns',
    'delimiter',
    'maxRecordBytes',
    'quote',
    'watch',
  ]);
  checkDialect(options);
  if (options.columns !== undefined) checkColumns(options.columns);
  return csvSource(pattern, options, readerOf(schema), badRecords);
}

/** Without a schema the type parameter is the record itself. */
function readerOf<T>(schema: Schema<T> | undefined): RowReader<T> {
  if (schema === undefined) return (record) => record as T;
  const validate = validatorOf(schema);
  const typed = typedFields(schema);
  return typed === undefined ? validate : (record) => validate(typed(record));
}

function sink(
  path: string,
  { columns, header = true, compression, delimiter, quote, ...options }: CsvSinkOptions = {
    columns: [],
  },
): Sink<object> {
  const dialect = {
    ...(delimiter === undefined ? {} : { delimiter }),
    ...(quote === undefined ? {} : { quote }),
  };
  checkDialect(dialect);
  checkColumns(columns);
  const format = rowFormatter(dialect);
  return fileSink<object, string>({
    name: 'csv.sink',
    path,
    options,
    output: lineOutput({
      ...(compression === undefined ? {} : { compression }),
      head: header ? `${format(columns)}\n` : '',
    }),
    encode: (element) =>
      format(columns.map((column) => (element as Readonly<Record<string, unknown>>)[column])),
  });
}

/**
 * Reading and writing of CSV.
 *
 * @example
 * ```ts
 * import { pipeline } from 'strahl';
 * import { csv } from 'strahl/io/csv';
 * export const names = pipeline('names', (p) => p.read(csv.files('people.csv')).map((r) => r['name']));
 * ```
 */
export const csv: Csv = { ...recordFiles<CsvReadOptions>(sourceOf), sink: placing(sink) };
