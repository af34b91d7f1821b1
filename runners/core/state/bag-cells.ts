import type { ByteReader } from '#portability/wire/reader.js';
import type { ByteArena } from './byte-arena.js';
import type { CellJournal } from './cell-journal.js';
import { IntRows } from './columns.js';
import { Chunks } from './chunks.js';

/** A cell that holds more is kept in chunks, so that adding to it copies little. */
const MOST_IN_BLOCK = 32 * 1024;
const EMPTY = 0;
/** In chunks, which are found by a number: the second word. */
const IN_CHUNKS = -1;
/** The sign of the first word, its length, and the first of its bytes: the cell holds the bytes itself. */
const MOST_INLINE = 7;
const LENGTH_SHIFT = 24;

/**
 * Cells of bytes that are replaced or added to, by number; a cell without bytes is empty. A cell is two
 * words: the number of a block, or up to seven bytes themselves.
 *
 *   B1. What a journalled write replaces stays where it is until the journal is settled or taken back.
 */
export class BagCells {
  readonly #arena: ByteArena;
  readonly #words = new IntRows(2);
  readonly #large = new Map<number, Chunks>();
  #nextLarge = 0;
  readonly #scratch = Buffer.alloc(MOST_INLINE + 1);

  constructor(arena: ByteArena) {
    this.#arena = arena;
  }

  get heldBytes(): number {
    let bytes = this.#words.heldBytes;
    for (const { capacity } of this.#large.values()) bytes += capacity;
    return bytes;
  }

  /** Makes room for the cells up to `cell`. */
  reach(cell: number): void {
    this.#words.reach(cell);
  }

  isEmpty(cell: number): boolean {
    return this.#first(cell) === EMPTY;
  }

  clear(cell: number): void {
    const words = this.#words.chunk(cell);
    const at = this.#words.at(cell);
    this.#release(words[at]!, words[at + 1]!);
    words[at] = EMPTY;
  }

  #first(cell: number): number {
    return this.#words.chunk(cell)[this.#words.at(cell)]!;
  }

  #second(cell: number): number {
    return this.#words.chunk(cell)[this.#words.at(cell) + 1]!;
  }

  /** Replaces what the cell holds; with a journal so that it can be taken back. */
  replace(
    cell: number,
    source: Uint8Array,
    start: number,
    end: number,
    journal?: CellJournal,
  ): void {
    const words = this.#words.chunk(cell);
    const at = this.#words.at(cell);
    if (journal !== undefined) journal.note(cell, words[at]!, words[at + 1]!);
    else this.#release(words[at]!, words[at + 1]!);
    this.#put(words, at, source, start, end);
  }

  append(cell: number, source: Uint8Array, start: number, end: number): void {
    if (start === end) return;
    const words = this.#words.chunk(cell);
    const at = this.#words.at(cell);
    const word = words[at]!;
    if (word === IN_CHUNKS) {
      this.#large.get(words[at + 1]!)!.add(source, start, end);
      return;
    }
    if (word > 0 && this.#arena.length(word) + end - start <= MOST_IN_BLOCK) {
      words[at] = this.#arena.extend(word, source, start, end);
      return;
    }
    const added = source.subarray(start, end);
    const all = word === EMPTY ? added : Buffer.concat([...this.parts(cell), added]);
    this.#release(word, words[at + 1]!);
    this.#put(words, at, all, 0, all.length);
  }

  /** What the cell holds, in parts that end where an addition did; good until the cells change. */
  parts(cell: number): readonly Uint8Array[] {
    const word = this.#first(cell);
    if (word === EMPTY) return [];
    if (word === IN_CHUNKS) return this.#large.get(this.#second(cell))!.parts();
    if (word < 0) return [Uint8Array.from(this.#inline(word, this.#second(cell)))];
    const start = this.#arena.start(word);
    return [this.#arena.bytes(word).subarray(start, start + this.#arena.length(word))];
  }

  /** Points `input` at all of the cell until the next call; false if it is empty. */
  read(cell: number, input: ByteReader): boolean {
    const words = this.#words.chunk(cell);
    const at = this.#words.at(cell);
    const word = words[at]!;
    if (word === EMPTY) return false;
    if (word > 0) {
      const start = this.#arena.start(word);
      input.reset(this.#arena.bytes(word), start, start + this.#arena.length(word));
      return true;
    }
    if (word === IN_CHUNKS) {
      const all = Buffer.concat(this.parts(cell));
      input.reset(all, 0, all.length);
      return true;
    }
    this.#unpack(word, words[at + 1]!);
    input.reset(this.#scratch, 0, lengthOf(word));
    return true;
  }

  /** B1: what the journal has kept may go. */
  settle(journal: CellJournal): void {
    for (let i = 0; i < journal.size; i++) {
      const word = journal.firstWord(i);
      if (word > 0 || word === IN_CHUNKS) this.#release(word, journal.secondWord(i));
    }
  }

  /** B1: the cells hold again what they held. */
  takeBack(journal: CellJournal): void {
    for (let i = journal.size - 1; i >= 0; i--) {
      const cell = journal.cellOf(i);
      const words = this.#words.chunk(cell);
      const at = this.#words.at(cell);
      this.#release(words[at]!, words[at + 1]!);
      words[at] = journal.firstWord(i);
      words[at + 1] = journal.secondWord(i);
    }
  }

  #put(words: Int32Array, at: number, source: Uint8Array, start: number, end: number): void {
    const size = end - start;
    if (size <= MOST_INLINE) {
      putInline(words, at, source, start, size);
      return;
    }
    if (size <= MOST_IN_BLOCK) {
      words[at] = this.#arena.store(source, start, end);
      return;
    }
    const chunks = new Chunks();
    chunks.add(source, start, end);
    this.#large.set(this.#nextLarge, chunks);
    words[at] = IN_CHUNKS;
    words[at + 1] = this.#nextLarge++;
  }

  #unpack(first: number, second: number): void {
    const scratch = this.#scratch;
    scratch[0] = first;
    scratch[1] = first >>> 8;
    scratch[2] = first >>> 16;
    if (lengthOf(first) <= 3) return;
    scratch[3] = second;
    scratch[4] = second >>> 8;
    scratch[5] = second >>> 16;
    scratch[6] = second >>> 24;
  }

  #inline(first: number, second: number): Uint8Array {
    this.#unpack(first, second);
    return this.#scratch.subarray(0, lengthOf(first));
  }

  #release(first: number, second: number): void {
    if (first > 0) this.#arena.free(first);
    else if (first === IN_CHUNKS) this.#large.delete(second);
  }
}

function lengthOf(first: number): number {
  return (first >>> LENGTH_SHIFT) & MOST_INLINE;
}

function putInline(
  words: Int32Array,
  at: number,
  source: Uint8Array,
  start: number,
  size: number,
): void {
  let first = size === 0 ? EMPTY : (1 << 31) | (size << LENGTH_SHIFT);
  let second = 0;
  for (let i = 0; i < size; i++) {
    if (i < 3) first |= source[start + i]! << (8 * i);
    else second |= source[start + i]! << (8 * (i - 3));
  }
  words[at] = first;
  if (size > 3) words[at + 1] = second;
}
