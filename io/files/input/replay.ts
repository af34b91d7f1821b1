/** A piece of a one-way input: positions [from, to) hold `data`. */
export interface Piece<D> {
  readonly from: number;
  readonly to: number;
  readonly data: D;
}

/** How a one-way input is pulled. */
export interface Feed<D> {
  next(): Promise<D | undefined>;
  /** How many positions a piece spans. */
  lengthOf(data: D): number;
  close(): Promise<void> | void;
}

/**
 * A one-way input (standard input, a packed file, an iterator) that can be read again from any position
 * not yet committed, since a failed bundle is repeated.
 *
 *   R1. Pieces are kept from the first position that a bundle may still ask for.
 *   R2. A failed pull fails again: a broken input must not look like one that has ended.
 *   R3. One bundle at a time pulls: calls of `at` are answered one after the other.
 */
export class Replay<D> {
  readonly #feed: Feed<D>;
  readonly #start: number;
  #kept: Piece<D>[] = [];
  #end = 0;
  #finished = false;
  #failure: { readonly cause: unknown } | undefined;
  #turn: Promise<unknown> = Promise.resolve();

  /** `start`: pieces that end before are passed over, since no bundle will ask for them. */
  constructor(feed: Feed<D>, start = 0) {
    this.#feed = feed;
    this.#start = start;
  }

  /** The least position that can still be read. */
  get base(): number {
    return this.#kept[0]?.from ?? this.#end;
  }

  /** Positions that are kept for bundles that may be repeated. */
  get held(): number {
    return this.#end - this.base;
  }

  /** The piece that holds `position`, or undefined behind the end. */
  at(position: number): Promise<Piece<D> | undefined> {
    const answer = this.#turn.then(() => this.#find(position));
    this.#turn = answer.catch(() => undefined);
    return answer;
  }

  /** Drops what lies wholly before `position` (R1). */
  release(position: number): void {
    const n = this.#indexOf(position);
    if (n > 0) this.#kept = this.#kept.slice(n);
  }

  async close(): Promise<void> {
    this.#finished = true;
    this.#kept = [];
    await this.#feed.close();
  }

  /** Index of the first piece that ends behind `position`. */
  #indexOf(position: number): number {
    let low = 0;
    let high = this.#kept.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#kept[middle]?.to ?? 0) <= position) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  async #find(position: number): Promise<Piece<D> | undefined> {
    if (position < this.base) throw new RangeError(`position ${String(position)} is committed`);
    if (position < this.#end) return this.#kept[this.#indexOf(position)];
    for (;;) {
      const data = this.#finished ? undefined : await this.#pull();
      if (data === undefined) {
        this.#finished = true;
        return undefined;
      }
      const piece = { from: this.#end, to: this.#end + this.#feed.lengthOf(data), data };
      this.#end = piece.to;
      if (piece.to > this.#start) this.#kept.push(piece);
      if (position < piece.to) return piece;
    }
  }

  async #pull(): Promise<D | undefined> {
    if (this.#failure !== undefined) throw this.#failure.cause;
    try {
      return await this.#feed.next();
    } catch (cause) {
      this.#failure = { cause };
      throw cause;
    }
  }
}
