import { tableMemory } from './table-memory.js';

/** Entries per chunk: small enough that a stage of few keys holds little, large enough to be found fast. */
const BITS = 12;
const SIZE = 1 << BITS;
const MASK = SIZE - 1;

/**
 * A column of 32-bit integers that grows by chunks, so growing copies nothing and never pauses. Entries
 * that were never set are 0.
 */
export class IntColumn {
  readonly #chunks: Int32Array[] = [];

  get(i: number): number {
    return this.#chunks[i >>> BITS]![i & MASK]!;
  }

  set(i: number, value: number): void {
    this.#chunks[i >>> BITS]![i & MASK] = value;
  }

  /** Makes room for the entries up to `i`. */
  reach(i: number): void {
    while (this.#chunks.length <= i >>> BITS)
      this.#chunks.push(new Int32Array(tableMemory(SIZE * 4)));
  }

  get heldBytes(): number {
    return this.#chunks.length * SIZE * 4;
  }
}

/** A column of doubles; times fit, sentinels included. */
export class TimeColumn {
  readonly #chunks: Float64Array[] = [];

  get(i: number): number {
    return this.#chunks[i >>> BITS]![i & MASK]!;
  }

  set(i: number, value: number): void {
    this.#chunks[i >>> BITS]![i & MASK] = value;
  }

  reach(i: number): void {
    while (this.#chunks.length <= i >>> BITS)
      this.#chunks.push(new Float64Array(tableMemory(SIZE * 8)));
  }

  get heldBytes(): number {
    return this.#chunks.length * SIZE * 8;
  }
}

/** One integer of records that lie in a column, one after the other: parts of a record are near each other. */
export class IntField {
  readonly #column: IntColumn;
  readonly #width: number;
  readonly #offset: number;

  /** `width` numbers per record, of which this is the one at `offset`. */
  constructor(column: IntColumn, width: number, offset: number) {
    this.#column = column;
    this.#width = width;
    this.#offset = offset;
  }

  get(record: number): number {
    return this.#column.get(record * this.#width + this.#offset);
  }

  set(record: number, value: number): void {
    this.#column.set(record * this.#width + this.#offset, value);
  }
}

/** One time of records that lie in a column. */
export class TimeField {
  readonly #column: TimeColumn;
  readonly #width: number;
  readonly #offset: number;

  constructor(column: TimeColumn, width: number, offset: number) {
    this.#column = column;
    this.#width = width;
    this.#offset = offset;
  }

  get(record: number): number {
    return this.#column.get(record * this.#width + this.#offset);
  }

  set(record: number, value: number): void {
    this.#column.set(record * this.#width + this.#offset, value);
  }
}
