/**
 * JSON lines: one JSON value per line.
 *
 * @packageDocumentation
 */
import type { Root } from '#sdk/collections/root.js';
import { placing } from '#sdk/connector.js';
import type { Schema } from '#sdk/schema/schema.js';
import type { Sink } from '#sdk/collections/sink.js';
import type { Source } from '#sdk/collections/source.js';
import type { BadRecords, DeadLetter } from '../files/bad-records.js';
import type { LineOptions } from '../files/input/line-source.js';
import { recordFiles } from '../files/input/record-files.js';
import type { FileWatch, WatchOptions } from '../files/input/watched-files.js';
import { fileSink, type FileSinkOptions } from '../files/output/file-sink.js';
import { lineOutput } from '../files/output/line-output.js';
import type { ReadCollections } from '../files/read-outcomes.js';
import { formatJson } from './format-json.js';
import { jsonLineSource } from './json-lines.js';

export type { DeadLetter, FileWatch, ReadCollections };

/**
 * Options of `jsonl.files`.
 *
 * @example
 * ```ts
 * import { jsonl, type JsonlReadOptions } from 'strahl/io/jsonl';
 * const strict: JsonlReadOptions = { badRecords: 'fail', maxLineBytes: 1_000_000 };
 * const events = jsonl.files('events-*.jsonl', strict);
 * ```
 */
export interface JsonlReadOptions extends LineOptions {
  /** What to do with a line that is not JSON or does not fit the schema. Default `'fail'`. */
  readonly badRecords?: Exclude<BadRecords, 'dead-letter'>;
}

/**
 * Options of `jsonl.files` for files that appear while the job runs.
 *
 * @example
 * ```ts
 * import { s } from 'strahl';
 * import { jsonl, type JsonlWatchOptions } from 'strahl/io/jsonl';
 * const live: JsonlWatchOptions = { watch: '1m', badRecords: 'skip' };
 * const events = jsonl.files('events-*.jsonl', s.row({ id: s.int64 }), live);
 * ```
 */
export interface JsonlWatchOptions extends JsonlReadOptions, WatchOptions {}

/**
 * Options of `jsonl.sink`.
 *
 * @example
 * ```ts
 * import { jsonl, type JsonlSinkOptions } from 'strahl/io/jsonl';
 * const packed: JsonlSinkOptions = { compression: 'gzip', shards: 2 };
 * const sink = jsonl.sink('out/rows.jsonl.gz', packed);
 * ```
 */
export interface JsonlSinkOptions extends FileSinkOptions {
  /** Default `'none'`. */
  readonly compression?: 'none' | 'gzip';
}

/**
 * Reading and writing of JSON lines.
 *
 * @example
 * ```ts
 * import { s } from 'strahl';
 * import { jsonl, type Jsonl } from 'strahl/io/jsonl';
 * const Event = s.row({ id: s.int64 });
 * const events = ({ files }: Jsonl = jsonl) => files('events.jsonl', Event);
 * ```
 */
export interface Jsonl {
  /**
   * The values of all files that `pattern` names; `-` is standard input. With a schema each value is
   * checked, and converted if the schema converts; without one it is `unknown`, or what you say it is.
   *
   * As `JSON.parse`, but an integer beyond ±(2^53 − 1) becomes a bigint instead of being rounded, and an
   * object that gives a key twice is refused. Blank lines are left out.
   *
   * With `watch` files that appear later are read, too, each once; their values are stamped with the time at which
   * the file was found.
   *
   * @throws STRAHL-6002 (when the job starts) if no file is there
   * @throws STRAHL-5005 (while it runs) for a line that is not JSON or does not fit the schema, with file,
   * line and column
   *
   * @example
   * ```ts
   * import { pipeline, s } from 'strahl';
   * import { jsonl } from 'strahl/io/jsonl';
   * const Click = s.row({ user: s.string, url: s.string });
   * export default pipeline('users', (p) => {
   *   p.read(jsonl.files('clicks/*.jsonl', Click))
   *     .map((click) => ({ user: click.user }))
   *     .write(jsonl.sink('out/users.jsonl'));
   * });
   * ```
   */
  files<T>(pattern: string, schema: Schema<T>, options: JsonlWatchOptions): Source<T, 'unbounded'>;
  /** The same without a schema: values as JSON says. */
  files<T = unknown>(pattern: string, options: JsonlWatchOptions): Source<T, 'unbounded'>;
  /**
   * The values of all files that `pattern` names, one of each line, checked by `schema`; `-` is standard input.
   * Fails with STRAHL-6002 if no file is there, with STRAHL-5005 for a line that is not JSON or does not fit.
   */
  files<T>(pattern: string, schema: Schema<T>, options?: JsonlReadOptions): Source<T, 'bounded'>;
  /** The same without a schema: values as JSON says. */
  files<T = unknown>(pattern: string, options?: JsonlReadOptions): Source<T, 'bounded'>;

  /**
   * As `p.read(jsonl.files(…))`, with lines that are not records in a second collection.
   *
   * @example
   * ```ts
   * import { pipeline, s } from 'strahl';
   * import { jsonl } from 'strahl/io/jsonl';
   * export default pipeline('clicks', (p) => {
   *   const { records, dead } = jsonl.read(p, 'clicks.jsonl', s.row({ user: s.string }));
   *   records.write(jsonl.sink('out/good.jsonl'));
   *   dead.write(jsonl.sink('out/dead.jsonl'));
   * });
   * ```
   */
  read<T>(p: Root, pattern: string, schema: Schema<T>, options?: LineOptions): ReadCollections<T>;
  /** The same without a schema. */
  read<T = unknown>(p: Root, pattern: string, options?: LineOptions): ReadCollections<T>;

  /**
   * Writes each element as one line. A bigint becomes an integer, a `Date` ISO text. Files appear whole
   * or not at all, as with `text.sink`.
   *
   * @throws STRAHL-9002 for a path, number of shards or template that cannot name files
   * @throws STRAHL-5001 (while it runs) for what JSON cannot say: NaN, maps, sets, bytes, cycles
   *
   * @example
   * ```ts
   * import { jsonl } from 'strahl/io/jsonl';
   * const sink = jsonl.sink('out/hourly', { windowTemplate: '{start}', suffix: '.jsonl' });
   * ```
   */
  sink(path: string, options?: JsonlSinkOptions): Sink<unknown>;
}

/**
 * Reading and writing of JSON lines.
 *
 * @example
 * ```ts
 * import { pipeline, s } from 'strahl';
 * import { jsonl } from 'strahl/io/jsonl';
 * const Click = s.row({ user: s.string, page: s.string });
 * export const clicks = pipeline('clicks', (p) =>
 *   p
 *     .read(jsonl.files('clicks.jsonl', Click))
 *     .filter((c) => c.page === '/')
 *     .write(jsonl.sink('out/home.jsonl')),
 * );
 * ```
 */
export const jsonl: Jsonl = {
  ...recordFiles<LineOptions>(jsonLineSource),
  sink: placing((path, { compression, ...options } = {}) =>
    fileSink<unknown, string>({
      name: 'jsonl.sink',
      path,
      options,
      output: lineOutput(compression === undefined ? {} : { compression }),
      encode: formatJson,
    }),
  ),
};
