import { hashBytes } from '#portability/wire/frames.js';
import { ByteWriter } from '#portability/wire/writer.js';
import type { Scratch, ScratchFile } from '../spill/scratch.js';
import { PartReader, writeRecord, type GroupRecord } from './part-reader.js';
import { WindowGroups } from './window-groups.js';

const PART_BITS = 6;
const PARTS = 1 << PART_BITS;
/** With each level parts are told apart by other bits of the hash; a hash has bits for so many. */
const LEVELS = 4;
const MOST_BLOCK_BYTES = 128 * 1024;
const LEAST_BLOCK_BYTES = 256;
/** An odd number near 2^32 over the golden ratio: keys of one part share bits of their hash, but not of this. */
const MIXED = 0x9e3779b1;

/** What may be in memory at a time, in bytes, and where the rest goes. */
export interface PartsRoom {
  readonly bytes: number;
  readonly scratch: Scratch;
}

interface Part {
  readonly out: ByteWriter;
  readonly positions: number[];
}

/**
 * What arrived for the groups of a window whose keys do not fit into memory: keys and values in files, by ranges
 * of hashes, so that the groups of one range can be made when they are asked for.
 *
 *   P1. All values of a key are in one part, in the order in which they came.
 *   P2. A part that does not fit is divided by further bits of the hash, or, where it has few keys, leaves its
 *       values in files.
 */
export class GroupParts {
  readonly #room: PartsRoom;
  readonly #level: number;
  readonly #file: ScratchFile;
  readonly #blockBytes: number;
  readonly #parts: readonly Part[];

  constructor(room: PartsRoom, level = 0) {
    this.#room = room;
    this.#level = level;
    this.#file = room.scratch.open();
    const share = Math.floor(room.bytes / (PARTS * 16));
    this.#blockBytes = Math.max(LEAST_BLOCK_BYTES, Math.min(share, MOST_BLOCK_BYTES));
    this.#parts = Array.from({ length: PARTS }, () => ({
      out: new ByteWriter(this.#blockBytes + 1024),
      positions: [],
    }));
  }

  /** Bytes in memory. */
  get heldBytes(): number {
    return this.#parts.reduce((sum, { out }) => sum + out.bytes.length, 0);
  }

  add(record: GroupRecord): void {
    const shift = 32 - PART_BITS * (this.#level + 1);
    const part = this.#parts[(record.hash >>> shift) & (PARTS - 1)]!;
    writeRecord(record, part.out);
    if (part.out.pos >= this.#blockBytes) this.#flush(part);
  }

  /** Takes all groups of a window, which has none any more. */
  addAll(window: WindowGroups): void {
    const { buffer } = window;
    const out = new ByteWriter(1024);
    for (let id = 0; id < buffer.created; id++) {
      const count = buffer.countOf(id);
      if (count === 0) continue;
      out.pos = 0;
      buffer.writeKey(id, out);
      const keyEnd = out.pos;
      buffer.writeValues(id, out);
      const { bytes, pos: end } = out;
      const hash = hashBytes(bytes, 0, keyEnd);
      this.add({ hash, bytes, start: 0, keyEnd, end, count, time: window.earliestOf(id) });
    }
    buffer.release();
  }

  /** The groups of the window, some at a time: those of one answer are over when the next one is asked for. */
  *windows(whole: WindowGroups): Generator<WindowGroups, void, undefined> {
    const { bytes, maxTimestamp, expiry } = whole;
    const window = new WindowGroups(bytes, maxTimestamp, expiry, false);
    for (const part of this.#parts) {
      const inner = this.#load(part, window);
      if (inner === undefined) yield window;
      else yield* inner.windows(whole);
      window.reset();
    }
    this.release();
  }

  /** Everything, in no order. What is answered is good until the next one is asked for. */
  *records(): Generator<GroupRecord, void, undefined> {
    for (const part of this.#parts) {
      const reader = this.#readerOf(part);
      while (reader.next()) yield reader;
    }
  }

  /** Gives the space back. */
  release(): void {
    this.#file.unlink();
  }

  /** Makes the groups of a part in `window`; where they do not fit it divides them instead. */
  #load(part: Part, window: WindowGroups): GroupParts | undefined {
    const { bytes: most, scratch } = this.#room;
    let inner: GroupParts | undefined;
    let sinceLook = 0;
    const reader = this.#readerOf(part);
    while (reader.next()) {
      if (inner !== undefined) {
        inner.add(reader);
        continue;
      }
      window.addRecord(reader, Math.imul(reader.hash, MIXED));
      sinceLook += reader.end - reader.start;
      if (sinceLook < this.#blockBytes) continue;
      sinceLook = 0;
      if (window.heldBytes <= most) continue;
      if (this.#level + 1 < LEVELS && hasSmallGroups(window)) {
        inner = new GroupParts(this.#room, this.#level + 1);
        inner.addAll(window);
        window.reset();
      } else window.buffer.spill(scratch);
    }
    part.positions.length = 0;
    return inner;
  }

  #readerOf(part: Part): PartReader {
    this.#flush(part);
    return new PartReader(this.#file, part.positions);
  }

  #flush({ out, positions }: Part): void {
    if (out.pos === 0) return;
    positions.push(this.#file.append(out.bytes.subarray(0, out.pos)));
    out.pos = 0;
  }
}

/** Below this, keys and what is noted about groups are a large part of what they take, in bytes per group. */
const SMALL_GROUP_BYTES = 2048;
/** A group of this size is better kept where it is: its values leave memory without its key. */
const LARGE_GROUP_BYTES = 1024 * 1024;

/** Whether the groups of a window had better leave memory together with their keys. */
export function hasSmallGroups({ buffer }: WindowGroups): boolean {
  const { size, created, heldBytes } = buffer;
  if (size < PARTS || heldBytes / size > SMALL_GROUP_BYTES) return false;
  for (let id = 0; id < created; id++) if (buffer.bytesOf(id) > LARGE_GROUP_BYTES) return false;
  return true;
}
