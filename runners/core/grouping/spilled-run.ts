import { viewOf } from '#portability/wire/native-buffer.js';
import type { ScratchFile } from '../spill/scratch.js';

/** In front of a piece: number of its group, and its size. */
const HEADER_BYTES = 8;
const EMPTY = new DataView(new ArrayBuffer(0));

/** Pieces of groups, by the numbers of the groups, in blocks. Remembers the last place it was read at. */
export class SpilledRun {
  /** The block that was read last, and where in it the values are that `seek` found. */
  bytes: Uint8Array = new Uint8Array(0);
  start = 0;
  end = 0;
  readonly #file: ScratchFile;
  /** Per block: number of its first group, and its position in the file. */
  readonly #first: number[] = [];
  readonly #positions: number[] = [];
  /** Between this group and the one that was found last the run has no other. */
  #passed = -1;
  #view: DataView = EMPTY;
  #block = -1;

  constructor(file: ScratchFile) {
    this.#file = file;
  }

  add(first: number, position: number): void {
    this.#first.push(first);
    this.#positions.push(position);
  }

  /** Finds the piece of a group; false if the run has none. */
  seek(id: number): boolean {
    if (this.#first.length === 0) return false;
    if (this.#block < 0 || id <= this.#passed || this.#current() < id) this.#approach(id);
    while (this.#current() < id) if (!this.#advance()) return false;
    return this.#current() === id;
  }

  /** Goes to the block in which the group is, or in front of it. */
  #approach(id: number): void {
    const block = this.#blockBefore(id);
    if (block === this.#block && id > this.#passed) return;
    this.#load(block);
    this.#passed = block === 0 ? -1 : this.#current() - 1;
  }

  /** The last block that starts before the group: its piece may start there, behind those of others. */
  #blockBefore(id: number): number {
    const first = this.#first;
    const known = this.#block;
    const starts = known >= 0 && first[known]! < id;
    if (starts && (known + 1 === first.length || first[known + 1]! >= id)) return known;
    let low = 0;
    let high = first.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (first[middle]! < id) low = middle + 1;
      else high = middle;
    }
    return Math.max(0, low - 1);
  }

  #advance(): boolean {
    const from = this.#current();
    if (this.end < this.bytes.length) this.#step();
    else if (this.#block + 1 < this.#first.length) this.#load(this.#block + 1);
    else return false;
    this.#passed = from;
    return true;
  }

  /** Group of the piece that was found last. */
  #current(): number {
    return this.#view.getInt32(this.start - HEADER_BYTES);
  }

  #load(block: number): void {
    const bytes = this.#file.read(this.#positions[block]!);
    this.bytes = bytes;
    this.#view = viewOf(bytes);
    this.#block = block;
    this.end = 0;
    this.#step();
  }

  #step(): void {
    this.start = this.end + HEADER_BYTES;
    this.end = this.start + this.#view.getInt32(this.end + 4);
  }
}
