import { open } from 'node:fs/promises';
import {
  AsyncByteQueue,
  type Data,
  makeBuilder,
  makeData,
  RecordBatch,
  RecordBatchFileWriter,
  RecordBatchReader,
  RecordBatchStreamWriter,
  Struct,
  type Schema,
} from 'apache-arrow';
import { StrahlError } from '#portability/errors.js';
import { fileError } from '../files/file-error.js';
import type { OutputFormat, PartWriter } from '../files/output/output-format.js';
import { appendAll } from '../files/output/write-all.js';
import { arrowSchemaOf, type Column } from './columns.js';

/** The cells of a row, in the order of the columns. */
export type Cells = readonly unknown[];

/**
 * Which of the two IPC formats is written.
 *
 * @example
 * ```ts
 * import type { IpcFormat } from 'strahl/io/arrow';
 * const formatOf = (path: string): IpcFormat => (path.endsWith('.arrows') ? 'stream' : 'file');
 * ```
 */
export type IpcFormat = 'file' | 'stream';

/** Rough size of a cell, to know when to flush. */
const CELL_BYTES = 8;

/** Rows as record batches of at most `batchRows` rows. */
export function arrowOutput(
  columns: readonly Column[],
  format: IpcFormat,
  batchRows: number,
): OutputFormat<Cells> {
  const schema = arrowSchemaOf(columns);
  return {
    openPart: (file) => new ArrowPart(file, columns, schema, batchRows),
    async join(parts, to) {
      const writer =
        format === 'file' ? new RecordBatchFileWriter() : new RecordBatchStreamWriter();
      writer.reset(new AppendingQueue(to), schema);
      for (const part of parts) {
        for await (const batch of batchesOf(part)) writer.write(batch);
      }
      writer.close();
    },
  };
}

/** Each flush appends its length and one batch with its schema, so that a part is read piece by piece. */
class ArrowPart implements PartWriter<Cells> {
  readonly #file: string;
  readonly #columns: readonly Column[];
  readonly #schema: Schema;
  readonly #batchRows: number;
  #rows: Cells[] = [];

  constructor(file: string, columns: readonly Column[], schema: Schema, batchRows: number) {
    this.#file = file;
    this.#columns = columns;
    this.#schema = schema;
    this.#batchRows = batchRows;
  }

  add(cells: Cells): number {
    this.#rows.push(cells);
    if (this.#rows.length >= this.#batchRows) this.flush();
    return cells.reduce((sum: number, cell) => sum + sizeOf(cell), 0);
  }

  flush(): void {
    if (this.#rows.length === 0) return;
    const writer = new RecordBatchStreamWriter();
    writer.reset(undefined, this.#schema);
    writer.write(this.#batch());
    writer.close();
    const bytes = writer.toUint8Array(true);
    const length = Buffer.alloc(4);
    length.writeUInt32LE(bytes.length);
    appendAll(this.#file, length);
    appendAll(this.#file, bytes);
    this.#rows = [];
  }

  #batch(): RecordBatch {
    const children = this.#columns.map(({ type }, i) => {
      const builder = makeBuilder({ type, nullValues: [null] });
      for (const cells of this.#rows) builder.append(cells[i]);
      return builder.finish().flush() as Data;
    });
    const type = new Struct(this.#schema.fields);
    const length = this.#rows.length;
    return new RecordBatch(this.#schema, makeData({ type, length, nullCount: 0, children }));
  }
}

function sizeOf(cell: unknown): number {
  if (typeof cell === 'string') return cell.length;
  return ArrayBuffer.isView(cell) ? cell.byteLength : CELL_BYTES;
}

async function* batchesOf(part: string): AsyncGenerator<RecordBatch> {
  const handle = await open(part, 'r').catch((e: unknown) => {
    throw fileError('read', part, e);
  });
  try {
    const length = Buffer.alloc(4);
    while ((await handle.read(length, 0, 4)).bytesRead === 4) {
      const bytes = Buffer.alloc(length.readUInt32LE(0));
      const { bytesRead } = await handle.read(bytes, 0, bytes.length);
      if (bytesRead !== bytes.length) throw damaged(part);
      yield* RecordBatchReader.from(bytes) as Iterable<RecordBatch>;
    }
  } finally {
    await handle.close();
  }
}

function damaged(part: string): StrahlError {
  return new StrahlError('dataLost', { title: `the temporary file ${part} became shorter` });
}

/** Writes at once what the library would otherwise keep until the whole file is made. */
class AppendingQueue extends AsyncByteQueue {
  readonly #file: string;

  constructor(file: string) {
    super();
    this.#file = file;
  }

  override write(chunk: Uint8Array): void {
    if (chunk.byteLength > 0) appendAll(this.#file, chunk);
  }
}
