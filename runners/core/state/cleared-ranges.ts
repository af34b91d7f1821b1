/** Ranges of numbers that were cleared, in order and apart from each other. */
export class ClearedRanges {
  #ranges: (readonly [start: number, end: number])[] = [];

  [Symbol.iterator](): IterableIterator<readonly [start: number, end: number]> {
    return this.#ranges[Symbol.iterator]();
  }

  add(start: number, end: number): void {
    if (start >= end) return;
    const before = this.#ranges.filter((range) => range[1] < start);
    const behind = this.#ranges.filter((range) => range[0] > end);
    const joined = this.#ranges.slice(before.length, this.#ranges.length - behind.length);
    const from = Math.min(start, ...joined.map((range) => range[0]));
    const to = Math.max(end, ...joined.map((range) => range[1]));
    this.#ranges = [...before, [from, to], ...behind];
  }

  /** What of a range was not cleared. */
  *restOf(start: number, end: number): IterableIterator<readonly [start: number, end: number]> {
    let from = start;
    for (const [clearedFrom, clearedTo] of this.#ranges) {
      if (clearedTo <= from) continue;
      if (clearedFrom >= end) break;
      if (clearedFrom > from) yield [from, clearedFrom];
      from = clearedTo;
    }
    if (from < end) yield [from, end];
  }
}
