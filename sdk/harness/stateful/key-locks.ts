import type { Window } from '#portability/model/windows.js';
import { latin1Of } from '#portability/wire/native-buffer.js';
import type { HeldElement } from './held-element.js';

/** Which keys, each in a window, have a call under way, and who waits for it, first come, first served. */
export class KeyLocks {
  readonly #textOf: (window: Window) => string;
  readonly #waiting = new Map<string, (() => void)[]>();
  #lastWindow: Window | undefined;
  #lastWindowText = '';

  /** `textOf` tells windows apart. */
  constructor(textOf: (window: Window) => string) {
    this.#textOf = textOf;
  }

  /** Keys that are taken. */
  get size(): number {
    return this.#waiting.size;
  }

  /** Whether another call has the key of `held`. */
  isTaken(held: HeldElement): boolean {
    return this.#waiting.size > 0 && this.#waiting.has(this.#idOf(held));
  }

  /** Takes the key of `held`; resolves when it is one's own, or answers nothing if it is at once. */
  take(held: HeldElement): Promise<void> | undefined {
    const id = this.#idOf(held);
    const waiting = this.#waiting.get(id);
    if (waiting === undefined) {
      this.#waiting.set(id, []);
      return undefined;
    }
    return new Promise((resolve) => waiting.push(resolve));
  }

  /** Gives a key to whoever waits first; nobody comes in between. */
  give(held: HeldElement): void {
    const id = this.#idOf(held);
    const next = this.#waiting.get(id)?.shift();
    if (next === undefined) this.#waiting.delete(id);
    else next();
  }

  clear(): void {
    this.#waiting.clear();
  }

  #idOf(held: HeldElement): string {
    if (held.id === undefined) {
      const { bytes, start, end, window } = held;
      if (window !== this.#lastWindow) {
        this.#lastWindow = window;
        this.#lastWindowText = `${this.#textOf(window)}/`;
      }
      held.id = this.#lastWindowText + latin1Of(bytes, start, end);
    }
    return held.id;
  }
}
