import type { ChunkPool } from './chunk-pool.js';
import { EntryChunk, LARGEST_CHUNK } from './entry-chunk.js';
import type { EntryList } from './entry-list.js';

const DIGIT_BITS = 11;
const DIGITS = 1 << DIGIT_BITS;
const DIGIT_MASK = DIGITS - 1;
/** Times further apart than this are compared instead of counted. */
const COUNTED_SPAN = 2 ** 31;

/** The entries of a list in chunks of `pool`, sorted by time and then by order. */
export function sortedChunks(list: EntryList, pool: ChunkPool): readonly EntryChunk[] {
  const memory = memoryFor(list.count);
  const all = joined(list, memory.entries);
  const isCounted = list.most - list.least < COUNTED_SPAN;
  const ranks = isCounted ? countedRanks(all, list.least, memory) : comparedRanks(all);
  const sorted: EntryChunk[] = [];
  for (let start = 0; start < all.count; start += LARGEST_CHUNK) {
    sorted.push(chosen(all, ranks.subarray(start, start + LARGEST_CHUNK), pool));
  }
  return sorted;
}

/** Beyond so many entries, which is rare, what sorting works in is not kept. */
const MOST_KEPT = 1 << 15;

/** What sorting works in. One serves all queues, one after the other: new memory each time would call the collector. */
class SortMemory {
  readonly entries: EntryChunk;
  readonly ranks: Uint32Array;
  readonly spare: Uint32Array;
  readonly keys: Uint32Array;

  constructor(capacity: number) {
    this.entries = new EntryChunk(capacity);
    this.ranks = new Uint32Array(capacity);
    this.spare = new Uint32Array(capacity);
    this.keys = new Uint32Array(capacity);
  }
}

let kept = new SortMemory(0);

function memoryFor(count: number): SortMemory {
  if (count <= kept.keys.length) return kept;
  if (count > MOST_KEPT) return new SortMemory(count);
  kept = new SortMemory(Math.min(MOST_KEPT, 2 * count));
  return kept;
}

function chosen(all: EntryChunk, ranks: Uint32Array, pool: ChunkPool): EntryChunk {
  const chunk = pool.take(ranks.length);
  for (let to = 0; to < ranks.length; to++) {
    const from = ranks[to]!;
    chunk.times[to] = all.times[from]!;
    chunk.orders[to] = all.orders[from]!;
    chunk.items[to] = all.items[from]!;
  }
  chunk.count = ranks.length;
  return chunk;
}

function joined({ chunks }: EntryList, all: EntryChunk): EntryChunk {
  all.count = 0;
  for (const chunk of chunks) {
    const { start } = chunk;
    all.times.set(chunk.times.subarray(start, chunk.count), all.count);
    all.orders.set(chunk.orders.subarray(start, chunk.count), all.count);
    all.items.set(chunk.items.subarray(start, chunk.count), all.count);
    all.count += chunk.count - start;
  }
  return all;
}

/** Places of the entries in their order, by counting digits from the last one on: no entry is compared. */
function countedRanks(
  { times, orders, count }: EntryChunk,
  least: number,
  memory: SortMemory,
): Uint32Array {
  let ranks = memory.ranks.subarray(0, count);
  let spare = memory.spare.subarray(0, count);
  const keys = memory.keys.subarray(0, count);
  let leastOrder = 0xffffffff;
  let isAscending = true;
  for (let i = 0; i < count; i++) {
    ranks[i] = i;
    const order = orders[i]!;
    if (i > 0 && order < orders[i - 1]!) isAscending = false;
    if (order < leastOrder) leastOrder = order;
  }
  const pass = (): void => {
    [ranks, spare] = sortRanks(keys, ranks, spare);
  };
  if (!isAscending) {
    for (let i = 0; i < count; i++) keys[i] = orders[i]! - leastOrder;
    pass();
  }
  for (let i = 0; i < count; i++) keys[i] = times[i]! - least;
  pass();
  return ranks;
}

/** Sorts `ranks` by `keys`, those of equal keys as they come; answers the sorted array and the other one. */
function sortRanks(
  keys: Uint32Array,
  ranks: Uint32Array,
  spare: Uint32Array,
): readonly [Uint32Array, Uint32Array] {
  let most = 0;
  for (let i = 0; i < keys.length; i++) if (keys[i]! > most) most = keys[i]!;
  const starts = new Uint32Array(DIGITS);
  let from = ranks;
  let to = spare;
  for (let shift = 0; shift < 32 && most >>> shift > 0; shift += DIGIT_BITS) {
    starts.fill(0);
    for (let i = 0; i < keys.length; i++) starts[(keys[i]! >>> shift) & DIGIT_MASK]!++;
    let start = 0;
    for (let digit = 0; digit < DIGITS; digit++) {
      const size = starts[digit]!;
      starts[digit] = start;
      start += size;
    }
    for (let i = 0; i < from.length; i++) {
      const rank = from[i]!;
      to[starts[(keys[rank]! >>> shift) & DIGIT_MASK]!++] = rank;
    }
    [from, to] = [to, from];
  }
  return [from, to];
}

function comparedRanks({ times, orders, count }: EntryChunk): Uint32Array {
  const ranks = Uint32Array.from({ length: count }, (_, i) => i);
  return ranks.sort((a, b) =>
    times[a] === times[b] ? orders[a]! - orders[b]! : times[a]! < times[b]! ? -1 : 1,
  );
}
