/** What tells requests apart that are answered alike. */
export type CacheKey = string | number | bigint | boolean | null;

interface Entry<R> {
  readonly response: Promise<R>;
  /** By the clock of the cache; not given any more from then on. */
  readonly until: number;
}

/**
 * Responses of this process by key, the least recently used ones dropped first. A request that is under way is
 * a response too, so that equal requests at the same time are one.
 */
export class ResponseCache<R> {
  readonly #entries = new Map<CacheKey, Entry<R>>();
  readonly #size: number;
  readonly #lifetimeMs: number;

  constructor(size: number, lifetimeMs: number) {
    this.#size = size;
    this.#lifetimeMs = lifetimeMs;
  }

  /** `now` is that of the clock by which responses grow old. */
  find(key: CacheKey, now: number): Promise<R> | undefined {
    const entry = this.#entries.get(key);
    if (entry === undefined) return undefined;
    this.#entries.delete(key);
    if (entry.until <= now) return undefined;
    // A map keeps the order in which entries came.
    this.#entries.set(key, entry);
    return entry.response;
  }

  /** Failures are not kept. */
  put(key: CacheKey, response: Promise<R>, now: number): void {
    const entry = { response, until: now + this.#lifetimeMs };
    this.#entries.set(key, entry);
    response.catch(() => {
      if (this.#entries.get(key) === entry) this.#entries.delete(key);
    });
    if (this.#entries.size <= this.#size) return;
    for (const oldest of this.#entries.keys()) {
      this.#entries.delete(oldest);
      return;
    }
  }
}
