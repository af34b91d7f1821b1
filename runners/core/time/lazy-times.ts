import type { EventTime } from '#portability/model/time.js';
import { TimeHeap } from './time-heap.js';

const NONE = Infinity;

/**
 * The least of the times of many numbered things. Times that move up cost nothing until they are the
 * least, so holds and timers of windows that grow with each element stay cheap.
 *
 *   L1. Each thing that has a time has an entry at that time or below.
 *   L2. An entry that is below is moved up when it has become the least; `least` is therefore exact.
 */
export class LazyTimes {
  readonly #current: (id: number) => number;
  readonly #heap = new TimeHeap<number>();
  /** Per thing its least entry. */
  #entries: Float64Array = new Float64Array(16).fill(NONE);

  /** `current`: the time of a thing, Infinity if it has none. */
  constructor(current: (id: number) => number) {
    this.#current = current;
  }

  get heldBytes(): number {
    return this.#entries.byteLength + this.#heap.size * 16;
  }

  /** Says that `id` has a time, which may be below the one before: no earlier than `time`. */
  note(id: number, time: number): void {
    if (id >= this.#entries.length) this.#grow(id);
    if (time >= this.#entries[id]!) return;
    this.#entries[id] = time;
    this.#heap.push(time as EventTime, id);
  }

  /** The least time; `undefined` without any. */
  least(): EventTime | undefined {
    for (;;) {
      const time = this.#heap.least;
      if (time === undefined) return undefined;
      const id = this.#heap.peek()!;
      // A later entry of a thing that has an earlier one, or had.
      if (time !== this.#entries[id]) {
        this.#heap.pop();
        continue;
      }
      const current = this.#current(id);
      if (current === time) return time;
      this.#heap.pop();
      this.#entries[id] = current;
      if (current !== NONE) this.#heap.push(current as EventTime, id);
    }
  }

  /** The thing of the least time. Call it after `least` has answered a time. */
  get leastId(): number {
    return this.#heap.peek()!;
  }

  #grow(id: number): void {
    const grown = new Float64Array(Math.max(id + 1, this.#entries.length * 2)).fill(NONE);
    grown.set(this.#entries);
    this.#entries = grown;
  }
}
