/**
 * Text files: one element per line.
 *
 * @packageDocumentation
 */
import { atCall, defineSource, placing } from '#sdk/connector.js';
import type { SourceSpec } from '#sdk/dofn/source.js';
import type { Root } from '#sdk/collections/root.js';
import type { Sink } from '#sdk/collections/sink.js';
import type { Source } from '#sdk/collections/source.js';
import type { BadRecords, DeadLetter, ReadOutcome } from '../files/bad-records.js';
import { checkBadRecords } from '../files/checked-options.js';
import type { FileRestriction } from '../files/input/file-restriction.js';
import type { LineOptions } from '../files/input/line-source.js';
import { watchedFiles, type FileWatch, type WatchOptions } from '../files/input/watched-files.js';
import { fileSink, type FileSinkOptions } from '../files/output/file-sink.js';
import { lineOutput } from '../files/output/line-output.js';
import { separate, type ReadCollections } from '../files/read-outcomes.js';
import { placedLines, plainLines, type Line } from './text-lines.js';

export type { DeadLetter, FileWatch, Line, ReadCollections };

/**
 * Options of `text.files`.
 *
 * @example
 * ```ts
 * import { text, type TextReadOptions } from 'strahl/io/text';
 * const forgiving: TextReadOptions = { badRecords: 'skip', maxLineBytes: 65_536 };
 * const lines = text.files('logs/*.log', forgiving);
 * ```
 */
export interface TextReadOptions extends LineOptions {
  /** What to do with a line that is not UTF-8 or too long. Default `'fail'`. */
  readonly badRecords?: Exclude<BadRecords, 'dead-letter'>;
}

/**
 * Options of `text.files` for files that appear while the job runs.
 *
 * @example
 * ```ts
 * import { text, type TextWatchOptions } from 'strahl/io/text';
 * const live: TextWatchOptions = { watch: '5s', badRecords: 'skip' };
 * const lines = text.files('logs/*.log', live);
 * ```
 */
export interface TextWatchOptions extends TextReadOptions, WatchOptions {}

/**
 * Options of `text.sink`.
 *
 * @example
 * ```ts
 * import { text, type TextSinkOptions } from 'strahl/io/text';
 * const packed: TextSinkOptions = { shards: 4, compression: 'gzip' };
 * const sink = text.sink('out/lines.txt.gz', packed);
 * ```
 */
export interface TextSinkOptions extends FileSinkOptions {
  /** Default `'none'`. */
  readonly compression?: 'none' | 'gzip';
}

/**
 * Reading and writing of text files.
 *
 * @example
 * ```ts
 * import { text, type Text } from 'strahl/io/text';
 * const copy = (from: string, to: string, { files, sink }: Text = text) => ({
 *   source: files(from),
 *   sink: sink(to),
 * });
 * ```
 */
export interface Text {
  /**
   * The lines of all files that `pattern` names, without `\n` or `\r\n`; `-` is standard input. A file is
   * split into ranges of bytes; a packed one is read as a whole. A byte-order mark is left out.
   *
   * With `withPosition` each element says where its line stands. With `watch` files that appear later are read,
   * too, each once; their lines are stamped with the time at which the file was found.
   *
   * @throws STRAHL-6002 (when the job starts) if no file is there
   * @throws STRAHL-5002 (while it runs) for a line that is not UTF-8, with file and line
   *
   * @example
   * ```ts
   * import { pipeline } from 'strahl';
   * import { text } from 'strahl/io/text';
   * export default pipeline('copy', (p) => {
   *   p.read(text.files('logs/*.log.gz')).write(text.sink('out/all.log'));
   * });
   * ```
   */
  files(
    pattern: string,
    options: TextWatchOptions & { readonly withPosition: true },
  ): Source<Line, 'unbounded'>;
  /** The lines of all files that `pattern` names, and of those that appear later. Errors as above. */
  files(pattern: string, options: TextWatchOptions): Source<string, 'unbounded'>;
  /** The same lines, each with its file and offset. */
  files(
    pattern: string,
    options: TextReadOptions & { readonly withPosition: true },
  ): Source<Line, 'bounded'>;
  /**
   * The lines of all files that `pattern` names, without `\n` or `\r\n`; `-` is standard input. Packed files are
   * unpacked. Fails with STRAHL-6002 if no file is there, with STRAHL-5002 for a line that is not UTF-8.
   */
  files(pattern: string, options?: TextReadOptions): Source<string, 'bounded'>;

  /**
   * As `p.read(text.files(…))`, with lines that cannot be read in a second collection.
   *
   * @example
   * ```ts
   * import { pipeline } from 'strahl';
   * import { text } from 'strahl/io/text';
   * export default pipeline('lines', (p) => {
   *   const { records, dead } = text.read(p, 'data/*.txt');
   *   records.write(text.sink('out/lines.txt'));
   *   dead.map((d) => `${d.file} ${String(d.offset)}: ${d.why}`).write(text.sink('out/dead.txt'));
   * });
   * ```
   */
  read(
    p: Root,
    pattern: string,
    options: LineOptions & { readonly withPosition: true },
  ): ReadCollections<Line>;
  /** The lines, and in a second collection those that cannot be read. */
  read(p: Root, pattern: string, options?: LineOptions): ReadCollections<string>;

  /**
   * Writes each string as a line. Files appear whole or not at all; existing ones are replaced. Without a
   * template all lines go to one set of files, which an empty input gives too, as empty files.
   *
   * @throws STRAHL-9002 for a path, number of shards or template that cannot name files
   * @throws STRAHL-6002, STRAHL-6003, STRAHL-7004 (while it runs) if a file cannot be written
   *
   * @example
   * ```ts
   * import { text } from 'strahl/io/text';
   * const perHour = text.sink('out/log', { windowTemplate: '{start}', suffix: '.txt' });
   * const spread = text.sink('out/part', { shards: 3, compression: 'gzip', suffix: '.txt.gz' });
   * ```
   */
  sink(path: string, options?: TextSinkOptions): Sink<string>;
}

type Spec<T> = SourceSpec<T, FileRestriction> & { readonly boundedness: 'bounded' };

/** Without dead letters a source gives nothing but records. */
function recordsOnly<T>(spec: SourceSpec<T | ReadOutcome<T>, FileRestriction>): Spec<T> {
  return spec as Spec<T>;
}

function files(
  pattern: string,
  {
    withPosition,
    watch,
    badRecords = 'fail',
    ...options
  }: Partial<TextWatchOptions> & { withPosition?: true } = {},
): Source<never, never> {
  checkBadRecords(badRecords, 'text.read');
  const format = { pattern, options, badRecords };
  if (watch !== undefined) {
    const spec = withPosition
      ? recordsOnly<Line | string>(placedLines(format))
      : recordsOnly<Line | string>(plainLines(format));
    return watchedFiles(spec, pattern, watch) as Source<never, never>;
  }
  const source: Source<string | Line, 'bounded'> = withPosition
    ? defineSource(recordsOnly<Line>(placedLines(format)))
    : defineSource(recordsOnly<string>(plainLines(format)));
  return source as Source<never, never>;
}

function read(
  p: Root,
  pattern: string,
  { withPosition, ...options }: LineOptions & { withPosition?: true } = {},
): ReadCollections<never> {
  return atCall(p, read, () => {
    const format = { pattern, options, badRecords: 'dead-letter' } as const;
    const spec = withPosition ? placedLines(format) : plainLines(format);
    return separate(p.read(defineSource(spec as Spec<ReadOutcome<never>>)));
  });
}

/** Checked on the way out: half of a surrogate pair would be written as a replacement character. */
function wellFormed(line: unknown): string {
  if (typeof line !== 'string')
    throw new TypeError(`the element is a ${typeof line}, not a string`);
  if (LONE_SURROGATE.test(line)) throw new TypeError('the string holds half of a surrogate pair');
  return line;
}

const LONE_SURROGATE = /\p{Surrogate}/u;

/**
 * Reading and writing of text files.
 *
 * @example
 * ```ts
 * import { pipeline } from 'strahl';
 * import { text } from 'strahl/io/text';
 * export const shout = pipeline('shout', (p) =>
 *   p
 *     .read(text.files('in/*.txt'))
 *     .map((line) => line.toUpperCase())
 *     .write(text.sink('out/shouted.txt')),
 * );
 * ```
 */
export const text: Text = {
  files: placing(files),
  read,
  sink: placing((path, { compression, ...options } = {}) =>
    fileSink<string, string>({
      name: 'text.sink',
      path,
      options,
      output: lineOutput(compression === undefined ? {} : { compression }),
      encode: wellFormed,
    }),
  ),
};
