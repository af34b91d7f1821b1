import { StrahlError } from '#portability/errors.js';

/** A page holds at most 2^18 words; a position is page number and word, so 8 GB can be reached. */
export const PAGE_BITS = 18;
export const PAGE_MASK: number = (1 << PAGE_BITS) - 1;
/** In front of a block, in words: the position of the next one + 1, and its own capacity in bytes. */
export const HEADER_WORDS = 2;

const MAX_PAGES = 1 << (31 - PAGE_BITS);
const PAGE_BYTES = 4 << PAGE_BITS;
const FIRST_PAGE_BYTES = 512;

/**
 * Memory in blocks. A block is known by the position of its header; `bytes` and `words` are two views of
 * the same pages, for who reads and writes blocks.
 */
export class BlockPages {
  readonly bytes: Uint8Array[] = [];
  readonly words: Int32Array[] = [];
  heldBytes = 0;
  /** Word in the last page where the next block goes. */
  #next = 0;
  /** Freed blocks by the logarithm of their capacity, linked through their headers. */
  #free: Int32Array | undefined;

  /** A block of at least `capacity` bytes, its next block unset. */
  allocate(capacity: number): number {
    let size = (capacity + 3) & ~3;
    if (this.#free !== undefined) {
      // Where blocks are freed, capacities are powers of two, so that blocks fit again.
      size = 1 << (32 - Math.clz32(Math.max(size, 16) - 1));
      const freed = this.#takeFree(31 - Math.clz32(size));
      if (freed >= 0) return freed;
    }
    const need = (size >>> 2) + HEADER_WORDS;
    const last = this.words.length - 1;
    if (last < 0 || this.#next + need > this.words[last]!.length) this.#addPage(need << 2);
    const page = this.words.length - 1;
    const word = this.#next;
    this.#next += need;
    this.words[page]![word + 1] = size;
    return (page << PAGE_BITS) | word;
  }

  /** Frees a chain of blocks for other groups. */
  free(first: number): void {
    this.#free ??= new Int32Array(32);
    for (let block = first; block >= 0;) {
      const words = this.words[block >>> PAGE_BITS]!;
      const word = block & PAGE_MASK;
      const following = words[word]! - 1;
      const size = 31 - Math.clz32(words[word + 1]!);
      words[word] = this.#free[size]!;
      this.#free[size] = block + 1;
      block = following;
    }
  }

  #takeFree(size: number): number {
    const block = this.#free![size]! - 1;
    if (block < 0) return -1;
    const words = this.words[block >>> PAGE_BITS]!;
    this.#free![size] = words[block & PAGE_MASK]!;
    words[block & PAGE_MASK] = 0;
    return block;
  }

  #addPage(atLeast: number): void {
    if (this.bytes.length === MAX_PAGES) {
      throw new StrahlError('storeFull', {
        title: 'one window of a grouping holds more than 8 GB',
        fix: 'use a smaller window, or combine the values instead of grouping them',
      });
    }
    const last = this.bytes.at(-1);
    const usual = last === undefined ? FIRST_PAGE_BYTES : Math.min(last.length * 2, PAGE_BYTES);
    const bytes = new Uint8Array(Math.max(usual, atLeast));
    this.bytes.push(bytes);
    this.words.push(new Int32Array(bytes.buffer));
    this.#next = 0;
    this.heldBytes += bytes.length;
  }
}
