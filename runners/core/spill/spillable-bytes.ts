import type { Scratch, ScratchFile } from './scratch.js';
import type { Spillable } from './spillable.js';

const BLOCK_BYTES = 1024 * 1024;

/** A run of bytes that never change, in memory or not. */
export class SpillableBytes implements Spillable {
  readonly size: number;
  #bytes: Uint8Array | undefined;
  #file: ScratchFile | undefined;
  readonly #positions: number[] = [];

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.size = bytes.length;
  }

  get heldBytes(): number {
    return this.#bytes?.length ?? 0;
  }

  get spillableBytes(): number {
    return this.heldBytes;
  }

  spill(scratch: Scratch): void {
    const bytes = this.#bytes;
    if (bytes === undefined) return;
    this.#file = scratch.open();
    for (let at = 0; at < bytes.length; at += BLOCK_BYTES) {
      this.#positions.push(this.#file.append(bytes.subarray(at, at + BLOCK_BYTES)));
    }
    this.#bytes = undefined;
  }

  /** All of them. Where they were spilled they are read anew each time. */
  read(): Uint8Array {
    if (this.#bytes !== undefined) return this.#bytes;
    const bytes = new Uint8Array(this.size);
    this.#positions.forEach((position, i) => {
      bytes.set(this.#file!.read(position), i * BLOCK_BYTES);
    });
    return bytes;
  }

  /** They are not asked for again. */
  release(): void {
    this.#file?.unlink();
    this.#file = undefined;
  }
}
