import type { ScratchFile } from '../spill/scratch.js';
import { RecordReader } from './group-record.js';

/** Walks over the records in some blocks of a file; its fields are those of the current one. */
export class PartReader extends RecordReader {
  readonly #file: ScratchFile;
  readonly #positions: readonly number[];
  #block = 0;
  /** The largest block so far: what is read next takes its place. */
  #room: Uint8Array = new Uint8Array(0);

  constructor(file: ScratchFile, positions: readonly number[]) {
    super();
    this.#file = file;
    this.#positions = positions;
  }

  /** Goes to the next record; false behind the last one. */
  next(): boolean {
    if (this.end === this.view.byteLength && !this.#nextBlock()) return false;
    this.readAt(this.end);
    return true;
  }

  #nextBlock(): boolean {
    if (this.#block === this.#positions.length) return false;
    const bytes = this.#file.read(this.#positions[this.#block++]!, this.#room);
    if (bytes.length > this.#room.length) this.#room = bytes;
    this.reset(bytes);
    return true;
  }
}
