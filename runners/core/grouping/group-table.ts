import { INDEX_STRIDE } from '#portability/wire/frames.js';
import { keepShape } from '#portability/wire/kept-shapes.js';
import { splitLoad } from '../state/split-load.js';
import { tableMemory } from '../state/table-memory.js';
import { GroupBuffer } from './group-buffer.js';
import { zeroWords } from './small-memory.js';

const FIRST_SLOTS = 8;
/** Tables of windows that come and go in numbers are mostly no larger. */
const FEW_SLOTS = 64;
/** A segment beyond this splits instead of growing, so no rehash touches more than this many slots. */
const MAX_SLOTS = 1 << 14;

interface Segment {
  /** Per slot: hash, and the group's number + 1 (0 = empty). */
  slots: Int32Array;
  mask: number;
  used: number;
  /** Entries from which on it is too small. */
  most: number;
  /** How many upper bits of the hash all its entries share. */
  readonly depth: number;
}

/**
 * Finds a group by the bytes of its key: open addressing in typed arrays, the keys themselves in a
 * `GroupBuffer`.
 *
 *   T1. The directory is chosen by the upper bits of the hash, the slot by the lower ones.
 *   T2. A segment that is full doubles, or splits in two by one more bit; large ones split in turn.
 */
export class GroupTable {
  /** Where the keys are; may be replaced by a buffer with the same keys under the same numbers. */
  buffer: GroupBuffer;
  #directory: Segment[];
  /** Right shift that leaves the bits of the directory. */
  #shift = 31;

  constructor(buffer: GroupBuffer) {
    this.buffer = buffer;
    const all = segment(FIRST_SLOTS, 0, 0);
    this.#directory = [all, all];
  }

  get heldBytes(): number {
    let bytes = 0;
    for (const s of new Set(this.#directory)) bytes += s.slots.byteLength;
    return bytes;
  }

  /** Forgets all groups, also those of the buffer, if both are small enough for that to be worth it. */
  restart(): boolean {
    const [first] = this.#directory;
    if (first!.mask >= FEW_SLOTS || this.#directory.length > 2 || !this.buffer.restart())
      return false;
    if (first!.used > 0) first!.slots.fill(0);
    first!.used = 0;
    return true;
  }

  /** The group with the key `source[start, end)`, or −1. */
  find(source: DataView, start: number, end: number, hash: number): number {
    const { slots, mask } = this.#directory[hash >>> this.#shift]!;
    for (let i = hash & mask; ; i = (i + 1) & mask) {
      const entry = slots[2 * i + 1]!;
      if (entry === 0) return -1;
      if (slots[2 * i] === hash && this.buffer.keyEquals(entry - 1, source, start, end)) {
        return entry - 1;
      }
    }
  }

  /**
   * Per element of `index` from `from` on, the first group whose key has the element's hash, or −1: most
   * likely its group, but only the key can tell. Looking for many at once hides what memory costs.
   */
  guess(index: Int32Array, from: number, count: number, ids: Int32Array): void {
    for (let k = 0, at = from + 3; k < count; k++, at += INDEX_STRIDE) {
      const hash = index[at]!;
      const { slots, mask } = this.#directory[hash >>> this.#shift]!;
      let i = hash & mask;
      while (slots[2 * i] !== hash && slots[2 * i + 1] !== 0) i = (i + 1) & mask;
      ids[k] = slots[2 * i + 1]! - 1;
    }
  }

  /** Enters a group that `find` did not find. */
  insert(hash: number, id: number): void {
    let target = this.#directory[hash >>> this.#shift]!;
    while (target.used >= target.most) {
      this.#enlarge(target, hash);
      target = this.#directory[hash >>> this.#shift]!;
    }
    place(target, hash, id + 1);
  }

  #enlarge(full: Segment, hash: number): void {
    const capacity = full.mask + 1;
    if (capacity < MAX_SLOTS || full.depth === 31) {
      const old = full.slots;
      full.slots = slotsOf(capacity * 2);
      full.mask = capacity * 2 - 1;
      full.most = mostOf(capacity * 2, full.depth, hash);
      full.used = 0;
      for (let i = 0; i < old.length; i += 2)
        if (old[i + 1] !== 0) place(full, old[i]!, old[i + 1]!);
      return;
    }
    if (full.depth === 32 - this.#shift) this.#widen();
    this.#split(full, hash);
  }

  #widen(): void {
    this.#directory = this.#directory.flatMap((s) => [s, s]);
    this.#shift--;
  }

  #split(full: Segment, hash: number): void {
    const depth = full.depth + 1;
    const size = full.mask + 1;
    const bit = 1 << (32 - depth);
    const halves = [segment(size, depth, hash & ~bit), segment(size, depth, hash | bit)] as const;
    const { slots } = full;
    for (let i = 0; i < slots.length; i += 2) {
      if (slots[i + 1] === 0) continue;
      const half = halves[(slots[i]! >>> (32 - depth)) & 1]!;
      place(half, slots[i]!, slots[i + 1]!);
    }
    const span = 1 << (32 - this.#shift - full.depth);
    const first = (hash >>> this.#shift) & ~(span - 1);
    for (let i = 0; i < span; i++) this.#directory[first + i] = halves[i < span / 2 ? 0 : 1];
  }
}

/** @param hash one of those that its entries may have */
function segment(slots: number, depth: number, hash: number): Segment {
  const most = mostOf(slots, depth, hash);
  return { slots: slotsOf(slots), mask: slots - 1, used: 0, most, depth };
}

function slotsOf(count: number): Int32Array {
  return count > FEW_SLOTS ? new Int32Array(tableMemory(count * 2 * 4)) : zeroWords(count * 2);
}

function mostOf(slots: number, depth: number, hash: number): number {
  return slots < MAX_SLOTS || depth === 0 ? slots * 0.8 : slots * splitLoad(hash, depth);
}

function place(target: Segment, hash: number, entry: number): void {
  const { slots, mask } = target;
  let i = hash & mask;
  while (slots[2 * i + 1] !== 0) i = (i + 1) & mask;
  slots[2 * i] = hash;
  slots[2 * i + 1] = entry;
  target.used++;
}

keepShape(new GroupTable(new GroupBuffer()));
