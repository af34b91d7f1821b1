import { hashBytes } from '#portability/wire/frames.js';
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
    let slot = this.#find(cell, key);
    if (slot < 0) {
      slot = this.#entries.insert(cell, key, 0, key.length, hashBytes(key, 0, key.length));
      this.#values.reach(slot);
    }
    this.#values.append(slot, values, 0, values.length);
  }

  has(cell: number, key: Uint8Array): boolean {
    return this.#find(cell, key) >= 0;
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

  #find(cell: number, key: Uint8Array): number {
    return this.#entries.find(cell, key, 0, key.length, hashBytes(key, 0, key.length));
  }

  #remove(slot: number): void {
    this.#values.clear(slot);
    this.#entries.remove(slot);
  }
}
