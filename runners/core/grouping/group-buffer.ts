import { copyRun } from '#portability/wire/copy-run.js';
import type { LazyValues } from '#portability/wire/frames.js';
import { ByteWriter } from '#portability/wire/writer.js';
import { keepShape } from '#portability/wire/kept-shapes.js';
import type { Scratch } from '../spill/scratch.js';
import type { Spillable } from '../spill/spillable.js';
import { BlockPages, HEADER_WORDS, KEYS, PAGE_BITS, PAGE_MASK, VALUES } from './block-pages.js';
import {
  CAPACITY,
  COUNT,
  GroupRecords,
  HEAD,
  KEY_SIZE,
  MARK,
  RECYCLED,
  SEGMENT_BITS,
  SEGMENT_MASK,
  SIZE,
  STRIDE,
  TAIL,
  USED,
} from './group-records.js';
import { SpilledGroup } from './spilled-group.js';
import { BLOCK_BYTES, SpilledValues } from './spilled-values.js';

const MAX_BLOCK_BYTES = 4096;
const NO_BYTES = new DataView(new ArrayBuffer(0));

/**
 * Keys and values of many groups as bytes: no object per value. Groups are numbered from 0.
 *
 *   B1. Values of a group lie in a chain of blocks, one after the other, cut where a block ends: only
 *       the tail block has unused bytes. Values keep the order in which they were appended.
 *   B2. Clearing a group keeps its blocks, and appending uses them again, so a group that is filled and
 *       emptied for ever holds as much as its fullest moment.
 *   B3. Blocks of `recycled` groups are used for other groups; otherwise all memory goes with the buffer.
 *   B4. Values may be spilled: they leave memory together, keys stay. From then on keys and values lie in
 *       different pages, so that those of values can be let go of.
 */
export class GroupBuffer extends GroupRecords implements Spillable {
  #spilled: SpilledValues | undefined;

  get spillableBytes(): number {
    const { heldBytes, valueBytes } = this.pages;
    return this.#spilled === undefined ? heldBytes : valueBytes;
  }

  /** Adds the value `source[start, end)` and returns how many values the group has now. */
  append(id: number, source: DataView, start: number, end: number): number {
    const record = this.records[id >>> SEGMENT_BITS]!;
    const o = (id & SEGMENT_MASK) * STRIDE;
    const used = record[o + USED]!;
    const to = used + end - start;
    if (to <= record[o + CAPACITY]!) {
      const tail = record[o + TAIL]!;
      const at = (((tail & PAGE_MASK) + HEADER_WORDS) << 2) + used;
      copyRun(source, start, end, this.views[tail >>> PAGE_BITS]!, at);
      record[o + USED] = to;
    } else {
      this.#appendAcross(record, o, source, start, end);
    }
    record[o + SIZE]! += end - start;
    return ++record[o + COUNT]!;
  }

  /** Adds `count` values whose encodings are `source[start, end)`. */
  appendRun(id: number, source: DataView, start: number, end: number, count: number): void {
    this.append(id, source, start, end);
    this.records[id >>> SEGMENT_BITS]![(id & SEGMENT_MASK) * STRIDE + COUNT]! += count - 1;
  }

  /** Bytes of the block that the group would need for `size` more bytes of values; 0 if they fit. */
  growthFor(id: number, size: number): number {
    const record = this.records[id >>> SEGMENT_BITS]!;
    const o = (id & SEGMENT_MASK) * STRIDE;
    const tail = record[o + TAIL]!;
    const capacity = record[o + CAPACITY]!;
    if (record[o + USED]! + size <= capacity) return 0;
    if (this.words[tail >>> PAGE_BITS]![tail & PAGE_MASK] !== 0) return 0;
    return Math.max(size, Math.min(capacity * 2, MAX_BLOCK_BYTES));
  }

  /** Bytes of the group's values, but for small parts that were spilled. */
  bytesOf(id: number): number {
    const spilled = this.#spilled?.sizeOf(id) ?? 0;
    return spilled + this.records[id >>> SEGMENT_BITS]![(id & SEGMENT_MASK) * STRIDE + SIZE]!;
  }

  writeValues(id: number, out: ByteWriter): void {
    this.#spilled?.write(id, out);
    this.#writeHeld(id, out);
  }

  #writeHeld(id: number, out: ByteWriter): void {
    const record = this.records[id >>> SEGMENT_BITS]!;
    const o = (id & SEGMENT_MASK) * STRIDE;
    const tail = record[o + TAIL]!;
    out.ensure(record[o + SIZE]!);
    let from = record[o + KEY_SIZE]!;
    for (let block = record[o]!; ; from = 0) {
      const page = block >>> PAGE_BITS;
      const word = block & PAGE_MASK;
      const at = (word + HEADER_WORDS) << 2;
      const words = this.words[page]!;
      const end = block === tail ? record[o + USED]! : words[word + 1]!;
      out.run(this.views[page]!, at + from, at + end);
      if (block === tail) return;
      block = words[word]! - 1;
    }
  }

  /** Forgets the values, keeps the key and the blocks (B2). */
  clear(id: number): void {
    const record = this.records[id >>> SEGMENT_BITS]!;
    const o = (id & SEGMENT_MASK) * STRIDE;
    const head = record[o + HEAD]!;
    record[o + TAIL] = head;
    record[o + USED] = record[o + KEY_SIZE]!;
    record[o + CAPACITY] = this.words[head >>> PAGE_BITS]![(head & PAGE_MASK) + 1]!;
    record[o + COUNT] = 0;
    record[o + SIZE] = 0;
    this.#spilled?.forget(id);
  }

  /** Gives a group's number and blocks to groups that are created later (B3). */
  recycle(id: number): void {
    const record = this.records[id >>> SEGMENT_BITS]!;
    const o = (id & SEGMENT_MASK) * STRIDE;
    this.pages.free(record[o]!);
    this.#spilled?.forget(id);
    record[o] = this.freeGroup;
    record[o + KEY_SIZE] = RECYCLED;
    record[o + SIZE] = 0;
    this.freeGroup = id;
    this.size--;
  }

  /** The same groups under the same numbers, with their keys and marks but without values. */
  withoutValues(): GroupBuffer {
    const keys = new GroupBuffer();
    for (let id = 0; id < this.created; id++) {
      const record = this.records[id >>> SEGMENT_BITS]!;
      const o = (id & SEGMENT_MASK) * STRIDE;
      const at = ((record[o]! & PAGE_MASK) + HEADER_WORDS) << 2;
      const end = at + Math.max(0, record[o + KEY_SIZE]!);
      keys.create(this.views[record[o]! >>> PAGE_BITS] ?? NO_BYTES, at, end, 0);
      keys.setMark(id, record[o + MARK]!);
    }
    for (let id = this.freeGroup; id >= 0; id = this.#headOf(id)) keys.recycle(id);
    this.release();
    return keys;
  }

  #headOf(id: number): number {
    return this.records[id >>> SEGMENT_BITS]![(id & SEGMENT_MASK) * STRIDE]!;
  }

  /** Has all values written to `scratch`, and frees their memory (B4). */
  spill(scratch: Scratch): void {
    const movesKeys = this.#spilled === undefined || this.pages.recycles;
    const spilled = (this.#spilled ??= new SpilledValues(scratch));
    this.keysApart = true;
    spilled.begin(this.created);
    for (let id = 0; id < this.created; id++) this.#spillGroup(id, spilled);
    spilled.end();
    const old = this.views;
    if (movesKeys) this.usePages(new BlockPages());
    for (let id = 0; id < this.created; id++) this.#keepKey(id, movesKeys ? old : undefined);
    this.pages.dropValues();
  }

  /** Empties the buffer, whose memory is used again. */
  reset(): void {
    this.release();
    this.#spilled = undefined;
    this.forgetAll();
  }

  /** Whether what values take is not worth giving back, whatever they are. */
  get isSmall(): boolean {
    return this.#spilled === undefined && this.pages.isSmall;
  }

  /** Empties the buffer if it is small and all in memory. */
  restart(): boolean {
    return this.isSmall && this.forgetFew();
  }

  /** Gives back what was spilled; the values are not asked for again. */
  release(): void {
    this.#spilled?.release();
  }

  #spillGroup(id: number, spilled: SpilledValues): void {
    const record = this.records[id >>> SEGMENT_BITS]!;
    const o = (id & SEGMENT_MASK) * STRIDE;
    const size = record[o + SIZE]!;
    if (size === 0) return;
    if (size <= BLOCK_BYTES) {
      this.#writeHeld(id, spilled.piece(id, size));
      return;
    }
    spilled.largePiece(id);
    this.#heldInParts(id, (part) => {
      spilled.part(id, part);
    });
  }

  /** Gives the values to `take`, in parts of about a block; a part is good until the next one. */
  inParts(id: number, take: (part: Uint8Array) => void): void {
    for (const part of this.#spilled?.read(id) ?? []) take(part);
    this.#heldInParts(id, take);
  }

  /** The same of those that are in memory. */
  #heldInParts(id: number, take: (part: Uint8Array) => void): void {
    const record = this.records[id >>> SEGMENT_BITS]!;
    const o = (id & SEGMENT_MASK) * STRIDE;
    const tail = record[o + TAIL]!;
    const out = new ByteWriter(BLOCK_BYTES);
    let from = record[o + KEY_SIZE]!;
    for (let block = record[o]!; ; from = 0) {
      const words = this.words[block >>> PAGE_BITS]!;
      const word = block & PAGE_MASK;
      const at = (word + HEADER_WORDS) << 2;
      const end = block === tail ? record[o + USED]! : words[word + 1]!;
      out.run(this.views[block >>> PAGE_BITS]!, at + from, at + end);
      if (out.pos >= BLOCK_BYTES || (block === tail && out.pos > 0)) {
        take(out.bytes.subarray(0, out.pos));
        out.pos = 0;
      }
      if (block === tail) return;
      block = words[word]! - 1;
    }
  }

  /** The values of a group as they are now, for who reads them later and in pages. */
  lazyValues(id: number, scratch: Scratch): LazyValues {
    const file = scratch.open();
    const places = [...(this.#spilled?.places(id, file) ?? [])];
    this.#heldInParts(id, (part) => {
      places.push({ file, position: file.append(part) });
    });
    return new SpilledGroup(places);
  }

  /** Leaves a group its key alone, moved here from the pages `old` if there are any. */
  #keepKey(id: number, old: readonly DataView[] | undefined): void {
    const record = this.records[id >>> SEGMENT_BITS]!;
    const o = (id & SEGMENT_MASK) * STRIDE;
    const keySize = record[o + KEY_SIZE]!;
    if (keySize === RECYCLED) return;
    let block = record[o]!;
    if (old !== undefined) {
      const from = ((block & PAGE_MASK) + HEADER_WORDS) << 2;
      const source = old[block >>> PAGE_BITS]!;
      block = this.pages.allocate(keySize, KEYS);
      const to = ((block & PAGE_MASK) + HEADER_WORDS) << 2;
      copyRun(source, from, from + keySize, this.views[block >>> PAGE_BITS]!, to);
    }
    const words = this.words[block >>> PAGE_BITS]!;
    words[block & PAGE_MASK] = 0;
    record[o + HEAD] = block;
    record[o + TAIL] = block;
    record[o + USED] = keySize;
    record[o + CAPACITY] = words[(block & PAGE_MASK) + 1]!;
    record[o + SIZE] = 0;
  }

  #appendAcross(record: Int32Array, o: number, source: DataView, start: number, end: number): void {
    let block = record[o + TAIL]!;
    let used = record[o + USED]!;
    let capacity = record[o + CAPACITY]!;
    for (let from = start; ;) {
      const word = block & PAGE_MASK;
      const to = Math.min(end, from + capacity - used);
      const at = ((word + HEADER_WORDS) << 2) + used;
      copyRun(source, from, to, this.views[block >>> PAGE_BITS]!, at);
      used += to - from;
      from = to;
      if (from === end) break;
      const words = this.words[block >>> PAGE_BITS]!;
      if (words[word] === 0) {
        const room = Math.max(end - from, Math.min(capacity * 2, MAX_BLOCK_BYTES));
        words[word] = this.pages.allocate(room, this.#spilled === undefined ? KEYS : VALUES) + 1;
      }
      block = words[word]! - 1;
      capacity = this.words[block >>> PAGE_BITS]![(block & PAGE_MASK) + 1]!;
      used = 0;
    }
    record[o + TAIL] = block;
    record[o + USED] = used;
    record[o + CAPACITY] = capacity;
  }
}

keepShape(new GroupBuffer());
