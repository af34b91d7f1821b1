import { minTime, TIMESTAMP_MAX, type EventTime } from '#portability/model/time.js';
import { INDEX_STRIDE, type Frame } from '#portability/wire/frames.js';
import { viewOf } from '#portability/wire/native-buffer.js';
import type { Scratch } from '../../spill/scratch.js';
import { Shelf } from './shelf.js';

const BITS = 4;
const PARTS = 1 << BITS;
/** A shelf is divided so many times at most: there are no more bits that tell keys apart. */
const LEVELS = 5;
const MOST_BLOCK_BYTES = 64 * 1024;
const LEAST_BLOCK_BYTES = 256;
/** Of what may be in memory: so much waits for one shelf before it is looked at although others are ready. */
const URGENT_SHARE = 1 / 4;
/** An odd number near 2^32 over the golden ratio: keys of one shelf share bits of their hash, but not of this. */
const MIXED = 0x9e3779b1;

/** What may be in memory at a time, in bytes, and where the rest goes. */
export interface ShelfRoom {
  readonly bytes: number;
  readonly scratch: Scratch;
}

type Branch = (Shelf | Branch)[];

/**
 * The groups of a grouping and what arrives for them, by ranges of hashes.
 *
 *   S1. A key is on one shelf. What arrives for it waits there, in the order of arrival.
 *   S2. A shelf that waits for its turn long enough is urgent once the reading of its groups is worth it: each byte
 *       of groups is read and written a few times at most, however much arrives.
 */
export class Shelves {
  readonly room: ShelfRoom;
  #all: readonly Shelf[] = [];
  readonly #root: Branch;
  /** So much waits for it that reading its groups is worth it. */
  urgent: Shelf | undefined;

  constructor(room: ShelfRoom) {
    this.room = room;
    this.#root = this.#branch(0);
  }

  get all(): readonly Shelf[] {
    return this.#all;
  }

  /** Bytes in memory. */
  get heldBytes(): number {
    return this.#all.reduce((sum, { waiting }) => sum + waiting.heldBytes, 0);
  }

  /** Elements that wait. */
  get elements(): number {
    return this.#all.reduce((sum, { waiting }) => sum + waiting.elements, 0);
  }

  /** No element that waits is earlier; `TIMESTAMP_MAX` if none does. */
  get least(): EventTime {
    return this.#all.reduce((least, { waiting }) => minTime(least, waiting.least), TIMESTAMP_MAX);
  }

  /** Bytes of groups that are not in memory. */
  get storedBytes(): number {
    return this.#all.reduce((sum, { groups }) => sum + (groups?.bytes ?? 0), 0);
  }

  /** A shelf that something could be done for now; `undefined` if nothing waits. */
  get next(): Shelf | undefined {
    return (
      this.urgent ??
      this.#all.find(({ waiting }) => waiting.elements > 0) ??
      this.#all.find(({ isRough }) => isRough)
    );
  }

  of(hash: number): Shelf {
    const mixed = Math.imul(hash, MIXED);
    let branch = this.#root;
    for (let shift = 32 - BITS; ; shift -= BITS) {
      const at = branch[(mixed >>> shift) & (PARTS - 1)]!;
      if (at instanceof Shelf) return at;
      branch = at;
    }
  }

  /** Has the elements of a frame wait for their groups. */
  add(frame: Frame, index: Int32Array): void {
    const { bytes } = this.room;
    const view = viewOf(frame.bytes);
    const blockBytes = blockBytesOf(bytes, this.#all.length);
    for (let i = 0; i < index.length; i += INDEX_STRIDE) {
      const shelf = this.of(index[i + 3]!);
      const { waiting } = shelf;
      const next = i + INDEX_STRIDE;
      const end = next < index.length ? index[next]! : view.byteLength;
      waiting.add(view, index, i, end, frame.minTimestamp);
      if (waiting.lastBytes < blockBytes) continue;
      waiting.flush();
      const worth = Math.max(shelf.groups?.bytes ?? 0, bytes * URGENT_SHARE);
      if (waiting.bytes >= worth) this.urgent ??= shelf;
    }
  }

  canSplit({ level }: Shelf): boolean {
    return level + 1 < LEVELS;
  }

  /** Divides a shelf whose groups are in memory by further bits of their hashes. */
  split(shelf: Shelf): void {
    const branch = this.#branch(shelf.level + 1);
    this.#all = this.#all.filter((other) => other !== shelf);
    replace(this.#root, shelf, branch);
    if (this.urgent === shelf) this.urgent = undefined;
    for (let next = shelf.waiting.take(); next !== undefined; next = shelf.waiting.take())
      this.add(next.frame, next.index);
  }

  #branch(level: number): Branch {
    const branch = Array.from({ length: PARTS }, () => new Shelf(level, this.room.scratch));
    this.#all = [...this.#all, ...branch];
    return branch;
  }
}

/** Of a block for each of so many, within a small part of the room. */
export function blockBytesOf(room: number, blocks: number): number {
  const share = Math.floor(room / (16 * blocks));
  return Math.max(LEAST_BLOCK_BYTES, Math.min(share, MOST_BLOCK_BYTES));
}

function replace(branch: Branch, shelf: Shelf, by: Branch): void {
  for (const [i, at] of branch.entries()) {
    if (at === shelf) branch[i] = by;
    else if (Array.isArray(at)) replace(at, shelf, by);
  }
}
