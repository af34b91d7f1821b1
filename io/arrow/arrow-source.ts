import { open, type FileHandle } from 'node:fs/promises';
import { RecordBatchReader, type RecordBatch } from 'apache-arrow';
import { isStrahlError, type StrahlError } from '#portability/errors.js';
import { BYTES_READ } from '#sdk/dofn/bytes-read.js';
import type { ReadContext, SourceSpec } from '#sdk/dofn/source.js';
import {
  BadRecord,
  RecordFault,
  RecordOutput,
  type BadRecords,
  type ReadOutcome,
} from '../files/bad-records.js';
import { fileError } from '../files/file-error.js';
import type { FileEntry } from '../files/glob.js';
import type { FileRange, FileRestriction } from '../files/input/file-restriction.js';
import { fileSource } from '../files/input/file-source.js';
import { preview } from '../files/preview.js';
import { BatchRows, type ArrowRow, type RowOptions } from './batch-rows.js';
import { isSound } from './batch-soundness.js';
import { broken, readBlocks, readLayout, type IpcLayout, type IpcLimits } from './ipc-layout.js';

/** Bytes of one restriction; at least one batch. */
const RANGE_BYTES = 64 * 1024 * 1024;

/** Takes one batch; `file` and `index` say where it stands. */
type BatchTarget = (batch: RecordBatch, place: BatchPlace) => void;

interface BatchPlace {
  readonly file: string;
  readonly index: number;
  /** First byte of the batch in the file. */
  readonly offset: number;
}

/** Reads files batch by batch. A position is the number of a batch. */
function batchSource<T>(
  pattern: string,
  limits: IpcLimits,
  target: (c: ReadContext<T>) => BatchTarget,
): SourceSpec<T, FileRestriction> {
  return fileSource<T>({
    name: 'arrow.files',
    pattern,
    ranges: (file) =>
      withFile(file, async (handle) => rangesOf(file, await layoutOf(file, handle, limits))),
    read: (range, c) =>
      withFile(range.file, async (handle) => {
        const layout = await layoutOf(range.file, handle, limits);
        await readBatches({ range, handle, layout, c, target: target(c) });
      }),
  });
}

interface BatchRead<T> {
  readonly range: FileRange;
  readonly handle: FileHandle;
  readonly layout: IpcLayout;
  readonly c: ReadContext<T>;
  readonly target: BatchTarget;
}

async function readBatches<T>({ range, handle, layout, c, target }: BatchRead<T>): Promise<void> {
  const { path } = range.file;
  const bytesRead = c.metrics.counter(BYTES_READ);
  for (let index = range.from; index < range.to; index++) {
    const block = layout.batches[index];
    if (block === undefined || !c.claim(index)) return;
    const batch = await decodeBatch(path, handle, layout, index);
    bytesRead.inc(block.bytes);
    target(batch, { file: path, index, offset: block.offset });
    c.signal.throwIfAborted();
    const pause = c.ready();
    if (pause !== undefined) await pause;
  }
}

async function decodeBatch(
  path: string,
  handle: FileHandle,
  { schema, dictionaries, batches }: IpcLayout,
  index: number,
): Promise<RecordBatch> {
  const block = batches[index];
  if (block === undefined) throw broken(path, `batch ${String(index)} is missing`);
  const messages = await readBlocks(path, handle, [...dictionaries, block]);
  const bytes = Buffer.concat([schema, messages]);
  try {
    const batch = RecordBatchReader.from(bytes).next().value as RecordBatch | null | undefined;
    if (batch !== undefined && batch !== null && isSound(batch)) return batch;
  } catch (cause) {
    throw broken(path, `batch ${String(index)} is damaged`, cause);
  }
  throw broken(path, `batch ${String(index)} holds fewer values than rows`);
}

/** The batches themselves. */
export function batches(
  pattern: string,
  limits: IpcLimits,
): SourceSpec<RecordBatch, FileRestriction> {
  return batchSource<RecordBatch>(pattern, limits, (c) => (batch) => {
    c.emit(batch);
  });
}

/** The rows of all batches, each as `convert` makes it. */
export function rows<T>(
  pattern: string,
  options: IpcLimits & RowOptions,
  convert: (row: ArrowRow) => T,
  badRecords: BadRecords,
): SourceSpec<T | ReadOutcome<T>, FileRestriction> {
  return batchSource<T | ReadOutcome<T>>(pattern, options, (c) => {
    const output = new RecordOutput<T>(c, badRecords);
    return (batch, place) => {
      const source = new BatchRows(batch, options);
      for (let i = 0; i < batch.numRows; i++) emitRow(source, i, convert, { output, place });
    };
  });
}

interface RowTarget<T> {
  readonly output: RecordOutput<T>;
  readonly place: BatchPlace;
}

function emitRow<T>(
  source: BatchRows,
  i: number,
  convert: (row: ArrowRow) => T,
  { output, place }: RowTarget<T>,
): void {
  let value: T;
  try {
    value = convert(rowAt(source, i, place));
  } catch (e) {
    if (!(e instanceof RecordFault)) throw e;
    const at = `batch ${String(place.index)}, row ${String(i)}`;
    const letter = { raw: at, why: `${at}: ${e.why}`, file: place.file, offset: place.offset };
    try {
      output.bad(letter, e);
    } catch (bad) {
      throw bad instanceof BadRecord ? bad.toError(preview(`${place.file}, ${at}`)) : bad;
    }
    return;
  }
  output.good(value);
}

/** What the library stumbles over is a damaged file, not a mistake of the user. */
function rowAt(source: BatchRows, i: number, { file, index }: BatchPlace): ArrowRow {
  try {
    return source.at(i);
  } catch (e) {
    if (e instanceof RecordFault) throw e;
    throw broken(file, `batch ${String(index)}, row ${String(i)} is damaged`, e);
  }
}

function rangesOf(file: FileEntry, { batches: blocks }: IpcLayout): readonly FileRange[] {
  const ranges: FileRange[] = [];
  let from = 0;
  let bytes = 0;
  blocks.forEach((block, i) => {
    bytes += block.bytes;
    if (bytes < RANGE_BYTES && i < blocks.length - 1) return;
    const part = { path: file.path, bytes };
    ranges.push({ kind: 'range', file: part, counts: 'batches', from, to: i + 1 });
    from = i + 1;
    bytes = 0;
  });
  return ranges;
}

async function layoutOf(
  file: FileEntry,
  handle: FileHandle,
  limits: IpcLimits,
): Promise<IpcLayout> {
  try {
    return await readLayout(file.path, handle, (await handle.stat()).size, limits);
  } catch (e) {
    throw ours(e) ?? fileError('read', file.path, e);
  }
}

function ours(e: unknown): StrahlError | undefined {
  return isStrahlError(e) ? e : undefined;
}

async function withFile<R>(file: FileEntry, use: (handle: FileHandle) => Promise<R>): Promise<R> {
  const handle = await open(file.path, 'r').catch((e: unknown) => {
    throw fileError('read', file.path, e);
  });
  try {
    return await use(handle);
  } finally {
    await handle.close();
  }
}
