import { copyRun, isSameRun } from '#portability/wire/copy-run.js';
import type { ByteWriter } from '#portability/wire/writer.js';
import { BlockPages, HEADER_WORDS, KEYS, PAGE_BITS, PAGE_MASK } from './block-pages.js';
import { zeroWords } from './small-memory.js';

/** Numbers per group in the records: half of what a processor reads at once. */
export const STRIDE = 8;
/** Block that starts with the key. */
export const HEAD = 0;
/** Bytes of the key in the head block. */
export const KEY_SIZE = 1;
/** Block that is being filled, how many bytes of it are used, and how many it has. */
export const TAIL = 2;
export const USED = 3;
export const CAPACITY = 4;
/** Values since the group was last cleared, and their bytes. */
export const COUNT = 5;
export const SIZE = 6;
/** Free for the owner: pane counters and marks. */
export const MARK = 7;

/** Size of the key of a group that was recycled: it has none. */
export const RECYCLED = -1;

const FEW_GROUPS = 16;
const NO_RECORDS = new Int32Array(0);

export const SEGMENT_BITS = 12;
export const SEGMENT_MASK: number = (1 << SEGMENT_BITS) - 1;

/**
 * Groups with their keys, each known by a number from 0 on. What a group is lies in its record: all that adding to
 * it needs beside the bytes, which are written without being read, because memory that is not at hand costs more
 * than everything else here.
 */
export class GroupRecords {
  /** Groups that were created and not recycled. */
  size = 0;
  protected readonly records: Int32Array[] = [NO_RECORDS];
  protected pages: BlockPages = new BlockPages();
  protected words: readonly Int32Array[] = this.pages.words;
  protected views: readonly DataView[] = this.pages.views;
  /** Keys lie in pages of their own: a group is created without room for values. */
  protected keysApart = false;
  protected freeGroup = -1;
  #created = 0;
  #recordBytes = 0;

  /** Bytes in pages and records. */
  get heldBytes(): number {
    return this.pages.heldBytes + this.#recordBytes;
  }

  /** Number of groups ever created: all ids are below it. */
  get created(): number {
    return this.#created;
  }

  /** Forgets all groups, and keeps the memory for others. */
  protected forgetAll(): void {
    this.size = 0;
    this.freeGroup = -1;
    this.#created = 0;
    this.keysApart = false;
    this.pages.clear();
  }

  /** Forgets all groups if they are so few that their memory is worth keeping. */
  protected forgetFew(): boolean {
    if (this.#created > FEW_GROUPS || this.keysApart || !this.pages.restart()) return false;
    this.size = 0;
    this.freeGroup = -1;
    this.#created = 0;
    return true;
  }

  /** A new group with the key `source[start, end)` and room for `spare` bytes of values. */
  create(source: DataView, start: number, end: number, spare: number): number {
    let id = this.freeGroup;
    if (id < 0) id = this.#addRecord();
    else this.freeGroup = this.records[id >>> SEGMENT_BITS]![(id & SEGMENT_MASK) * STRIDE]!;
    const keySize = end - start;
    const room = this.keysApart ? keySize : keySize + spare;
    const block = this.pages.allocate(room, KEYS);
    const word = block & PAGE_MASK;
    copyRun(source, start, end, this.views[block >>> PAGE_BITS]!, (word + HEADER_WORDS) << 2);
    const record = this.records[id >>> SEGMENT_BITS]!;
    const o = (id & SEGMENT_MASK) * STRIDE;
    record[o + HEAD] = block;
    record[o + KEY_SIZE] = keySize;
    record[o + TAIL] = block;
    record[o + USED] = keySize;
    record[o + CAPACITY] = this.words[block >>> PAGE_BITS]![word + 1]!;
    record[o + COUNT] = 0;
    record[o + SIZE] = 0;
    record[o + MARK] = 0;
    this.size++;
    return id;
  }

  keyEquals(id: number, source: DataView, start: number, end: number): boolean {
    const record = this.records[id >>> SEGMENT_BITS]!;
    const o = (id & SEGMENT_MASK) * STRIDE;
    const block = record[o]!;
    const at = ((block & PAGE_MASK) + HEADER_WORDS) << 2;
    const key = this.views[block >>> PAGE_BITS]!;
    return isSameRun(source, start, end, key, at, at + record[o + KEY_SIZE]!);
  }

  /**
   * Reads what appending to the groups `ids[0, count)` will need, negative numbers left out: the processor
   * fetches it for all of them at once, instead of for each when its turn comes. The answer means nothing.
   */
  touch(ids: Int32Array, count: number): number {
    let sum = 0;
    for (let k = 0; k < count; k++) {
      const id = ids[k]!;
      if (id >= 0) sum ^= this.records[id >>> SEGMENT_BITS]![(id & SEGMENT_MASK) * STRIDE]!;
    }
    for (let k = 0; k < count; k++) {
      const id = ids[k]!;
      if (id < 0) continue;
      const record = this.records[id >>> SEGMENT_BITS]!;
      const o = (id & SEGMENT_MASK) * STRIDE;
      const head = record[o]!;
      const tail = record[o + TAIL]!;
      sum ^= this.words[head >>> PAGE_BITS]![(head & PAGE_MASK) + HEADER_WORDS]!;
      sum ^= this.words[tail >>> PAGE_BITS]![(tail & PAGE_MASK) + (record[o + USED]! >>> 2)]!;
    }
    return sum;
  }

  countOf(id: number): number {
    return this.records[id >>> SEGMENT_BITS]![(id & SEGMENT_MASK) * STRIDE + COUNT]!;
  }

  markOf(id: number): number {
    return this.records[id >>> SEGMENT_BITS]![(id & SEGMENT_MASK) * STRIDE + MARK]!;
  }

  setMark(id: number, mark: number): void {
    this.records[id >>> SEGMENT_BITS]![(id & SEGMENT_MASK) * STRIDE + MARK] = mark;
  }

  writeKey(id: number, out: ByteWriter): void {
    const record = this.records[id >>> SEGMENT_BITS]!;
    const o = (id & SEGMENT_MASK) * STRIDE;
    const at = ((record[o]! & PAGE_MASK) + HEADER_WORDS) << 2;
    out.run(this.views[record[o]! >>> PAGE_BITS]!, at, at + record[o + KEY_SIZE]!);
  }

  protected usePages(pages: BlockPages): void {
    this.pages = pages;
    this.words = pages.words;
    this.views = pages.views;
  }

  #addRecord(): number {
    const id = this.#created++;
    const segment = id >>> SEGMENT_BITS;
    const needed = ((id & SEGMENT_MASK) + 1) * STRIDE;
    const old = this.records[segment];
    if (old === undefined || old.length < needed) {
      // Only the first segment grows by copying: a window of three keys should stay small.
      const capacity = segment > 0 ? SEGMENT_MASK + 1 : Math.max(4, ((id & SEGMENT_MASK) + 1) * 2);
      const records = zeroWords(Math.min(capacity, SEGMENT_MASK + 1) * STRIDE);
      if (old !== undefined) records.set(old);
      this.records[segment] = records;
      this.#recordBytes += records.byteLength - (old?.byteLength ?? 0);
    }
    return id;
  }
}
