import { copyBytes } from '#portability/wire/copy-run.js';

/** Bytes of a chunk, at least. */
const CHUNK_BYTES = 32 * 1024;

/** Bytes in chunks; what is added at once stays together. */
export class Chunks {
  capacity = 0;
  readonly #full: Uint8Array[] = [];
  #last = new Uint8Array(0);
  #used = 0;

  add(source: Uint8Array, start: number, end: number): void {
    const size = end - start;
    if (this.#used + size > this.#last.length) {
      if (this.#used > 0) this.#full.push(this.#last.subarray(0, this.#used));
      this.#last = new Uint8Array(Math.max(size, CHUNK_BYTES));
      this.#used = 0;
      this.capacity += this.#last.length;
    }
    copyBytes(source, start, end, this.#last, this.#used);
    this.#used += size;
  }

  parts(): readonly Uint8Array[] {
    return [...this.#full, this.#last.subarray(0, this.#used)];
  }
}
