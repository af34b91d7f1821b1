import type { ChunkPool } from './chunk-pool.js';
import { LARGEST_CHUNK, type EntryChunk } from './entry-chunk.js';

/** Entries of the first chunk of a list. */
const FIRST_CHUNK = 64;
/**
 * Entries in the order in which they were added, in chunks: growing copies nothing.
 *
 *   E1. `isSorted` while each entry was no earlier than the one before it, by time and then by order.
 */
export class EntryList {
  count = 0;
  heldBytes = 0;
  isSorted = true;
  /** Where the list begins and ends, by time. */
  least: number = Infinity;
  most: number = -Infinity;
  chunks: EntryChunk[] = [];
  readonly #pool: ChunkPool;
  #last: EntryChunk | undefined;
  #lastTime = -Infinity;
  #lastOrder = 0;

  constructor(pool: ChunkPool) {
    this.#pool = pool;
  }

  /** Whether an entry that is added now keeps the list sorted. */
  precedes(time: number, order: number): boolean {
    return time > this.#lastTime || (time === this.#lastTime && order >= this.#lastOrder);
  }

  add(time: number, order: number, item: number): void {
    let last = this.#last;
    if (last === undefined || last.count === last.times.length) last = this.#grow();
    const at = last.count++;
    last.times[at] = time;
    last.orders[at] = order;
    last.items[at] = item;
    this.count++;
    if (!this.precedes(time, order)) this.isSorted = false;
    this.#lastTime = time;
    this.#lastOrder = order;
    if (time < this.least) this.least = time;
    if (time > this.most) this.most = time;
  }

  /** Adds the chunk of a sorted list behind the entries of this one, as it is. */
  adopt(chunk: EntryChunk): void {
    this.chunks.push(chunk);
    this.#last = chunk;
    this.count += chunk.count - chunk.start;
    this.heldBytes += chunk.heldBytes;
    const end = chunk.count - 1;
    this.#lastTime = chunk.times[end]!;
    this.#lastOrder = chunk.orders[end]!;
    this.least = Math.min(this.least, chunk.times[chunk.start]!);
    this.most = Math.max(this.most, this.#lastTime);
  }

  forEach(f: (time: number, order: number, item: number) => void): void {
    for (const { times, orders, items, start, count } of this.chunks) {
      for (let i = start; i < count; i++) f(times[i]!, orders[i]!, items[i]!);
    }
  }

  /** Gives its chunks back; the list is not used any more. */
  release(): void {
    for (const chunk of this.chunks) this.#pool.give(chunk);
  }

  #grow(): EntryChunk {
    const capacity = Math.min(LARGEST_CHUNK, Math.max(FIRST_CHUNK, this.count));
    const chunk = this.#pool.take(capacity);
    this.heldBytes += chunk.heldBytes;
    this.chunks.push(chunk);
    this.#last = chunk;
    return chunk;
  }
}
