import { StrahlError } from '#portability/errors.js';
import { viewOf } from '#portability/wire/native-buffer.js';
import { zeroWords } from './small-memory.js';

/** A page holds at most 2^18 words; a position is page number and word, so 8 GB can be reached. */
export const PAGE_BITS = 18;
export const PAGE_MASK: number = (1 << PAGE_BITS) - 1;
/** In front of a block, in words: the position of the next one + 1, and its own capacity in bytes. */
export const HEADER_WORDS = 2;

const MAX_PAGES = 1 << (31 - PAGE_BITS);
const PAGE_BYTES = 4 << PAGE_BITS;
const FIRST_PAGE_BYTES = 512;
const SMALL_BYTES = 1024;

/** Pages of one kind of block are not those of the other, so that all values can go at once. */
export type BlockKind = 0 | 1;
export const KEYS: BlockKind = 0;
export const VALUES: BlockKind = 1;

const NO_WORDS = new Int32Array(0);
const NO_VIEW = viewOf(NO_WORDS);

/**
 * Memory in blocks. A block is known by the position of its header; `words` and `views` look at the same pages,
 * for who reads and writes headers and what is behind them.
 */
export class BlockPages {
  // Room for one page from the start: an array that grows from nothing takes room for seventeen.
  readonly words: Int32Array[] = [NO_WORDS];
  readonly views: DataView[] = [NO_VIEW];
  heldBytes = 0;
  /** Of pages of values. */
  valueBytes = 0;
  /** Numbers of pages are below it. */
  #pages = 0;
  /** Where the next block of keys goes: the page, and the word in it. */
  #keyPage = -1;
  #nextKey = 0;
  /** The same of values. */
  #valuePage = -1;
  #nextValue = 0;
  #valuePages: number[] | undefined;
  /** Numbers of pages that were let go of. */
  #freePages: number[] | undefined;
  /** Pages of the usual size that nobody uses any more. */
  #spare: Int32Array[] | undefined;
  /** Freed blocks by the logarithm of their capacity, linked through their headers. */
  #free: Int32Array | undefined;

  /** Whether blocks were freed one by one. */
  get recycles(): boolean {
    return this.#free !== undefined;
  }

  /** Whether all of it is not worth giving back. */
  get isSmall(): boolean {
    return this.heldBytes <= SMALL_BYTES;
  }

  /** A block of at least `capacity` bytes, its next block unset. */
  allocate(capacity: number, kind: BlockKind): number {
    let size = (capacity + 3) & ~3;
    if (this.#free !== undefined) {
      // Where blocks are freed, capacities are powers of two, so that blocks fit again.
      size = 1 << (32 - Math.clz32(Math.max(size, 16) - 1));
      const freed = this.#takeFree(31 - Math.clz32(size));
      if (freed >= 0) return freed;
    }
    const need = (size >>> 2) + HEADER_WORDS;
    let page = kind === KEYS ? this.#keyPage : this.#valuePage;
    let word = kind === KEYS ? this.#nextKey : this.#nextValue;
    if (page < 0 || word + need > this.words[page]!.length) {
      page = this.#addPage(need << 2, kind);
      word = 0;
    }
    if (kind === KEYS) this.#nextKey = word + need;
    else this.#nextValue = word + need;
    const words = this.words[page]!;
    words[word] = 0;
    words[word + 1] = size;
    return (page << PAGE_BITS) | word;
  }

  /** Lets go of all blocks, and keeps the memory for others. */
  clear(): void {
    for (const words of this.words)
      if (words.byteLength === PAGE_BYTES) (this.#spare ??= []).push(words);
    this.words.length = 0;
    this.views.length = 0;
    this.#pages = 0;
    this.heldBytes = 0;
    this.valueBytes = 0;
    this.#keyPage = -1;
    this.#valuePage = -1;
    this.#valuePages = undefined;
    this.#freePages = undefined;
    this.#free = undefined;
  }

  /** Lets go of all blocks if they lie in one small page, which is kept. */
  restart(): boolean {
    if (this.#pages !== 1 || this.#keyPage !== 0 || this.recycles || !this.isSmall) return false;
    this.#nextKey = 0;
    return true;
  }

  /** Lets go of all blocks of values. Nothing may have been freed one by one. */
  dropValues(): void {
    for (const page of this.#valuePages ?? []) {
      this.heldBytes -= this.words[page]!.byteLength;
      this.words[page] = NO_WORDS;
      this.views[page] = NO_VIEW;
      (this.#freePages ??= []).push(page);
    }
    this.#valuePages = undefined;
    this.valueBytes = 0;
    this.#valuePage = -1;
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

  #addPage(atLeast: number, kind: BlockKind): number {
    const last = this.words[kind === KEYS ? this.#keyPage : this.#valuePage];
    const page = this.#freePages?.pop() ?? this.#pages;
    if (page === MAX_PAGES) throw full();
    if (page === this.#pages) this.#pages++;
    const usual = last === undefined ? FIRST_PAGE_BYTES : Math.min(last.byteLength * 2, PAGE_BYTES);
    const size = Math.max(usual, atLeast);
    const spare = size === PAGE_BYTES ? this.#spare?.pop() : undefined;
    const words = spare ?? zeroWords(size >>> 2);
    this.words[page] = words;
    this.views[page] = viewOf(words);
    if (kind === KEYS) this.#keyPage = page;
    else {
      this.#valuePage = page;
      (this.#valuePages ??= []).push(page);
      this.valueBytes += words.byteLength;
    }
    this.heldBytes += words.byteLength;
    return page;
  }
}

function full(): StrahlError {
  return new StrahlError('storeFull', {
    title: 'one window of a grouping holds more than 8 GB in memory',
    fix: 'give the run less memory with --memory, so that values go to files; or use a smaller window',
  });
}
