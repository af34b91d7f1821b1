import type { LazyValues } from '#portability/wire/frames.js';
import { isSameRun } from '#portability/wire/copy-run.js';
import { ByteWriter } from '#portability/wire/writer.js';
import type { Scratch, ScratchFile } from '../spill/scratch.js';
import { RecordReader } from './group-record.js';
import type { PaneKeys, PaneValues } from './pane-frames.js';
import type { PartWriter } from './part-writer.js';
import { sortByHash } from './sort-by-hash.js';
import { SpilledGroup } from './spilled-group.js';
import { BLOCK_BYTES, type Place } from './spilled-values.js';

/**
 * The groups of a part that fits into memory as it was written: its records sorted by the hashes of their keys, so
 * that no group is looked up and nothing is moved but into its pane.
 *
 *   R1. A group is known by the place of its first record; only the group that `next` found last is asked for.
 *   R2. Values of a group keep the order of their records.
 */
export class SortedPart implements PaneKeys, PaneValues {
  /** The earliest time of the current group's records, NaN if they have none. */
  time: number = NaN;
  readonly #record = new RecordReader();
  /** Of the largest part so far: that of the next one takes its place. */
  #memory: Uint8Array = new Uint8Array(0);
  /** Per record its hash and where it starts. */
  #rows: Int32Array = new Int32Array(0);
  /** As long; nothing is kept in it. */
  #spare: Int32Array = new Int32Array(0);
  #rowsEnd = 0;
  /** Where the current group ends. */
  #end = 0;
  #count = 0;
  #bytes = 0;

  /** Takes in what was written. */
  load(file: ScratchFile, { positions, bytes, records }: PartWriter): void {
    if (this.#memory.length < bytes) this.#memory = new Uint8Array(bytes);
    let at = 0;
    for (const position of positions) {
      const block = file.read(position, this.#memory.subarray(at, bytes));
      if (block.buffer !== this.#memory.buffer) this.#memory.set(block, at);
      at += block.length;
    }
    this.#record.reset(this.#memory);
    this.#index(bytes, records);
    this.#end = 0;
  }

  #index(bytes: number, records: number): void {
    if (this.#rows.length < 2 * records) {
      this.#rows = new Int32Array(2 * records);
      this.#spare = new Int32Array(2 * records);
    }
    const record = this.#record;
    let row = 0;
    for (let at = 0; at < bytes; at = record.end, row += 2) {
      record.readAt(at);
      this.#rows[row] = record.hash;
      this.#rows[row + 1] = at;
    }
    this.#rowsEnd = row;
    const sorted = sortByHash(this.#rows, this.#spare, records);
    if (sorted === this.#spare) this.#spare = this.#rows;
    this.#rows = sorted;
  }

  /** Goes to the next group and answers where it is; −1 behind the last one. */
  next(): number {
    const first = this.#end;
    if (first === this.#rowsEnd) return -1;
    const rows = this.#rows;
    const record = this.#record;
    const hash = rows[first]!;
    record.readAt(rows[first + 1]!);
    const { view, start, keyEnd } = record;
    this.#count = record.count;
    this.#bytes = record.end - keyEnd;
    this.time = record.time;
    let end = first + 2;
    let others = 0;
    for (let row = end; row < this.#rowsEnd && rows[row] === hash; row += 2) {
      const at = rows[row + 1]!;
      record.readAt(at);
      if (!isSameRun(view, start, keyEnd, view, record.start, record.keyEnd)) {
        this.#spare[others++] = at;
        continue;
      }
      rows[end + 1] = at;
      end += 2;
      this.#count += record.count;
      this.#bytes += record.end - record.keyEnd;
      if (record.time < this.time || Number.isNaN(this.time)) this.time = record.time;
    }
    // Keys with the same hash come behind, in the order in which they were.
    for (let i = 0; i < others; i++) rows[end + 2 * i + 1] = this.#spare[i]!;
    this.#end = end;
    return first;
  }

  writeKey(row: number, out: ByteWriter): void {
    const record = this.#record;
    record.readAt(this.#rows[row + 1]!);
    out.run(record.view, record.start, record.keyEnd);
  }

  bytesOf(): number {
    return this.#bytes;
  }

  countOf(): number {
    return this.#count;
  }

  writeValues(first: number, out: ByteWriter): void {
    const record = this.#record;
    for (let row = first; row < this.#end; row += 2) {
      record.readAt(this.#rows[row + 1]!);
      out.run(record.view, record.keyEnd, record.end);
    }
  }

  lazyValues(first: number, scratch: Scratch): LazyValues {
    const file = scratch.open();
    const places: Place[] = [];
    const out = new ByteWriter(BLOCK_BYTES);
    const record = this.#record;
    for (let row = first; row < this.#end; row += 2) {
      record.readAt(this.#rows[row + 1]!);
      out.run(record.view, record.keyEnd, record.end);
      if (out.pos < BLOCK_BYTES && row + 2 < this.#end) continue;
      places.push({ file, position: file.append(out.bytes.subarray(0, out.pos)) });
      out.pos = 0;
    }
    return new SpilledGroup(places);
  }
}
