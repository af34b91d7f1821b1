import { BYTES_READ } from '#sdk/dofn/bytes-read.js';
import type { ReadContext, SourceSpec } from '#sdk/dofn/source.js';
import {
  BadRecord,
  RecordFault,
  RecordOutput,
  type BadRecords,
  type ReadOutcome,
} from '../files/bad-records.js';
import { FileChunks } from '../files/input/chunks.js';
import {
  rangesOf,
  STDIN,
  type FileRange,
  type FileRestriction,
} from '../files/input/file-restriction.js';
import { fileSource } from '../files/input/file-source.js';
import type { Feed, Replay } from '../files/input/replay.js';
import { Replays } from '../files/input/replays.js';
import { standardInput } from '../files/input/standard-input.js';
import { isPacked, unpackFile } from '../files/input/unpack.js';
import type { CsvReadOptions } from './csv-options.js';
import { CsvRecords, type CsvRow } from './csv-records.js';

/** Makes an element of the fields of a row, by name. */
export type RowReader<T> = (fields: Readonly<Record<string, string>>) => T;

interface NamedRows {
  readonly columns: readonly string[];
  readonly rows: readonly CsvRow[];
}

/**
 * Reads CSV files. A quoted field may hold line breaks, so where a record starts is known only by reading
 * from the beginning: a file is one restriction, and a position is the number of a record.
 */
export function csvSource<T>(
  pattern: string,
  options: CsvReadOptions,
  element: RowReader<T>,
  badRecords: BadRecords,
): SourceSpec<T | ReadOutcome<T>, FileRestriction> {
  const replays = new Replays<NamedRows>();
  return fileSource<T | ReadOutcome<T>>({
    name: 'csv.files',
    pattern,
    ranges: (file) => rangesOf(file, undefined),
    async read(range, c) {
      const output = new RecordOutput<T>(c, badRecords);
      const emit = rowEmitter(range.file.path, element, output);
      await readRows(replays, options, { range, emit, c });
    },
  });
}

interface RowRead<T> {
  readonly range: FileRange;
  readonly emit: (row: CsvRow, columns: readonly string[]) => void;
  readonly c: ReadContext<T>;
}

async function readRows<T>(
  replays: Replays<NamedRows>,
  options: CsvReadOptions,
  { range, emit, c }: RowRead<T>,
): Promise<void> {
  const { path } = range.file;
  const bytesRead = c.metrics.counter(BYTES_READ);
  const replay = await replays.take(path, range.from, () =>
    openRows(range, options, (bytes) => {
      bytesRead.inc(bytes);
    }),
  );
  const stop = (): void => void replays.closeAll();
  c.signal.addEventListener('abort', stop, { once: true });
  const end = await emitRows(replay, { range, emit, c })
    .catch(async (e: unknown) => {
      await replays.discard(path, replay);
      throw e;
    })
    .finally(() => {
      c.signal.removeEventListener('abort', stop);
    });
  c.onBundleCommitted(() => replays.release(path, replay, end.position, end.finished));
}

/** Where reading stopped, and whether it did because nothing was left. */
interface ReadEnd {
  readonly position: number;
  readonly finished: boolean;
}

async function emitRows<T>(
  replay: Replay<NamedRows>,
  { range, emit, c }: RowRead<T>,
): Promise<ReadEnd> {
  let position = range.from;
  for (;;) {
    const piece = position < range.to ? await replay.at(position) : undefined;
    c.signal.throwIfAborted();
    if (piece === undefined) return { position, finished: true };
    const { rows, columns } = piece.data;
    for (; position < piece.to; position++) {
      if (!c.claim(position)) return { position, finished: false };
      const row = rows[position - piece.from];
      if (row !== undefined) emit(row, columns);
    }
    const pause = c.ready();
    if (pause !== undefined) await pause;
  }
}

function rowEmitter<T>(
  file: string,
  element: RowReader<T>,
  output: RecordOutput<T>,
): (row: CsvRow, columns: readonly string[]) => void {
  const reject = (row: CsvRow, raw: string, fault: RecordFault): void => {
    try {
      output.bad({ raw, why: fault.why, file, offset: row.offset }, fault);
    } catch (e) {
      if (!(e instanceof BadRecord)) throw e;
      const column = fault.column === undefined ? '' : `:${String(fault.column)}`;
      throw e.toError(`${file === STDIN ? 'standard input' : file}:${String(row.line)}${column}`);
    }
  };
  return (row, columns) => {
    if (row.kind === 'fault') {
      reject(row, row.raw, row.fault);
      return;
    }
    let value: T;
    try {
      value = element(named(row.fields, columns));
    } catch (e) {
      if (!(e instanceof RecordFault)) throw e;
      reject(row, row.fields.join(','), e);
      return;
    }
    output.good(value);
  };
}

function named(fields: readonly string[], columns: readonly string[]): Record<string, string> {
  const record: Record<string, string> = {};
  for (let i = 0; i < columns.length; i++) {
    const name = columns[i] ?? '';
    const value = fields[i] ?? '';
    // Defined, not set: a header must not reach the prototype.
    if (name === '__proto__') Object.defineProperty(record, name, { value, enumerable: true });
    else record[name] = value;
  }
  return record;
}

async function openRows(
  { file }: FileRange,
  options: CsvReadOptions,
  count: (bytes: number) => void,
): Promise<Feed<NamedRows>> {
  const records = new CsvRecords(file.path, await openBytes(file, options, count), options);
  return {
    lengthOf: ({ rows }) => rows.length,
    close: () => records.close(),
    async next() {
      const rows = await records.next();
      return rows === undefined ? undefined : { rows, columns: records.columns };
    },
  };
}

async function openBytes(
  file: FileRange['file'],
  options: CsvReadOptions,
  count: (bytes: number) => void,
): Promise<Pick<Feed<Buffer>, 'next' | 'close'>> {
  if (file.path === STDIN) return standardInput(process.stdin, options, count);
  if (isPacked(file.path, options.compression)) return unpackFile(file.path, options, count);
  const chunks = await FileChunks.open(file, 0);
  return {
    close: () => chunks.close(),
    async next() {
      const chunk = await chunks.next();
      if (chunk !== undefined) count(chunk.length);
      return chunk;
    },
  };
}
