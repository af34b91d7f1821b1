import type { ByteReader } from '#portability/wire/reader.js';
import type { ByteArena } from './byte-arena.js';
import { IntColumn } from './columns.js';

/** A cell that holds more is kept in chunks of about this many bytes, so that adding to it copies little. */
const CHUNK_BYTES = 32 * 1024;
const LARGE = -1;

/** Cells of bytes that are replaced or added to, by number; a cell without bytes is empty. */
export class BagCells {
  readonly #arena: ByteArena;
  /** By cell: its block, 0 if empty, `LARGE` if in chunks. */
  readonly #blocks = new IntColumn();
  readonly #large = new Map<number, Chunks>();

  constructor(arena: ByteArena) {
    this.#arena = arena;
  }

  get heldBytes(): number {
    let bytes = this.#blocks.heldBytes;
    for (const { capacity } of this.#large.values()) bytes += capacity;
    return bytes;
  }

  /** Makes room for the cells up to `cell`. */
  reach(cell: number): void {
    this.#blocks.reach(cell);
  }

  isEmpty(cell: number): boolean {
    return this.#blocks.get(cell) === 0;
  }

  clear(cell: number): void {
    const block = this.#blocks.get(cell);
    if (block === 0) return;
    if (block === LARGE) this.#large.delete(cell);
    else this.#arena.free(block);
    this.#blocks.set(cell, 0);
  }

  replace(cell: number, source: Uint8Array, start: number, end: number): void {
    const block = this.#blocks.get(cell);
    if (end - start > CHUNK_BYTES || block === LARGE || end === start) {
      this.clear(cell);
      this.append(cell, source, start, end);
      return;
    }
    this.#blocks.set(
      cell,
      block === 0
        ? this.#arena.store(source, start, end)
        : this.#arena.replace(block, source, start, end),
    );
  }

  append(cell: number, source: Uint8Array, start: number, end: number): void {
    if (start === end) return;
    const block = this.#blocks.get(cell);
    if (block === LARGE) {
      this.#large.get(cell)!.add(source, start, end);
      return;
    }
    const before = block === 0 ? 0 : this.#arena.length(block);
    if (before + end - start > CHUNK_BYTES) this.#enlarge(cell, block, source, start, end);
    else if (block === 0) this.#blocks.set(cell, this.#arena.store(source, start, end));
    else this.#blocks.set(cell, this.#arena.extend(block, source, start, end));
  }

  /** What the cell holds, in parts that end where an addition did; views that are good until it changes. */
  parts(cell: number): readonly Uint8Array[] {
    const block = this.#blocks.get(cell);
    if (block === 0) return [];
    if (block === LARGE) return this.#large.get(cell)!.parts();
    const start = this.#arena.start(block);
    return [this.#arena.bytes(block).subarray(start, start + this.#arena.length(block))];
  }

  /** Points `input` at all of the cell; false if it is empty. */
  read(cell: number, input: ByteReader): boolean {
    const block = this.#blocks.get(cell);
    if (block === 0) return false;
    if (block === LARGE) {
      const all = Buffer.concat(this.#large.get(cell)!.parts());
      input.reset(all, 0, all.length);
      return true;
    }
    const start = this.#arena.start(block);
    input.reset(this.#arena.bytes(block), start, start + this.#arena.length(block));
    return true;
  }

  #enlarge(cell: number, block: number, source: Uint8Array, start: number, end: number): void {
    const chunks = new Chunks();
    for (const part of this.parts(cell)) chunks.add(part, 0, part.length);
    if (block !== 0) this.#arena.free(block);
    chunks.add(source, start, end);
    this.#large.set(cell, chunks);
    this.#blocks.set(cell, LARGE);
  }
}

/** Bytes in chunks; what is added at once stays together. */
class Chunks {
  capacity = 0;
  readonly #full: Uint8Array[] = [];
  #last = new Uint8Array(0);
  #used = 0;

  add(source: Uint8Array, start: number, end: number): void {
    const size = end - start;
    if (this.#used + size > this.#last.length) {
      if (this.#used > 0) this.#full.push(this.#last.subarray(0, this.#used));
      this.#last = new Uint8Array(Math.max(size, CHUNK_BYTES));
      this.#used = 0;
      this.capacity += this.#last.length;
    }
    this.#last.set(source.subarray(start, end), this.#used);
    this.#used += size;
  }

  parts(): readonly Uint8Array[] {
    return [...this.#full, this.#last.subarray(0, this.#used)];
  }
}
