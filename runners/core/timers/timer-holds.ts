import { TimeQueue } from './time-queue.js';
import type { TimerRecords } from './timer-records.js';

/** Entries that no timer stands behind, beyond which the queue is made anew. */
const SLACK = 1024;

/** The times that timers hold, where their fire times do not tell them; an entry of a former hold is passed over. */
export class TimerHolds {
  readonly #records: TimerRecords;
  readonly #heldBy: (row: number) => number;
  #queue = new TimeQueue();

  constructor(records: TimerRecords, heldBy: (row: number) => number) {
    this.#records = records;
    this.#heldBy = heldBy;
  }

  get heldBytes(): number {
    return this.#queue.heldBytes;
  }

  add(row: number, hold: number): void {
    this.#queue.push(hold, 0, row);
    if (this.#queue.size > 2 * this.#records.size + SLACK) this.#trim();
  }

  /** The timer that holds the least time, or −1. */
  first(): number {
    const queue = this.#queue;
    while (queue.size > 0) {
      const row = queue.leastItem;
      if (this.#heldBy(row) === queue.leastTime) return row;
      queue.pop();
    }
    return -1;
  }

  #trim(): void {
    const kept = new TimeQueue();
    const seen = new Set<number>();
    this.#queue.forEach((time, _, row) => {
      if (this.#heldBy(row) !== time || seen.has(row)) return;
      seen.add(row);
      kept.push(time, 0, row);
    });
    this.#queue = kept;
  }
}
