import { tableMemory } from './table-memory.js';

const FIRST_ENTRIES = 256;
const WIDTH = 3;

/**
 * What cells held before a bundle wrote to them: the cell and its two words per write. Writing in place and
 * taking back is rare; a copy of each cell that a bundle touches would be the rule. One serves bundle after
 * bundle: to grow a new one each time would call the garbage collector.
 */
export class CellJournal {
  size = 0;
  #entries: Int32Array = new Int32Array(FIRST_ENTRIES * WIDTH);

  note(cell: number, first: number, second: number): void {
    const at = this.size * WIDTH;
    if (at === this.#entries.length) this.#grow();
    const entries = this.#entries;
    entries[at] = cell;
    entries[at + 1] = first;
    entries[at + 2] = second;
    this.size++;
  }

  clear(): void {
    this.size = 0;
  }

  cellOf(entry: number): number {
    return this.#entries[entry * WIDTH]!;
  }

  firstWord(entry: number): number {
    return this.#entries[entry * WIDTH + 1]!;
  }

  secondWord(entry: number): number {
    return this.#entries[entry * WIDTH + 2]!;
  }

  #grow(): void {
    const grown = new Int32Array(tableMemory(this.#entries.byteLength * 2));
    grown.set(this.#entries);
    this.#entries = grown;
  }
}
