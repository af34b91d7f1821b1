/** A longer run is cut in two, so that putting an entry between others moves few of them. */
const RUN = 512;

export interface ListEntry {
  readonly time: number;
  /** Time and value, as they are read and written. */
  readonly bytes: Uint8Array;
}

/** Entries by time; of equal times the one added first comes first. */
export class OrderedList {
  /** Sorted runs, none empty. */
  #runs: ListEntry[][] = [];

  get isEmpty(): boolean {
    return this.#runs.length === 0;
  }

  add(entry: ListEntry): void {
    const runs = this.#runs;
    // The last run whose first entry is not behind the new one.
    let at = upperBound(runs.length, (i) => runs[i]![0]!.time <= entry.time) - 1;
    if (at < 0) {
      at = 0;
      if (runs.length === 0) runs.push([]);
    }
    const run = runs[at]!;
    run.splice(
      upperBound(run.length, (i) => run[i]!.time <= entry.time),
      0,
      entry,
    );
    if (run.length > RUN) runs.splice(at + 1, 0, run.splice(RUN >> 1));
  }

  /** Entries with `start` ≤ time < `end`. */
  *range(start: number, end: number): IterableIterator<ListEntry> {
    const runs = this.#runs;
    let at = upperBound(runs.length, (i) => runs[i]!.at(-1)!.time < start);
    let from =
      at < runs.length ? upperBound(runs[at]!.length, (i) => runs[at]![i]!.time < start) : 0;
    for (; at < runs.length; at++, from = 0) {
      const run = runs[at]!;
      for (let i = from; i < run.length; i++) {
        if (run[i]!.time >= end) return;
        yield run[i]!;
      }
    }
  }

  clear(start: number, end: number): void {
    this.#runs = this.#runs
      .map((run) =>
        run.at(-1)!.time < start || run[0]!.time >= end
          ? run
          : run.filter(({ time }) => time < start || time >= end),
      )
      .filter((run) => run.length > 0);
  }
}

/** How many of the first `n` numbers `holds` is true for; it is true for a prefix of them. */
function upperBound(n: number, holds: (i: number) => boolean): number {
  let low = 0;
  let high = n;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}
