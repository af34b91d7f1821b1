import { StrahlError } from '#portability/errors.js';
import type { ByteWriter } from '#portability/wire/writer.js';
import { copy } from './short-copy.js';

/** Numbers per group in the records. */
const STRIDE = 6;
/** Block that starts with the key. */
const HEAD = 0;
/** Bytes of the key in the head block. */
const KEY_SIZE = 1;
/** Block that is being filled, and how many bytes of it are used. */
const TAIL = 2;
const USED = 3;
/** Values since the group was last cleared. */
const COUNT = 4;
/** Free for the owner: pane counters and marks. */
const MARK = 5;

const SEGMENT_BITS = 12;
const SEGMENT_MASK = (1 << SEGMENT_BITS) - 1;
/** A page holds at most 2^18 words; a position is page number and word, so 8 GB can be reached. */
const PAGE_BITS = 18;
const PAGE_MASK = (1 << PAGE_BITS) - 1;
const MAX_PAGES = 1 << (31 - PAGE_BITS);
const PAGE_BYTES = 4 << PAGE_BITS;
const FIRST_PAGE_BYTES = 512;
/** A block starts with the position of the next one and its own capacity in bytes. */
const HEADER_WORDS = 2;
const MAX_BLOCK_BYTES = 4096;

/**
 * Keys and values of many groups as bytes: no object per value. Groups are numbered from 0.
 *
 *   B1. Values of a group lie in a chain of blocks, one after the other, cut where a block ends: only
 *       the tail block has unused bytes. Values keep the order in which they were appended.
 *   B2. Clearing a group keeps its blocks, and appending uses them again, so a group that is filled and
 *       emptied for ever holds as much as its fullest moment.
 *   B3. Blocks of `recycled` groups are used for other groups; otherwise all memory goes with the buffer.
 */
export class GroupBuffer {
  /** Groups that were created and not recycled. */
  size = 0;
  /** Bytes in pages and records. */
  heldBytes = 0;
  #created = 0;
  readonly #records: Int32Array[] = [];
  readonly #bytes: Uint8Array[] = [];
  readonly #words: Int32Array[] = [];
  /** Word in the last page where the next block goes. */
  #next = 0;
  #freeGroup = -1;
  /** Recycled blocks by the logarithm of their capacity, linked through their headers. */
  #freeBlocks: Int32Array | undefined;

  /** Number of groups ever created: all ids are below it. */
  get created(): number {
    return this.#created;
  }

  /** A new group with the key `source[start, end)` and room for `spare` bytes of values. */
  create(source: Uint8Array, start: number, end: number, spare: number): number {
    let id = this.#freeGroup;
    if (id < 0) id = this.#addRecord();
    else this.#freeGroup = this.#records[id >>> SEGMENT_BITS]![(id & SEGMENT_MASK) * STRIDE]!;
    const keySize = end - start;
    const block = this.#allocate(keySize + spare);
    const at = ((block & PAGE_MASK) + HEADER_WORDS) << 2;
    copy(source, start, end, this.#bytes[block >>> PAGE_BITS]!, at);
    const record = this.#records[id >>> SEGMENT_BITS]!;
    const o = (id & SEGMENT_MASK) * STRIDE;
    record[o + HEAD] = block;
    record[o + KEY_SIZE] = keySize;
    record[o + TAIL] = block;
    record[o + USED] = keySize;
    record[o + COUNT] = 0;
    record[o + MARK] = 0;
    this.size++;
    return id;
  }

  keyEquals(id: number, source: Uint8Array, start: number, end: number): boolean {
    const record = this.#records[id >>> SEGMENT_BITS]!;
    const o = (id & SEGMENT_MASK) * STRIDE;
    if (record[o + KEY_SIZE] !== end - start) return false;
    const block = record[o]!;
    const bytes = this.#bytes[block >>> PAGE_BITS]!;
    let at = ((block & PAGE_MASK) + HEADER_WORDS) << 2;
    for (let i = start; i < end; i++) if (bytes[at++] !== source[i]) return false;
    return true;
  }

  /** Adds the value `source[start, end)` and returns how many values the group has now. */
  append(id: number, source: Uint8Array, start: number, end: number): number {
    const record = this.#records[id >>> SEGMENT_BITS]!;
    const o = (id & SEGMENT_MASK) * STRIDE;
    const tail = record[o + TAIL]!;
    const used = record[o + USED]!;
    const page = tail >>> PAGE_BITS;
    const word = tail & PAGE_MASK;
    if (used + end - start <= this.#words[page]![word + 1]!) {
      copy(source, start, end, this.#bytes[page]!, ((word + HEADER_WORDS) << 2) + used);
      record[o + USED] = used + end - start;
    } else {
      this.#appendAcross(record, o, source, start, end);
    }
    return ++record[o + COUNT]!;
  }

  /** Adds `count` values whose encodings are `source[start, end)`. */
  appendRun(id: number, source: Uint8Array, start: number, end: number, count: number): void {
    this.append(id, source, start, end);
    this.#records[id >>> SEGMENT_BITS]![(id & SEGMENT_MASK) * STRIDE + COUNT]! += count - 1;
  }

  /** Bytes of the block that the group would need for `size` more bytes of values; 0 if they fit. */
  growthFor(id: number, size: number): number {
    const record = this.#records[id >>> SEGMENT_BITS]!;
    const o = (id & SEGMENT_MASK) * STRIDE;
    const tail = record[o + TAIL]!;
    const words = this.#words[tail >>> PAGE_BITS]!;
    const word = tail & PAGE_MASK;
    const capacity = words[word + 1]!;
    if (record[o + USED]! + size <= capacity || words[word] !== 0) return 0;
    return Math.max(size, Math.min(capacity * 2, MAX_BLOCK_BYTES));
  }

  countOf(id: number): number {
    return this.#records[id >>> SEGMENT_BITS]![(id & SEGMENT_MASK) * STRIDE + COUNT]!;
  }

  markOf(id: number): number {
    return this.#records[id >>> SEGMENT_BITS]![(id & SEGMENT_MASK) * STRIDE + MARK]!;
  }

  setMark(id: number, mark: number): void {
    this.#records[id >>> SEGMENT_BITS]![(id & SEGMENT_MASK) * STRIDE + MARK] = mark;
  }

  writeKey(id: number, out: ByteWriter): void {
    const record = this.#records[id >>> SEGMENT_BITS]!;
    const o = (id & SEGMENT_MASK) * STRIDE;
    const block = record[o]!;
    const at = ((block & PAGE_MASK) + HEADER_WORDS) << 2;
    this.#write(block >>> PAGE_BITS, at, at + record[o + KEY_SIZE]!, out);
  }

  writeValues(id: number, out: ByteWriter): void {
    const record = this.#records[id >>> SEGMENT_BITS]!;
    const o = (id & SEGMENT_MASK) * STRIDE;
    const tail = record[o + TAIL]!;
    let from = record[o + KEY_SIZE]!;
    for (let block = record[o]!; ; from = 0) {
      const page = block >>> PAGE_BITS;
      const word = block & PAGE_MASK;
      const at = (word + HEADER_WORDS) << 2;
      const words = this.#words[page]!;
      const end = block === tail ? record[o + USED]! : words[word + 1]!;
      this.#write(page, at + from, at + end, out);
      if (block === tail) return;
      block = words[word]! - 1;
    }
  }

  /** Forgets the values, keeps the key and the blocks (B2). */
  clear(id: number): void {
    const record = this.#records[id >>> SEGMENT_BITS]!;
    const o = (id & SEGMENT_MASK) * STRIDE;
    record[o + TAIL] = record[o + HEAD]!;
    record[o + USED] = record[o + KEY_SIZE]!;
    record[o + COUNT] = 0;
  }

  /** Gives a group's number and blocks to groups that are created later (B3). */
  recycle(id: number): void {
    this.#freeBlocks ??= new Int32Array(32);
    const record = this.#records[id >>> SEGMENT_BITS]!;
    const o = (id & SEGMENT_MASK) * STRIDE;
    for (let block = record[o]!; block >= 0;) {
      const words = this.#words[block >>> PAGE_BITS]!;
      const word = block & PAGE_MASK;
      const following = words[word]! - 1;
      const size = 31 - Math.clz32(words[word + 1]!);
      words[word] = this.#freeBlocks[size]!;
      this.#freeBlocks[size] = block + 1;
      block = following;
    }
    record[o] = this.#freeGroup;
    this.#freeGroup = id;
    this.size--;
  }

  /** The same groups under the same numbers, with their keys and marks but without values. */
  withoutValues(): GroupBuffer {
    const keys = new GroupBuffer();
    for (let id = 0; id < this.#created; id++) {
      const record = this.#records[id >>> SEGMENT_BITS]!;
      const o = (id & SEGMENT_MASK) * STRIDE;
      const block = record[o]!;
      const at = ((block & PAGE_MASK) + HEADER_WORDS) << 2;
      keys.create(this.#bytes[block >>> PAGE_BITS]!, at, at + record[o + KEY_SIZE]!, 0);
      keys.setMark(id, record[o + MARK]!);
    }
    return keys;
  }

  #appendAcross(
    record: Int32Array,
    o: number,
    source: Uint8Array,
    start: number,
    end: number,
  ): void {
    let block = record[o + TAIL]!;
    let used = record[o + USED]!;
    let from = start;
    for (;;) {
      const word = block & PAGE_MASK;
      const words = this.#words[block >>> PAGE_BITS]!;
      const capacity = words[word + 1]!;
      const to = Math.min(end, from + capacity - used);
      copy(
        source,
        from,
        to,
        this.#bytes[block >>> PAGE_BITS]!,
        ((word + HEADER_WORDS) << 2) + used,
      );
      used += to - from;
      from = to;
      if (from === end) break;
      if (words[word] === 0) {
        words[word] =
          this.#allocate(Math.max(end - from, Math.min(capacity * 2, MAX_BLOCK_BYTES))) + 1;
      }
      block = words[word]! - 1;
      used = 0;
    }
    record[o + TAIL] = block;
    record[o + USED] = used;
  }

  #write(page: number, from: number, to: number, out: ByteWriter): void {
    out.ensure(to - from);
    copy(this.#bytes[page]!, from, to, out.bytes, out.pos);
    out.pos += to - from;
  }

  #addRecord(): number {
    const id = this.#created++;
    const segment = id >>> SEGMENT_BITS;
    const needed = ((id & SEGMENT_MASK) + 1) * STRIDE;
    const old = this.#records[segment];
    if (old === undefined || old.length < needed) {
      // Only the first segment grows by copying: a window of three keys should stay small.
      const capacity = segment > 0 ? SEGMENT_MASK + 1 : Math.max(4, ((id & SEGMENT_MASK) + 1) * 2);
      const records = new Int32Array(Math.min(capacity, SEGMENT_MASK + 1) * STRIDE);
      if (old !== undefined) records.set(old);
      this.#records[segment] = records;
      this.heldBytes += records.byteLength - (old?.byteLength ?? 0);
    }
    return id;
  }

  /** A block of at least `capacity` bytes, its next block unset. */
  #allocate(capacity: number): number {
    let size = (capacity + 3) & ~3;
    if (this.#freeBlocks !== undefined) {
      // With recycling, capacities are powers of two, so that blocks fit again.
      size = 1 << (32 - Math.clz32(Math.max(size, 16) - 1));
      const log = 31 - Math.clz32(size);
      const free = this.#freeBlocks[log]! - 1;
      if (free >= 0) {
        const words = this.#words[free >>> PAGE_BITS]!;
        this.#freeBlocks[log] = words[free & PAGE_MASK]!;
        words[free & PAGE_MASK] = 0;
        return free;
      }
    }
    const need = (size >>> 2) + HEADER_WORDS;
    const last = this.#words.length - 1;
    if (last < 0 || this.#next + need > this.#words[last]!.length) this.#addPage(need << 2);
    const page = this.#words.length - 1;
    const word = this.#next;
    this.#next += need;
    this.#words[page]![word + 1] = size;
    return (page << PAGE_BITS) | word;
  }

  #addPage(atLeast: number): void {
    if (this.#bytes.length === MAX_PAGES) {
      throw new StrahlError('storeFull', {
        title: 'one window of a grouping holds more than 8 GB',
        fix: 'use a smaller window, or combine the values instead of grouping them',
      });
    }
    const last = this.#bytes.at(-1);
    const usual = last === undefined ? FIRST_PAGE_BYTES : Math.min(last.length * 2, PAGE_BYTES);
    const bytes = new Uint8Array(Math.max(usual, atLeast));
    this.#bytes.push(bytes);
    this.#words.push(new Int32Array(bytes.buffer));
    this.#next = 0;
    this.heldBytes += bytes.length;
  }
}
