import { ByteWriter } from '#portability/wire/writer.js';
import type { BagCells } from './bag-cells.js';

const FIRST_PLACES = 64;

/**
 * What a bundle has written to bags: an overlay of small numbers and one buffer, because it may touch as
 * many cells as it has elements.
 */
export class WrittenBags {
  readonly #out = new ByteWriter(1024);
  /** Per entry: cell, whether what was committed is gone, first and last part + 1. */
  readonly #cells: number[] = [];
  readonly #cleared: boolean[] = [];
  readonly #first: number[] = [];
  readonly #last: number[] = [];
  /** Per part: where it lies in `#out`, and the part after it + 1. */
  readonly #starts: number[] = [];
  readonly #ends: number[] = [];
  readonly #next: number[] = [];
  /** Open addressing: entry + 1 by cell. */
  #places = new Int32Array(FIRST_PLACES);
  #mask = FIRST_PLACES - 1;

  get size(): number {
    return this.#cells.length;
  }

  cellOf(entry: number): number {
    return this.#cells[entry]!;
  }

  /** The entry of a cell, or −1 if the bundle has not written to it. */
  find(cell: number): number {
    for (let i = scatter(cell) & this.#mask; ; i = (i + 1) & this.#mask) {
      const entry = this.#places[i]! - 1;
      if (entry < 0 || this.#cells[entry] === cell) return entry;
    }
  }

  /** Whether the bundle still sees what was committed. */
  keepsCommitted(entry: number): boolean {
    return entry < 0 || !this.#cleared[entry];
  }

  clear(cell: number): number {
    const entry = this.#entry(cell);
    this.#cleared[entry] = true;
    this.#first[entry] = 0;
    this.#last[entry] = 0;
    return entry;
  }

  append(cell: number, source: Uint8Array, start: number, end: number): void {
    if (start === end) return;
    this.#add(this.#entry(cell), source, start, end);
  }

  replace(cell: number, source: Uint8Array, start: number, end: number): void {
    const entry = this.clear(cell);
    if (start !== end) this.#add(entry, source, start, end);
  }

  /** Whether the cell holds nothing after the bundle. */
  isCleared(entry: number): boolean {
    return this.#cleared[entry] === true && this.#first[entry] === 0;
  }

  /** Where the only part of an entry starts and ends in `bytes`; −1 if there is not just one. */
  onlyPart(entry: number): number {
    const first = this.#first[entry]!;
    return first !== 0 && first === this.#last[entry] ? first - 1 : -1;
  }

  startOf(part: number): number {
    return this.#starts[part]!;
  }

  endOf(part: number): number {
    return this.#ends[part]!;
  }

  get bytes(): Uint8Array {
    return this.#out.bytes;
  }

  /** What the bundle added; views that are good until it writes again. */
  parts(entry: number): readonly Uint8Array[] {
    const parts: Uint8Array[] = [];
    for (let part = this.#first[entry]! - 1; part >= 0; part = this.#next[part]! - 1) {
      parts.push(this.#out.bytes.subarray(this.#starts[part], this.#ends[part]));
    }
    return parts;
  }

  applyTo(bags: BagCells): void {
    const { bytes } = this.#out;
    for (let entry = 0; entry < this.#cells.length; entry++) {
      const cell = this.#cells[entry]!;
      let part = this.#first[entry]! - 1;
      if (this.#cleared[entry] === true) {
        if (part < 0) {
          bags.clear(cell);
          continue;
        }
        bags.replace(cell, bytes, this.#starts[part]!, this.#ends[part]!);
        part = this.#next[part]! - 1;
      }
      for (; part >= 0; part = this.#next[part]! - 1) {
        bags.append(cell, bytes, this.#starts[part]!, this.#ends[part]!);
      }
    }
  }

  #add(entry: number, source: Uint8Array, start: number, end: number): void {
    const out = this.#out;
    const at = out.pos;
    out.shortRaw(source, start, end);
    const part = this.#starts.length;
    this.#starts.push(at);
    this.#ends.push(out.pos);
    this.#next.push(0);
    const last = this.#last[entry]!;
    if (last === 0) this.#first[entry] = part + 1;
    else this.#next[last - 1] = part + 1;
    this.#last[entry] = part + 1;
  }

  #entry(cell: number): number {
    const known = this.find(cell);
    if (known >= 0) return known;
    const entry = this.#cells.length;
    this.#cells.push(cell);
    this.#cleared.push(false);
    this.#first.push(0);
    this.#last.push(0);
    if (this.#cells.length * 2 > this.#mask) this.#grow();
    else this.#enter(cell, entry);
    return entry;
  }

  #grow(): void {
    this.#places = new Int32Array(this.#places.length * 2);
    this.#mask = this.#places.length - 1;
    for (let entry = 0; entry < this.#cells.length; entry++) {
      this.#enter(this.#cells[entry]!, entry);
    }
  }

  #enter(cell: number, entry: number): void {
    let i = scatter(cell) & this.#mask;
    while (this.#places[i] !== 0) i = (i + 1) & this.#mask;
    this.#places[i] = entry + 1;
  }
}

function scatter(cell: number): number {
  const h = Math.imul(cell, 0x9e3779b1);
  return h ^ (h >>> 15);
}
