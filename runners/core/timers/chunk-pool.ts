import { ENTRY_BYTES, EntryChunk, LARGEST_CHUNK } from './entry-chunk.js';

/** More than sorting and reading in turn need would be memory that nobody uses. */
const MOST_SPARE = 3;

/**
 * A few large chunks of a queue that hold nothing now, to be used again: new ones for timers that come and go would
 * call the garbage collector.
 */
export class ChunkPool {
  readonly #spare: EntryChunk[] = [];

  get heldBytes(): number {
    return this.#spare.length * LARGEST_CHUNK * ENTRY_BYTES;
  }

  take(capacity: number): EntryChunk {
    const spare = capacity === LARGEST_CHUNK ? this.#spare.pop() : undefined;
    return spare ?? new EntryChunk(capacity);
  }

  /** Whoever gives a chunk has no list that holds it. */
  give(chunk: EntryChunk): void {
    if (chunk.times.length !== LARGEST_CHUNK || this.#spare.length === MOST_SPARE) return;
    chunk.count = 0;
    chunk.start = 0;
    this.#spare.push(chunk);
  }
}
