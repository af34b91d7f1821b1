import { keepShape } from '#portability/wire/kept-shapes.js';
import { ChunkPool } from './chunk-pool.js';
import type { EntryChunk } from './entry-chunk.js';
import { EntryHeap } from './entry-heap.js';
import { EntryList } from './entry-list.js';
import { sortedChunks } from './sort-entries.js';

/** A list that is not sorted is taken apart beyond this: sorting it would take too long at once. */
const MOST_UNSORTED = 1 << 14;
/** Into so many parts. */
const PARTS = 16;
/** Entries that came before the end of what is being read, beyond which all is put into order again. */
const MOST_LATE = 1 << 13;

/** Entries from a time and order on, up to where the next range begins. */
interface Range {
  readonly time: number;
  readonly order: number;
  readonly list: EntryList;
}

/**
 * Numbers by time, the least time first, and of equal times the one of the lower order.
 *
 *   Q1. What is far away lies unsorted in ranges of time. A range is sorted when its turn comes, so an
 *       entry is written and read in sequence, however many there are, and no step touches more than a few
 *       thousand of them.
 *   Q2. Entries that come in order are never sorted, however many they are.
 *   Q3. What comes before the end of the range that is being read waits in a heap.
 */
export class TimeQueue {
  size = 0;
  readonly #pool = new ChunkPool();
  /** What is being read; sorted. */
  #near = new EntryList(this.#pool);
  #chunk: EntryChunk | undefined;
  #late = new EntryHeap();
  /** The next one is the last of the array. */
  readonly #ranges: Range[] = [];
  /** Bytes of all ranges. */
  #farBytes = 0;

  /** Of an empty queue +∞. */
  get leastTime(): number {
    if (this.size === 0) return Infinity;
    const chunk = this.#front();
    return this.#isLateFirst(chunk) ? this.#late.leastTime : chunk!.times[chunk!.start]!;
  }

  get leastItem(): number {
    const chunk = this.#front();
    return this.#isLateFirst(chunk) ? this.#late.leastItem : chunk!.items[chunk!.start]!;
  }

  get leastOrder(): number {
    const chunk = this.#front();
    return this.#isLateFirst(chunk) ? this.#late.leastOrder : chunk!.orders[chunk!.start]!;
  }

  get heldBytes(): number {
    const waiting = this.#near.heldBytes + this.#late.heldBytes + this.#farBytes;
    return waiting + this.#pool.heldBytes;
  }

  push(time: number, order: number, item: number): void {
    this.size++;
    const near = this.#near;
    if (near.count === 0 || near.precedes(time, order)) {
      if (this.#isBeforeRanges(time, order)) {
        near.add(time, order, item);
        this.#chunk ??= near.chunks[0];
      } else {
        this.#addFar(time, order, item);
      }
      return;
    }
    this.#late.push(time, order, item);
    if (this.#late.size >= MOST_LATE) this.#order();
  }

  /** Takes the least entry out. */
  pop(): void {
    const chunk = this.#front();
    if (this.#isLateFirst(chunk)) {
      this.size--;
      this.#late.pop();
      return;
    }
    this.#pass(chunk!, 1);
  }

  /** Moves over the first `n` entries of the chunk that is being read. */
  #pass(chunk: EntryChunk, n: number): void {
    this.size -= n;
    this.#near.count -= n;
    chunk.start += n;
    if (chunk.start === chunk.count) this.#passChunk();
  }

  /** Takes out what comes first while its time is due, at most as much as `items` has room for; answers how much. */
  takeWhile(isDue: (time: number) => boolean, items: Int32Array): number {
    let taken = 0;
    while (taken < items.length && this.size > 0 && isDue(this.leastTime)) {
      const chunk = this.#front();
      if (this.#isLateFirst(chunk)) {
        items[taken++] = this.#late.leastItem;
        this.pop();
        continue;
      }
      const { start, times } = chunk!;
      // What came late has its turn entry by entry.
      const most = this.#late.size > 0 ? 1 : Math.min(chunk!.count - start, items.length - taken);
      let n = 0;
      while (n < most && isDue(times[start + n]!)) items[taken++] = chunk!.items[start + n++]!;
      this.#pass(chunk!, n);
    }
    return taken;
  }

  /** All entries, in no particular order. */
  forEach(f: (time: number, order: number, item: number) => void): void {
    this.#near.forEach(f);
    this.#late.forEach(f);
    for (const { list } of this.#ranges) list.forEach(f);
  }

  #passChunk(): void {
    const near = this.#near;
    const chunk = near.chunks.shift()!;
    near.heldBytes -= chunk.heldBytes;
    this.#pool.give(chunk);
    this.#chunk = near.chunks[0];
    // What comes now starts a new run, wherever it lies.
    if (near.count === 0) this.#near = new EntryList(this.#pool);
  }

  /** The chunk that is being read; `undefined` if all that is left came late. */
  #front(): EntryChunk | undefined {
    if (this.#chunk === undefined && this.#late.size === 0) this.#read(this.#ranges.pop()!.list);
    return this.#chunk;
  }

  #read(list: EntryList): void {
    this.#farBytes -= list.heldBytes;
    if (list.isSorted) this.#near = list;
    else {
      this.#near = new EntryList(this.#pool);
      for (const chunk of sortedChunks(list, this.#pool)) this.#near.adopt(chunk);
      list.release();
    }
    this.#chunk = this.#near.chunks[0];
  }

  #isLateFirst(chunk: EntryChunk | undefined): boolean {
    const late = this.#late;
    if (late.size === 0) return false;
    if (chunk === undefined) return true;
    const time = chunk.times[chunk.start]!;
    if (late.leastTime !== time) return late.leastTime < time;
    return late.leastOrder < chunk.orders[chunk.start]!;
  }

  #isBeforeRanges(time: number, order: number): boolean {
    const next = this.#ranges.at(-1);
    return next === undefined || isBefore(time, order, next);
  }

  #addFar(time: number, order: number, item: number): void {
    const at = this.#rangeOf(time, order);
    const { list } = this.#ranges[at]!;
    if (list.isSorted && list.count > MOST_UNSORTED && !list.precedes(time, order)) {
      this.#replace(at, cut(list.chunks, this.#pool));
      this.#addFar(time, order, item);
      return;
    }
    const before = list.heldBytes;
    list.add(time, order, item);
    this.#farBytes += list.heldBytes - before;
    if (!list.isSorted && list.count > MOST_UNSORTED) this.#takeApart(at);
  }

  /** The last range that begins no later; the first one takes what is before it too. */
  #rangeOf(time: number, order: number): number {
    const ranges = this.#ranges;
    let low = 0;
    let high = ranges.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (isBefore(time, order, ranges[middle]!)) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Q1: by time, or by order if all are at one time. */
  #takeApart(at: number): void {
    const { list } = this.#ranges[at]!;
    const pool = this.#pool;
    const parts =
      list.most > list.least ? apartByTime(list, pool) : cut(sortedChunks(list, pool), pool);
    this.#farBytes -= list.heldBytes;
    for (const part of parts) this.#farBytes += part.list.heldBytes;
    this.#replace(at, parts);
    list.release();
  }

  /** Parts take the place of a range; the first one begins where it began. */
  #replace(at: number, [first, ...others]: readonly Range[]): void {
    const { time, order } = this.#ranges[at]!;
    this.#ranges.splice(at, 1, ...others.reverse(), { time, order, list: first!.list });
  }

  /** Puts what came late, and what is left of what was being read, back into ranges. */
  #order(): void {
    const near = this.#near;
    const late = this.#late;
    const ranges = near.count === 0 ? [] : cut(near.chunks, this.#pool);
    for (const { list } of ranges) this.#farBytes += list.heldBytes;
    const [first, ...others] = ranges;
    const list = first?.list ?? new EntryList(this.#pool);
    // What came late may lie before all that was left.
    this.#ranges.push(...others.reverse(), { time: -Infinity, order: 0, list });
    this.#near = new EntryList(this.#pool);
    this.#chunk = undefined;
    this.#late = new EntryHeap();
    late.forEach((time, order, item) => {
      this.#addFar(time, order, item);
    });
  }
}

function isBefore(time: number, order: number, range: Range): boolean {
  return time < range.time || (time === range.time && order < range.order);
}

/** Ranges of the chunks of a sorted list, copying none: each is small enough to become unsorted. */
function cut(chunks: readonly EntryChunk[], pool: ChunkPool): Range[] {
  const ranges: Range[] = [];
  let list: EntryList | undefined;
  for (const chunk of chunks) {
    if (chunk.start === chunk.count) continue;
    const { times, orders, start, count } = chunk;
    if (list === undefined || list.count + count - start > MOST_UNSORTED / 2) {
      list = new EntryList(pool);
      ranges.push({ time: times[start]!, order: orders[start]!, list });
    }
    list.adopt(chunk);
  }
  return ranges;
}

function apartByTime(list: EntryList, pool: ChunkPool): Range[] {
  const { least, most } = list;
  const width = (most - least) / PARTS;
  const ranges = Array.from({ length: PARTS }, (_, i): Range => ({
    time: least + i * width,
    order: 0,
    list: new EntryList(pool),
  }));
  list.forEach((time, order, item) => {
    let part = Math.min(PARTS - 1, Math.floor((time - least) / width));
    // Rounding may have put it beside the range that it belongs to.
    while (part > 0 && time < ranges[part]!.time) part--;
    while (part < PARTS - 1 && time >= ranges[part + 1]!.time) part++;
    ranges[part]!.list.add(time, order, item);
  });
  return ranges.filter(({ list: { count } }) => count > 0);
}

keepShape(new TimeQueue());
