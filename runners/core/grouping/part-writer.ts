import { copyRun } from '#portability/wire/copy-run.js';
import { viewOf } from '#portability/wire/native-buffer.js';
import type { ScratchFile } from '../spill/scratch.js';
import { headerSize, writeHeader } from './group-record.js';

/** Writes records to a file, in blocks: those that come one after the other here, whoever else writes to it. */
export class PartWriter {
  /** Of the blocks, in order. */
  readonly positions: number[] = [];
  /** What was written so far. */
  records = 0;
  bytes = 0;
  readonly #file: ScratchFile;
  readonly #blockBytes: number;
  #block: Uint8Array;
  #view: DataView;
  #pos = 0;

  constructor(file: ScratchFile, blockBytes: number) {
    this.#file = file;
    this.#blockBytes = blockBytes;
    this.#block = new Uint8Array(blockBytes);
    this.#view = viewOf(this.#block);
  }

  /** Bytes in memory. */
  get heldBytes(): number {
    return this.#block.length;
  }

  /** Adds the key `source[start, keyEnd)` with the values `source[keyEnd, end)`. */
  put(
    source: DataView,
    start: number,
    keyEnd: number,
    end: number,
    hash: number,
    count: number,
    time: number,
  ): void {
    const size = headerSize(count, time) + end - start;
    if (this.#pos + size > this.#block.length) this.#makeRoom(size);
    const at = this.#pos;
    const pos = writeHeader(this.#view, at, hash, keyEnd - start, end - keyEnd, count, time);
    copyRun(source, start, end, this.#view, pos);
    this.#pos = at + size;
    this.records++;
    this.bytes += size;
  }

  /** Has everything written to the file. */
  flush(): void {
    if (this.#pos === 0) return;
    this.positions.push(this.#file.append(this.#block.subarray(0, this.#pos)));
    this.#pos = 0;
  }

  /** A record that is longer than a block is one of its own. */
  #makeRoom(size: number): void {
    this.flush();
    const capacity = Math.max(this.#blockBytes, size);
    if (this.#block.length === capacity) return;
    this.#block = new Uint8Array(capacity);
    this.#view = viewOf(this.#block);
  }
}
