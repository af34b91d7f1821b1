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

  /** As `get`, of any entry: 0 for one that nobody has made room for. */
  peek(i: number): number {
    const chunk = this.#chunks[i >>> BITS];
    return chunk === undefined ? 0 : chunk[i & MASK]!;
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

/** Records per chunk of rows. */
const ROW_BITS = 10;
const ROWS = 1 << ROW_BITS;
const ROW_MASK = ROWS - 1;

/**
 * Records of some 32-bit integers each, growing by chunks. A record lies in one chunk: whoever reads several
 * of its numbers looks for it once.
 */
export class IntRows {
  readonly #chunks: Int32Array[] = [];
  readonly #width: number;

  /** `width` numbers per record. */
  constructor(width: number) {
    this.#width = width;
  }

  /** The chunk in which the numbers of a record begin at `at(row)`. */
  chunk(row: number): Int32Array {
    return this.#chunks[row >>> ROW_BITS]!;
  }

  at(row: number): number {
    return (row & ROW_MASK) * this.#width;
  }

  /** Makes room for the records up to `row`. */
  reach(row: number): void {
    while (this.#chunks.length <= row >>> ROW_BITS)
      this.#chunks.push(new Int32Array(tableMemory(ROWS * this.#width * 4)));
  }

  get heldBytes(): number {
    return this.#chunks.length * ROWS * this.#width * 4;
  }
}
