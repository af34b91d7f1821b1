import { noSpace } from './no-space.js';
import type { Scratch, ScratchFile } from './scratch.js';

/** Keeps blocks in memory: for runs whose memory is limited for other reasons than its size. */
export class MemoryScratch implements Scratch {
  /** Bytes of all files that are not unlinked. */
  bytes = 0;
  readonly #capacity: number;

  /** `capacity` is that of a disk, in bytes. Default: no limit. */
  constructor(capacity: number = Infinity) {
    this.#capacity = capacity;
  }

  open(): ScratchFile {
    return new MemoryFile(this);
  }

  /** @throws STRAHL-7004 */
  reserve(bytes: number): void {
    if (this.bytes + bytes > this.#capacity) throw noSpace();
    this.bytes += bytes;
  }
}

class MemoryFile implements ScratchFile {
  bytes = 0;
  readonly #scratch: MemoryScratch;
  #blocks: Uint8Array[] = [];

  constructor(scratch: MemoryScratch) {
    this.#scratch = scratch;
  }

  append(block: Uint8Array): number {
    this.#scratch.reserve(block.length);
    this.bytes += block.length;
    return this.#blocks.push(new Uint8Array(block)) - 1;
  }

  read(position: number): Uint8Array {
    const block = this.#blocks[position];
    if (block === undefined) throw new RangeError(`no block was written at ${String(position)}`);
    return new Uint8Array(block);
  }

  unlink(): void {
    this.#scratch.bytes -= this.bytes;
    this.bytes = 0;
    this.#blocks = [];
  }
}
