/** Bytes that wait for functions before no more is read. */
const HIGH_BYTES = 16 * 1024 * 1024;
/** Bytes from which on more is read again. */
const LOW_BYTES = 4 * 1024 * 1024;

/**
 * The elements that have come for running bundles and were not looked at yet. Beyond a bound their streams are not read
 * any more, so that the runner has to wait.
 *
 *   B1. Elements of bundles that do not run yet do not count: what starts them may come on the same stream.
 *   B2. Nothing is held back while a bundle waits for elements: they may be behind those of another one.
 */
export class Backlog {
  readonly #pause: () => void;
  readonly #resume: () => void;
  #bytes = 0;
  #starving = 0;
  #isPaused = false;

  constructor(pause: () => void, resume: () => void) {
    this.#pause = pause;
    this.#resume = resume;
  }

  /** Bytes of elements came, or, below zero, were taken. */
  grow(bytes: number): void {
    this.#bytes += bytes;
    this.#decide();
  }

  /** A bundle begins (1) or ends (−1) to wait for elements. */
  starve(by: 1 | -1): void {
    this.#starving += by;
    this.#decide();
  }

  #decide(): void {
    if (this.#isPaused) {
      if (this.#bytes > LOW_BYTES && this.#starving === 0) return;
      this.#isPaused = false;
      this.#resume();
    } else if (this.#bytes > HIGH_BYTES && this.#starving === 0) {
      this.#isPaused = true;
      this.#pause();
    }
  }
}
