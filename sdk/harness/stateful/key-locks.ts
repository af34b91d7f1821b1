/** Which keys have a call under way, and who waits for it, first come, first served. */
export class KeyLocks<K> {
  readonly #waiting = new Map<K, (() => void)[]>();

  /** Keys that are taken. */
  get size(): number {
    return this.#waiting.size;
  }

  isTaken(key: K): boolean {
    return this.#waiting.size > 0 && this.#waiting.has(key);
  }

  /** Takes a key; resolves when it is one's own, or answers nothing if it is at once. */
  take(key: K): Promise<void> | undefined {
    const waiting = this.#waiting.get(key);
    if (waiting === undefined) {
      this.#waiting.set(key, []);
      return undefined;
    }
    return new Promise((resolve) => waiting.push(resolve));
  }

  /** Gives a key to whoever waits first; nobody comes in between. */
  give(key: K): void {
    const next = this.#waiting.get(key)?.shift();
    if (next === undefined) this.#waiting.delete(key);
    else next();
  }

  clear(): void {
    this.#waiting.clear();
  }
}
