import type { ByteWriter } from '#portability/wire/writer.js';
import type { ScratchFile } from '../spill/scratch.js';
import { copy } from './short-runs.js';

/** A key with some of its values: `bytes[start, keyEnd)` and, one behind the other, `bytes[keyEnd, end)`. */
export interface GroupRecord {
  readonly hash: number;
  readonly bytes: Uint8Array;
  readonly start: number;
  readonly keyEnd: number;
  readonly end: number;
  /** Number of values. */
  readonly count: number;
  /** Of the pane, NaN where it does not come from these values. */
  readonly time: number;
}

/** In front of the bytes: hash, size of the key, number of values, their size, and the time of the pane. */
const HEADER_BYTES = 24;

export function writeRecord(record: GroupRecord, out: ByteWriter): void {
  const { bytes, start, keyEnd, end } = record;
  out.int32(record.hash);
  out.int32(keyEnd - start);
  out.int32(record.count);
  out.int32(end - keyEnd);
  out.double(record.time);
  out.ensure(end - start);
  copy(bytes, start, end, out.bytes, out.pos);
  out.pos += end - start;
}

/** Walks over the records in some blocks of a file; its fields are those of the current one. */
export class PartReader implements GroupRecord {
  hash = 0;
  bytes: Uint8Array = new Uint8Array(0);
  start = 0;
  keyEnd = 0;
  end = 0;
  count = 0;
  time: number = NaN;
  readonly #file: ScratchFile;
  readonly #positions: readonly number[];
  #block = 0;
  /** The largest block so far: what is read next takes its place. */
  #room: Uint8Array = new Uint8Array(0);
  #view: DataView = new DataView(new ArrayBuffer(0));

  constructor(file: ScratchFile, positions: readonly number[]) {
    this.#file = file;
    this.#positions = positions;
  }

  /** Goes to the next record; false behind the last one. */
  next(): boolean {
    if (this.end === this.bytes.length && !this.#nextBlock()) return false;
    const at = this.end;
    const view = this.#view;
    this.hash = view.getInt32(at);
    this.count = view.getInt32(at + 8);
    this.time = view.getFloat64(at + 16);
    this.start = at + HEADER_BYTES;
    this.keyEnd = this.start + view.getInt32(at + 4);
    this.end = this.keyEnd + view.getInt32(at + 12);
    return true;
  }

  #nextBlock(): boolean {
    if (this.#block === this.#positions.length) return false;
    const bytes = this.#file.read(this.#positions[this.#block++]!, this.#room);
    if (bytes.length > this.#room.length) this.#room = bytes;
    this.bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    this.end = 0;
    return true;
  }
}
