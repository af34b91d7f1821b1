import { viewOf } from '#portability/wire/native-buffer.js';

/** A key with some of its values: `view[start, keyEnd)` and, one behind the other, `view[keyEnd, end)`. */
export interface GroupRecord {
  readonly hash: number;
  readonly view: DataView;
  readonly start: number;
  readonly keyEnd: number;
  readonly end: number;
  /** Number of values. */
  readonly count: number;
  /** Of the pane, NaN where it does not come from these values. */
  readonly time: number;
}

// In front of a key: hash, size of the key, size of the values, and what else stands there.
const KEY_SIZE = 4;
const VALUES_SIZE = 8;
const FLAGS = 12;
const LEAST_HEADER = 13;
/** A number of values other than one, in four bytes. */
const COUNTED = 1;
/** A time of the pane, in eight bytes. */
const TIMED = 2;

/** Bytes in front of a key. */
export function headerSize(count: number, time: number): number {
  return LEAST_HEADER + (count === 1 ? 0 : 4) + (Number.isNaN(time) ? 0 : 8);
}

/** Writes what stands in front of a key, and answers where that ends. */
export function writeHeader(
  view: DataView,
  at: number,
  hash: number,
  keySize: number,
  valuesSize: number,
  count: number,
  time: number,
): number {
  let pos = at + LEAST_HEADER;
  let flags = 0;
  if (count !== 1) {
    flags |= COUNTED;
    view.setInt32(pos, count);
    pos += 4;
  }
  if (!Number.isNaN(time)) {
    flags |= TIMED;
    view.setFloat64(pos, time);
    pos += 8;
  }
  view.setInt32(at, hash);
  view.setInt32(at + KEY_SIZE, keySize);
  view.setInt32(at + VALUES_SIZE, valuesSize);
  view.setUint8(at + FLAGS, flags);
  return pos;
}

/** Reads records where they were written; its fields are those of the last one. */
export class RecordReader implements GroupRecord {
  hash = 0;
  view: DataView = new DataView(new ArrayBuffer(0));
  start = 0;
  keyEnd = 0;
  end = 0;
  count = 0;
  time: number = NaN;

  /** Reads from `bytes` from now on. */
  reset(bytes: Uint8Array): void {
    this.view = viewOf(bytes);
    this.end = 0;
  }

  /** Reads the record that starts at `at`. */
  readAt(at: number): void {
    const { view } = this;
    const flags = view.getUint8(at + FLAGS);
    let pos = at + LEAST_HEADER;
    this.hash = view.getInt32(at);
    this.count = 1;
    this.time = NaN;
    if ((flags & COUNTED) !== 0) {
      this.count = view.getInt32(pos);
      pos += 4;
    }
    if ((flags & TIMED) !== 0) {
      this.time = view.getFloat64(pos);
      pos += 8;
    }
    this.start = pos;
    this.keyEnd = pos + view.getInt32(at + KEY_SIZE);
    this.end = this.keyEnd + view.getInt32(at + VALUES_SIZE);
  }
}
