/**
 * Apache Arrow IPC files and streams: record batches in and out, rows in between.
 *
 * @packageDocumentation
 */
import { RecordBatchReader, RecordBatchStreamWriter, type RecordBatch } from 'apache-arrow';
import { StrahlError } from '#portability/errors.js';
import { checkOptionNames } from '#portability/option-names.js';
import type { Coder } from '#sdk/coder.js';
import { atCall, defineCompositeSource, defineSource, placing } from '#sdk/connector.js';
import type { SourceSpec } from '#sdk/dofn/source.js';
import type { Root } from '#sdk/collections/root.js';
import type { Schema } from '#sdk/schema/schema.js';
import type { Sink } from '#sdk/collections/sink.js';
import type { Source } from '#sdk/collections/source.js';
import type { BadRecords, DeadLetter, ReadOutcome } from '../files/bad-records.js';
import { checkBadRecords, checkChoice } from '../files/checked-options.js';
import type { FileRestriction } from '../files/input/file-restriction.js';
import { watchedFiles, type FileWatch, type WatchOptions } from '../files/input/watched-files.js';
import { fileSink, type FileSinkOptions } from '../files/output/file-sink.js';
import { separate, type ReadCollections } from '../files/read-outcomes.js';
import { validatorOf } from '../files/validate.js';
import { arrowOutput, type Cells, type IpcFormat } from './arrow-output.js';
import { batches, rows } from './arrow-source.js';
import type { ArrowRow, RowOptions } from './batch-rows.js';
import { columnsOf } from './columns.js';
import type { IpcLimits } from './ipc-layout.js';

export type { ArrowRow, DeadLetter, FileWatch, IpcFormat, ReadCollections, RecordBatch };

/**
 * Options of reading rows.
 *
 * @example
 * ```ts
 * import { s, type Root } from 'strahl';
 * import { arrow, type ArrowRowOptions } from 'strahl/io/arrow';
 * const typed: ArrowRowOptions<{ city: string }> = { schema: s.row({ city: s.string }) };
 * const rows = (p: Root) => arrow.read(p, 'cities.arrow', typed).records;
 * ```
 */
export interface ArrowRowOptions<T> extends IpcLimits, RowOptions {
  /** Checks each row, and says its type. Default: a row is as it stands. */
  readonly schema?: Schema<T>;
}

/**
 * Options of `arrow.files` with `as: 'rows'`.
 *
 * @example
 * ```ts
 * import { s } from 'strahl';
 * import { arrow, type ArrowRowsOptions } from 'strahl/io/arrow';
 * const rows: ArrowRowsOptions<{ people: number }> = { as: 'rows', schema: s.row({ people: s.int64 }) };
 * const cities = arrow.files('cities-*.arrow', rows);
 * ```
 */
export interface ArrowRowsOptions<T> extends ArrowRowOptions<T> {
  /** Elements are rows; the other choice is `'batches'`. */
  readonly as: 'rows';
  /** What to do with a row that does not fit. Default `'fail'`. */
  readonly badRecords?: Exclude<BadRecords, 'dead-letter'>;
}

/**
 * Options of `arrow.files` with `as: 'batches'`.
 *
 * @example
 * ```ts
 * import { arrow, type ArrowBatchesOptions } from 'strahl/io/arrow';
 * const whole: ArrowBatchesOptions = { as: 'batches' };
 * const batches = arrow.files('cities-*.arrow', whole);
 * ```
 */
export interface ArrowBatchesOptions extends IpcLimits {
  /** Elements are record batches; the other choice is `'rows'`. */
  readonly as: 'batches';
}

/**
 * Options of `arrow.sink`.
 *
 * @example
 * ```ts
 * import { s } from 'strahl';
 * import { arrow, type ArrowSinkOptions } from 'strahl/io/arrow';
 * const layout: ArrowSinkOptions<{ city: string }> = {
 *   schema: s.row({ city: s.string }),
 *   batchRows: 10_000,
 * };
 * const sink = arrow.sink('out/cities.arrow', layout);
 * ```
 */
export interface ArrowSinkOptions<T> extends FileSinkOptions {
  /** The schema of a row; its fields become columns. */
  readonly schema: Schema<T>;
  /** Greatest number of rows in a record batch. Default 65,536. */
  readonly batchRows?: number;
  /** Default: `'stream'` for a path that ends in `.arrows`, else `'file'`. */
  readonly format?: IpcFormat;
}

/**
 * Reading and writing of Arrow IPC.
 *
 * @example
 * ```ts
 * import { s } from 'strahl';
 * import { arrow, type Arrow } from 'strahl/io/arrow';
 * const convert = ({ files, sink }: Arrow = arrow) => ({
 *   from: files('in.arrow', { as: 'rows' }),
 *   to: sink('out.arrow', { schema: s.row({ city: s.string }) }),
 * });
 * ```
 */
export interface Arrow {
  /**
   * The rows or record batches of all files that `pattern` names; file and stream format are told apart by
   * their first bytes. A file is split by batches. Compressed batches are refused by name.
   *
   * Rows are plain objects: 64-bit integers are numbers where that is exact, else bigints; timestamps are
   * milliseconds since 1970; bytes are copied. Batches are those of `apache-arrow`.
   *
   * With `watch` files that appear later are read, too, each once; their elements are stamped with the time at which
   * the file was found.
   *
   * @throws STRAHL-6002 (when the job starts) if no file is there
   * @throws STRAHL-5002 (when the job starts, or while it runs) for what is not a complete Arrow file
   * @throws STRAHL-5004 (when the job starts) for a batch beyond `maxBatchBytes`
   * @throws STRAHL-2001 for compressed batches, and for columns that have no plain data
   * @throws STRAHL-5005 (while it runs) for a row that does not fit the schema, with file, batch and row
   *
   * @example
   * ```ts
   * import { pipeline, s } from 'strahl';
   * import { arrow } from 'strahl/io/arrow';
   * const Reading = s.row({ sensor: s.string, value: s.double });
   * export default pipeline('readings', (p) => {
   *   p.read(arrow.files('data/*.arrow', { as: 'rows', schema: Reading }))
   *     .filter((reading) => reading.value > 0)
   *     .write(arrow.sink('out/positive.arrow', { schema: Reading }));
   *   p.read(arrow.files('data/*.arrow', { as: 'batches' })).map((batch) => batch.numRows).log();
   * });
   * ```
   */
  files(
    pattern: string,
    options: ArrowBatchesOptions & WatchOptions,
  ): Source<RecordBatch, 'unbounded'>;
  /** The rows, and those of files that appear later. */
  files<T = ArrowRow>(
    pattern: string,
    options: ArrowRowsOptions<T> & WatchOptions,
  ): Source<T, 'unbounded'>;
  /** The record batches of all files that `pattern` names. Errors as above. */
  files(pattern: string, options: ArrowBatchesOptions): Source<RecordBatch, 'bounded'>;
  /** The rows of all files that `pattern` names, checked by `schema` if there is one. Errors as above. */
  files<T = ArrowRow>(pattern: string, options: ArrowRowsOptions<T>): Source<T, 'bounded'>;

  /**
   * As `p.read(arrow.files(…, { as: 'rows' }))`, with rows that do not fit in a second collection.
   *
   * @example
   * ```ts
   * import { pipeline, s } from 'strahl';
   * import { arrow } from 'strahl/io/arrow';
   * import { jsonl } from 'strahl/io/jsonl';
   * export default pipeline('readings', (p) => {
   *   const { dead } = arrow.read(p, 'data.arrow', { schema: s.row({ sensor: s.string }) });
   *   dead.write(jsonl.sink('out/dead.jsonl'));
   * });
   * ```
   */
  read<T = ArrowRow>(p: Root, pattern: string, options?: ArrowRowOptions<T>): ReadCollections<T>;

  /**
   * Writes each element as a row. Files appear whole or not at all, as with `text.sink`.
   *
   * @throws STRAHL-1104 for a schema that is not a row, STRAHL-2001 for a field that has no column type
   * @throws STRAHL-9002 for a path, number of shards, template or `batchRows` that cannot be used
   * @throws STRAHL-5001 (while it runs) for a value that its column cannot hold exactly
   *
   * @example
   * ```ts
   * import { s } from 'strahl';
   * import { arrow } from 'strahl/io/arrow';
   * const sink = arrow.sink('out/readings.arrow', {
   *   schema: s.row({ sensor: s.string, value: s.double }),
   *   batchRows: 10_000,
   * });
   * ```
   */
  sink<T>(path: string, options: ArrowSinkOptions<T>): Sink<T>;
}

const ROW_OPTIONS = ['schema', 'timestamps', 'maxBatchBytes'];
const FILE_OPTIONS = ['as', 'watch', 'badRecords', ...ROW_OPTIONS];
const BATCH_OPTIONS = ['as', 'watch', 'maxBatchBytes'];

type Spec<T> = SourceSpec<T, FileRestriction> & { readonly boundedness: 'bounded' };

/** Between stages a batch travels as a stream of its own. */
const BATCH_CODER: Coder<RecordBatch> = {
  encode(batch) {
    const writer = new RecordBatchStreamWriter();
    writer.write(batch);
    writer.close();
    return writer.toUint8Array(true);
  },
  decode(bytes) {
    const batch = RecordBatchReader.from(bytes).next().value as RecordBatch;
    // Writing a batch keeps its dictionaries in it; so do we, or its copy would differ from it.
    Reflect.get(batch, 'dictionaries');
    return batch;
  },
};

function files<T>(
  pattern: string,
  options: (ArrowBatchesOptions | ArrowRowsOptions<T>) & Partial<WatchOptions>,
): Source<never, never> {
  const as = (options as typeof options | undefined)?.as;
  checkChoice('as', as ?? 'nothing', ['rows', 'batches']);
  checkOptionNames('arrow.files', options, as === 'rows' ? FILE_OPTIONS : BATCH_OPTIONS);
  if (options.as === 'batches') {
    const source = reading(batches(pattern, options) as Spec<RecordBatch>, pattern, options);
    const coded = defineCompositeSource<RecordBatch, 'bounded'>('arrow.files', (p) =>
      p.read(source).withCoder(BATCH_CODER),
    );
    return coded as Source<never, never>;
  }
  const { schema, badRecords = 'fail' } = options;
  checkBadRecords(badRecords, 'arrow.read');
  // Without dead letters a source gives nothing but records.
  const spec = rows(pattern, options, converterOf(schema), badRecords) as Spec<T>;
  return reading(spec, pattern, options, schema) as Source<never, never>;
}

function reading<T>(
  spec: Spec<T>,
  pattern: string,
  { watch }: Partial<WatchOptions>,
  schema?: Schema<T>,
): Source<T, 'bounded'> {
  if (watch === undefined) return defineSource(spec, schema);
  return watchedFiles(spec, pattern, watch, schema) as Source<T, never>;
}

function read<T>(p: Root, pattern: string, options: ArrowRowOptions<T> = {}): ReadCollections<T> {
  return atCall(p, read, () => {
    checkOptionNames('arrow.read', options, ROW_OPTIONS);
    const spec = rows(pattern, options, converterOf(options.schema), 'dead-letter');
    const source = defineSource(spec as Spec<ReadOutcome<T>>);
    return separate(p.read(source), options.schema);
  });
}

/** Without a schema the type parameter is the row itself. */
function converterOf<T>(schema: Schema<T> | undefined): (row: ArrowRow) => T {
  return schema === undefined ? (row) => row as T : validatorOf(schema);
}

function sink<T>(
  path: string,
  { schema, batchRows = 65_536, format, ...options }: ArrowSinkOptions<T>,
): Sink<T> {
  if (!Number.isSafeInteger(batchRows) || batchRows < 1) {
    const title = `batchRows must be a positive whole number, not ${String(batchRows)}`;
    throw new StrahlError('badValue', { title, fix: 'leave it out for 65,536 rows in a batch' });
  }
  const columns = columnsOf(schema);
  const byName = path.endsWith('.arrows') || options.suffix?.endsWith('.arrows') === true;
  return fileSink<T, Cells>({
    name: 'arrow.sink',
    path,
    options,
    output: arrowOutput(columns, format ?? (byName ? 'stream' : 'file'), batchRows),
    encode: (element) =>
      columns.map((column) => {
        const value = (element as Readonly<Record<string, unknown>>)[column.name];
        try {
          return column.cell(value);
        } catch (e) {
          throw new TypeError(`${column.name}: ${(e as Error).message}`);
        }
      }),
  });
}

/**
 * Reading and writing of Arrow IPC.
 *
 * @example
 * ```ts
 * import { pipeline } from 'strahl';
 * import { arrow } from 'strahl/io/arrow';
 * export const cities = pipeline('cities', (p) => p.read(arrow.files('trips.arrow', { as: 'rows' })).map((r) => r['city']));
 * ```
 */
export const arrow: Arrow = { files: placing(files), read, sink: placing(sink) };
