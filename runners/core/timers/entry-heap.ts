const ARITY_BITS = 2;
const FIRST_CAPACITY = 64;

/**
 * A few numbers by time and then by order, the least first. A heap of four children per entry in typed
 * arrays: an entry takes 16 bytes, and the children that are compared lie next to each other.
 */
export class EntryHeap {
  size = 0;
  #times = new Float64Array(FIRST_CAPACITY);
  #orders = new Uint32Array(FIRST_CAPACITY);
  #items = new Int32Array(FIRST_CAPACITY);

  /** Of an empty queue +∞. */
  get leastTime(): number {
    return this.size === 0 ? Infinity : this.#times[0]!;
  }

  get leastOrder(): number {
    return this.#orders[0]!;
  }

  get leastItem(): number {
    return this.#items[0]!;
  }

  get heldBytes(): number {
    return this.#times.length * 16;
  }

  push(time: number, order: number, item: number): void {
    if (this.size === this.#times.length) this.#grow();
    const times = this.#times;
    const orders = this.#orders;
    let at = this.size++;
    while (at > 0) {
      const parent = (at - 1) >> ARITY_BITS;
      const above = times[parent]!;
      if (above < time || (above === time && orders[parent]! <= order)) break;
      this.#move(parent, at);
      at = parent;
    }
    times[at] = time;
    orders[at] = order;
    this.#items[at] = item;
  }

  pop(): void {
    const last = --this.size;
    if (last === 0) {
      this.#shrink();
      return;
    }
    this.#sink(this.#times[last]!, this.#orders[last]!, this.#items[last]!);
  }

  /** All entries, in no particular order. */
  forEach(f: (time: number, order: number, item: number) => void): void {
    for (let i = 0; i < this.size; i++) f(this.#times[i]!, this.#orders[i]!, this.#items[i]!);
  }

  #sink(time: number, order: number, item: number): void {
    const times = this.#times;
    const orders = this.#orders;
    const n = this.size;
    let at = 0;
    for (;;) {
      const first = (at << ARITY_BITS) + 1;
      if (first >= n) break;
      let least = first;
      const end = first + 4 < n ? first + 4 : n;
      for (let child = first + 1; child < end; child++) {
        const a = times[child]!;
        const b = times[least]!;
        if (a < b || (a === b && orders[child]! < orders[least]!)) least = child;
      }
      const below = times[least]!;
      if (below > time || (below === time && orders[least]! >= order)) break;
      this.#move(least, at);
      at = least;
    }
    times[at] = time;
    orders[at] = order;
    this.#items[at] = item;
  }

  #move(from: number, to: number): void {
    this.#times[to] = this.#times[from]!;
    this.#orders[to] = this.#orders[from]!;
    this.#items[to] = this.#items[from]!;
  }

  #grow(): void {
    const capacity = this.#times.length * 2;
    const times = new Float64Array(capacity);
    const orders = new Uint32Array(capacity);
    const items = new Int32Array(capacity);
    times.set(this.#times);
    orders.set(this.#orders);
    items.set(this.#items);
    this.#times = times;
    this.#orders = orders;
    this.#items = items;
  }

  #shrink(): void {
    if (this.#times.length === FIRST_CAPACITY) return;
    this.#times = new Float64Array(FIRST_CAPACITY);
    this.#orders = new Uint32Array(FIRST_CAPACITY);
    this.#items = new Int32Array(FIRST_CAPACITY);
  }
}
