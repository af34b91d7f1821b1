import { hashBytes } from '#portability/wire/frames.js';
import type { ByteReader } from '#portability/wire/reader.js';
import { BagCells } from './bag-cells.js';
import type { ByteArena } from './byte-arena.js';
import { SlotTable } from './slot-table.js';

/** Cells that hold values by byte keys: maps, multimaps, sets. */
export class MapCells {
  readonly #entries: SlotTable;
  /** By slot of `#entries`. */
  readonly #values: BagCells;

  constructor(arena: ByteArena) {
    this.#entries = new SlotTable(arena);
    this.#values = new BagCells(arena);
  }

  get heldBytes(): number {
    return this.#entries.heldBytes + this.#values.heldBytes;
  }

  isEmpty(cell: number): boolean {
    return this.#entries.first(cell) < 0;
  }

  clear(cell: number): void {
    for (let slot = this.#entries.first(cell); slot >= 0; slot = this.#entries.first(cell)) {
      this.#remove(slot);
    }
  }

  clearKey(cell: number, key: Uint8Array): void {
    const slot = this.#find(cell, key);
    if (slot >= 0) this.#remove(slot);
  }

  append(cell: number, key: Uint8Array, values: Uint8Array): void {
    this.#values.append(this.#at(cell, key), values, 0, values.length);
  }

  /** Puts `values` in the place of what is under `key`. */
  replace(cell: number, key: Uint8Array, values: Uint8Array): void {
    this.#values.replace(this.#at(cell, key), values, 0, values.length);
  }

  has(cell: number, key: Uint8Array): boolean {
    return this.#find(cell, key) >= 0;
  }

  /** Points `input` at the values under `key[0, length)`; false if the key is not there. */
  read(cell: number, key: Uint8Array, length: number, input: ByteReader): boolean {
    const slot = this.#find(cell, key, length);
    if (slot < 0) return false;
    if (!this.#values.read(slot, input)) input.reset(key, 0, 0);
    return true;
  }

  /** The values under `key`; views that are good until the cell changes. */
  parts(cell: number, key: Uint8Array): readonly Uint8Array[] {
    const slot = this.#find(cell, key);
    return slot < 0 ? [] : this.#values.parts(slot);
  }

  /** The keys, in the order in which they came. */
  *keys(cell: number): IterableIterator<Uint8Array> {
    for (let slot = this.#entries.first(cell); slot >= 0; slot = this.#entries.next(slot)) {
      yield this.#entries.keyOf(slot);
    }
  }

  #find(cell: number, key: Uint8Array, length: number = key.length): number {
    return this.#entries.find(cell, key, 0, length, hashBytes(key, 0, length));
  }

  #at(cell: number, key: Uint8Array): number {
    const hash = hashBytes(key, 0, key.length);
    const known = this.#entries.find(cell, key, 0, key.length, hash);
    if (known >= 0) return known;
    const slot = this.#entries.insert(cell, key, 0, key.length, hash);
    this.#values.reach(slot);
    return slot;
  }

  #remove(slot: number): void {
    this.#values.clear(slot);
    this.#entries.remove(slot);
  }
}
