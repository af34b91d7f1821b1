/**
 * Hands events over one by one. Who takes them asks for the next when he is done with the last; who gives
 * them waits for that.
 */
export class Turns<E> {
  #asked: Promise<void>;
  #ask: () => void = () => undefined;
  #answer: ((event: E | undefined) => void) | undefined;
  #ended = false;

  constructor() {
    this.#asked = this.#nextAsk();
  }

  /** Resolves when all that was given is over. */
  get asked(): Promise<void> {
    return this.#asked;
  }

  /** The next event; `undefined` for the end. */
  next(): Promise<E | undefined> {
    if (this.#ended) return Promise.resolve(undefined);
    return new Promise((resolve) => {
      this.#answer = resolve;
      this.#ask();
    });
  }

  /** Call it only when asked. */
  give(event: E): void {
    this.#asked = this.#nextAsk();
    this.#take()?.(event);
  }

  end(): void {
    this.#ended = true;
    this.#take()?.(undefined);
  }

  #take(): ((event: E | undefined) => void) | undefined {
    const answer = this.#answer;
    this.#answer = undefined;
    return answer;
  }

  #nextAsk(): Promise<void> {
    return new Promise((resolve) => {
      this.#ask = resolve;
    });
  }
}
