import type { StateKey, StatePage } from '../connection.js';

/** Bytes of state that a harness keeps by default. */
const LIMIT_BYTES = 32 * 1024 * 1024;
/** What an entry costs beside its bytes. */
const ENTRY_BYTES = 128;

/** A page that was asked for and has not come yet. */
interface Reading {
  readonly page: Promise<StatePage>;
}

/**
 * State that a harness keeps from bundle to bundle, as its runner allows by tokens.
 *
 *   C1. A name holds the token that the runner gave: a new token forgets all that was kept under the old one.
 *   C2. What a bundle writes is in the cache as it is in the runner. Should the bundle fail, the runner gives a new
 *       token.
 *   C3. Of user state only bags that came in one page are kept; what else is written to is forgotten.
 *   C4. Beyond its bytes it forgets what was not used for longest.
 */
export class StateCache {
  readonly #limit: number;
  /** In the order of their last use. */
  readonly #pages = new Map<string, StatePage>();
  readonly #readings = new Map<string, Reading>();
  #bytes = 0;

  constructor(limitBytes: number = LIMIT_BYTES) {
    this.#limit = limitBytes;
  }

  /** Bytes that are kept. */
  get bytes(): number {
    return this.#bytes;
  }

  get entries(): number {
    return this.#pages.size;
  }

  /** The page of this name, asked for only if it is not there. */
  read(
    name: string,
    kind: StateKey['kind'],
    ask: () => Promise<StatePage>,
  ): StatePage | Promise<StatePage> {
    const kept = this.#pages.get(name);
    if (kept !== undefined) {
      this.#pages.delete(name);
      this.#pages.set(name, kept);
      return kept;
    }
    const reading = this.#readings.get(name);
    if (reading !== undefined) return reading.page;
    return this.#ask(name, kind, ask);
  }

  async #ask(
    name: string,
    kind: StateKey['kind'],
    ask: () => Promise<StatePage>,
  ): Promise<StatePage> {
    const reading = { page: ask() };
    this.#readings.set(name, reading);
    try {
      const page = await reading.page;
      // What was written meanwhile may not be in it.
      const isCurrent = this.#readings.get(name) === reading;
      if (isCurrent && (kind !== 'bag' || page.token === undefined)) this.#keep(name, page);
      return page;
    } finally {
      if (this.#readings.get(name) === reading) this.#readings.delete(name);
    }
  }

  /** More stands in a bag now. */
  append(name: string, data: Uint8Array): void {
    this.#readings.delete(name);
    const kept = this.#pages.get(name);
    if (kept === undefined) return;
    this.#forget(name, kept);
    this.#keep(name, { data: Buffer.concat([kept.data, data]) });
  }

  /** Nothing stands in a bag now. */
  clear(name: string): void {
    this.#readings.delete(name);
    const kept = this.#pages.get(name);
    if (kept !== undefined) this.#forget(name, kept);
    this.#keep(name, { data: new Uint8Array(0) });
  }

  #keep(name: string, page: StatePage): void {
    const bytes = bytesOf(name, page);
    // One page may not drive out all others.
    if (bytes > this.#limit / 4) return;
    this.#pages.set(name, page);
    this.#bytes += bytes;
    for (const [oldest, its] of this.#pages) {
      if (this.#bytes <= this.#limit) return;
      this.#forget(oldest, its);
    }
  }

  #forget(name: string, page: StatePage): void {
    this.#pages.delete(name);
    this.#bytes -= bytesOf(name, page);
  }
}

function bytesOf(name: string, { data, token }: StatePage): number {
  return ENTRY_BYTES + name.length + data.length + (token?.length ?? 0);
}
