import { StrahlError } from '#portability/errors.js';
import { copyBytes } from '#portability/wire/copy-run.js';
import { tableMemory } from './table-memory.js';

/** Blocks begin at multiples of this many bytes. */
const UNIT = 8;
const UNIT_BITS = 3;
const LENGTH_BYTES = 4;
const PAGE_BITS = 17;
const PAGE_UNITS = 1 << PAGE_BITS;
const UNIT_MASK = PAGE_UNITS - 1;
const FIRST_PAGE_UNITS = 1 << 11;
const MAX_PAGES = 1 << (31 - PAGE_BITS);
/** A larger block gets a page of its own, which goes when the block does. */
const MAX_SHARED_UNITS = 1 << 12;

/**
 * Byte strings of any length, found again by a number. They lie in pages of 1 MB, so that storing makes no
 * object and growing copies nothing.
 *
 *   A1. A number is above 0 and good until `free` or `replace`.
 *   A2. How much room a block has follows from its length: lengths that need the same room share blocks,
 *       and a value that keeps about its length is written in place.
 */
export class ByteArena {
  /** Bytes of all pages. */
  heldBytes = 0;
  readonly #bytes: Uint8Array[] = [];
  readonly #words: Int32Array[] = [];
  /** The page that is being filled, and the unit in it where the next block goes. */
  #page = -1;
  #next = 0;
  #end = 0;
  /** First free block by its room in units; a free block begins with the number of the next one. */
  readonly #free = new Int32Array(MAX_SHARED_UNITS + 1);
  readonly #freePages: number[] = [];

  /** Stores `source[start, end)`. */
  store(source: Uint8Array, start: number, end: number): number {
    const block = this.#allocate(roomFor(end - start));
    this.#write(block, source, start, end);
    return block;
  }

  /** Stores `source[start, end)` instead of the block, where it is if the room is the same. */
  replace(block: number, source: Uint8Array, start: number, end: number): number {
    if (roomFor(this.length(block)) !== roomFor(end - start)) {
      this.free(block);
      return this.store(source, start, end);
    }
    this.#write(block, source, start, end);
    return block;
  }

  /** Adds `source[start, end)` behind what the block holds. */
  extend(block: number, source: Uint8Array, start: number, end: number): number {
    const length = this.length(block);
    const more = length + end - start;
    let target = block;
    if (roomFor(length) !== roomFor(more)) {
      target = this.#allocate(roomFor(more));
      this.#write(target, this.bytes(block), this.start(block), this.start(block) + length);
      this.free(block);
    }
    this.#words[target >>> PAGE_BITS]![(target & UNIT_MASK) << 1] = more;
    copyBytes(source, start, end, this.bytes(target), this.start(target) + length);
    return target;
  }

  free(block: number): void {
    const units = roomFor(this.length(block));
    const page = block >>> PAGE_BITS;
    if (units > MAX_SHARED_UNITS) {
      this.heldBytes -= this.#bytes[page]!.length;
      this.#bytes[page] = EMPTY;
      this.#words[page] = EMPTY_WORDS;
      this.#freePages.push(page);
      return;
    }
    this.#words[page]![(block & UNIT_MASK) << 1] = this.#free[units]!;
    this.#free[units] = block;
  }

  /** Where the block lies: `bytes(b)` from `start(b)` on, `length(b)` bytes. */
  bytes(block: number): Uint8Array {
    return this.#bytes[block >>> PAGE_BITS]!;
  }

  start(block: number): number {
    return ((block & UNIT_MASK) << UNIT_BITS) + LENGTH_BYTES;
  }

  length(block: number): number {
    return this.#words[block >>> PAGE_BITS]![(block & UNIT_MASK) << 1]!;
  }

  equals(block: number, source: Uint8Array, start: number, end: number): boolean {
    if (this.length(block) !== end - start) return false;
    const bytes = this.bytes(block);
    let at = this.start(block);
    for (let i = start; i < end; i++) if (bytes[at++] !== source[i]) return false;
    return true;
  }

  #write(block: number, source: Uint8Array, start: number, end: number): void {
    const page = block >>> PAGE_BITS;
    const unit = block & UNIT_MASK;
    this.#words[page]![unit << 1] = end - start;
    copyBytes(source, start, end, this.#bytes[page]!, (unit << UNIT_BITS) + LENGTH_BYTES);
  }

  #allocate(units: number): number {
    if (units > MAX_SHARED_UNITS) return this.#ownPage(units);
    const free = this.#free[units]!;
    if (free !== 0) {
      this.#free[units] = this.#words[free >>> PAGE_BITS]![(free & UNIT_MASK) << 1]!;
      return free;
    }
    if (this.#page < 0 || this.#next + units > this.#end) this.#addPage(units);
    const block = this.#page * PAGE_UNITS + this.#next;
    this.#next += units;
    return block;
  }

  #addPage(units: number): void {
    this.#end = this.#page < 0 ? Math.max(FIRST_PAGE_UNITS, units + 1) : PAGE_UNITS;
    this.#page = this.#newPage(tableMemory(sizeOf(this.#end)));
    // A1: no block begins at the very start, so no number is 0.
    this.#next = 1;
  }

  #ownPage(units: number): number {
    // It goes with its block, so the collector is to know of it.
    return this.#newPage(new ArrayBuffer(sizeOf(units))) * PAGE_UNITS + 1;
  }

  #newPage(memory: ArrayBuffer | SharedArrayBuffer): number {
    const page = this.#freePages.pop() ?? this.#bytes.length;
    if (page >= MAX_PAGES) {
      throw new StrahlError('storeFull', {
        title: 'the state of one step holds more than 16 GB',
        fix: 'keep less per key, or clear what is no longer needed',
      });
    }
    // What readers are pointed at is a `Buffer` already: making one for each would cost more than reading.
    const bytes = Buffer.from(memory);
    this.#bytes[page] = bytes;
    this.#words[page] = new Int32Array(bytes.buffer);
    this.heldBytes += bytes.length;
    return page;
  }
}

const EMPTY = new Uint8Array(0);
const EMPTY_WORDS = new Int32Array(0);

/** Bytes of a page: the word of a first block's length lies behind its first unit. */
function sizeOf(units: number): number {
  return (units + 1) * UNIT;
}

/** Units that a block of `length` bytes takes; beyond 128 bytes in steps of about a quarter. */
function roomFor(length: number): number {
  const units = (length + LENGTH_BYTES + UNIT - 1) >>> UNIT_BITS;
  if (units <= 16) return units;
  const step = 1 << (29 - Math.clz32(units - 1));
  return (units + step - 1) & -step;
}
