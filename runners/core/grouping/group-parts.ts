import { hashView, INDEX_STRIDE } from '#portability/wire/frames.js';
import { ByteWriter } from '#portability/wire/writer.js';
import type { Scratch, ScratchFile } from '../spill/scratch.js';
import type { GroupRecord } from './group-record.js';
import { PartReader } from './part-reader.js';
import { PartWriter } from './part-writer.js';
import { SortedPart } from './sorted-part.js';
import { WindowGroups } from './window-groups.js';

const PART_BITS = 6;
const PARTS = 1 << PART_BITS;
/** With each level parts are told apart by other bits of the hash; a hash has bits for so many. */
const LEVELS = 4;
const MOST_BLOCK_BYTES = 128 * 1024;
const LEAST_BLOCK_BYTES = 256;
/** What is gathered for all blocks together takes one part in so many of the room. */
const BLOCKS_SHARE = 4;
/** What is sorted lies in one piece of memory. */
const MOST_SORTED_BYTES = 1024 * 1024 * 1024;
/** An odd number near 2^32 over the golden ratio: keys of one part share bits of their hash, but not of this. */
const MIXED = 0x9e3779b1;

/** What may be in memory at a time, in bytes, and where the rest goes. */
export interface PartsRoom {
  readonly bytes: number;
  readonly scratch: Scratch;
}

/**
 * What arrived for the groups of a window whose keys do not fit into memory: keys and values in files, by ranges
 * of hashes, so that the groups of one range can be made when they are asked for.
 *
 *   P1. All values of a key are in one part, in the order in which they came.
 *   P2. A part that fits is sorted. One that does not is divided by further bits of the hash, or, where it has few
 *       keys, leaves its values in files.
 */
export class GroupParts {
  readonly #room: PartsRoom;
  readonly #level: number;
  readonly #file: ScratchFile;
  readonly #blockBytes: number;
  readonly #parts: readonly PartWriter[];

  constructor(room: PartsRoom, level = 0) {
    this.#room = room;
    this.#level = level;
    this.#file = room.scratch.open();
    const share = Math.floor(room.bytes / (PARTS * BLOCKS_SHARE));
    this.#blockBytes = Math.max(LEAST_BLOCK_BYTES, Math.min(share, MOST_BLOCK_BYTES));
    this.#parts = Array.from({ length: PARTS }, () => new PartWriter(this.#file, this.#blockBytes));
  }

  /** Bytes in memory. */
  get heldBytes(): number {
    return this.#parts.reduce((sum, { heldBytes }) => sum + heldBytes, 0);
  }

  add({ view, start, keyEnd, end, hash, count, time }: GroupRecord): void {
    this.#partOf(hash).put(view, start, keyEnd, end, hash, count, time);
  }

  /** Adds the `count` elements of a frame whose index starts at `from`, each with one value and no time. */
  addRun(frame: DataView, index: Int32Array, from: number, count: number): void {
    const last = from + (count - 1) * INDEX_STRIDE;
    for (let i = from; i <= last; i += INDEX_STRIDE) {
      const next = i + INDEX_STRIDE;
      const end = next < index.length ? index[next]! : frame.byteLength;
      const hash = index[i + 3]!;
      this.#partOf(hash).put(frame, index[i + 1]!, index[i + 2]!, end, hash, 1, NaN);
    }
  }

  #partOf(hash: number): PartWriter {
    return this.#parts[(hash >>> (32 - PART_BITS * (this.#level + 1))) & (PARTS - 1)]!;
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
      const { view, pos: end } = out;
      const hash = hashView(view, 0, keyEnd);
      this.#partOf(hash).put(view, 0, keyEnd, end, hash, count, window.earliestOf(id));
    }
    buffer.release();
  }

  /**
   * The groups of the window, some at a time: those of one answer are over when the next one is asked for.
   *
   * @param sorted takes in the parts that fit into memory
   */
  *groups(
    whole: WindowGroups,
    sorted: SortedPart = new SortedPart(),
  ): Generator<WindowGroups | SortedPart, undefined, undefined> {
    const { bytes, maxTimestamp, expiry } = whole;
    const window = new WindowGroups(bytes, maxTimestamp, expiry, false);
    for (const part of this.#parts) {
      part.flush();
      if (part.bytes <= Math.min(this.#room.bytes, MOST_SORTED_BYTES)) {
        sorted.load(this.#file, part);
        yield sorted;
        continue;
      }
      const inner = this.#load(part, window);
      if (inner === undefined) yield window;
      else yield* inner.groups(whole, sorted);
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
  #load(part: PartWriter, window: WindowGroups): GroupParts | undefined {
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
    return inner;
  }

  #readerOf(part: PartWriter): PartReader {
    part.flush();
    return new PartReader(this.#file, part.positions);
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
