import { tableMemory } from '../state/table-memory.js';
import type { TimeQueue } from './time-queue.js';

/** From so many on rows in the order of their times are far from each other. */
export const MANY_ROWS = 4096;

/**
 * Rows of timers whose entries were taken out of a queue because they are due. Many are visited as they lie in
 * memory: in the order of their times each one would be waited for. For queues in which no key has two timers: only
 * of one key is an order promised (TMR-4). One serves bundle after bundle.
 */
export class DueRows {
  #count = 0;
  #rows: Int32Array = new Int32Array(0);
  /** A bit per row, of those in hand. */
  #marks: Int32Array = new Int32Array(0);
  #least = 0;
  #most = -1;

  /** Takes due entries out of the queue, at most `most`. */
  takeFrom(queue: TimeQueue, isDue: (time: number) => boolean, most: number): void {
    const room = Math.min(most, queue.size);
    if (room > this.#rows.length) {
      this.#rows = new Int32Array(tableMemory(4 * Math.min(most, 2 * room)));
    }
    this.#count = queue.takeWhile(isDue, this.#rows.subarray(0, room));
  }

  forEach(visit: (row: number) => void): void {
    const rows = this.#rows;
    if (this.#count < MANY_ROWS) {
      for (let i = 0; i < this.#count; i++) visit(rows[i]!);
      return;
    }
    this.#mark();
    const marks = this.#marks;
    for (let word = this.#least >>> 5; word <= this.#most >>> 5; word++) {
      let bits = marks[word]!;
      marks[word] = 0;
      for (; bits !== 0; bits &= bits - 1) visit(32 * word + 31 - Math.clz32(bits & -bits));
    }
  }

  #mark(): void {
    const rows = this.#rows;
    let least = rows[0]!;
    let most = least;
    for (let i = 1; i < this.#count; i++) {
      const row = rows[i]!;
      if (row < least) least = row;
      else if (row > most) most = row;
    }
    this.#least = least;
    this.#most = most;
    if (most >>> 5 >= this.#marks.length) {
      this.#marks = new Int32Array(tableMemory(4 * ((most >>> 4) + 1)));
    }
    for (let i = 0; i < this.#count; i++) this.#marks[rows[i]! >>> 5]! |= 1 << rows[i]!;
  }
}
