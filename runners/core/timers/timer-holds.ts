import { TimeQueue } from './time-queue.js';
import type { TimerRecords } from './timer-records.js';

/** Entries that no timer stands behind, beyond which the queue is made anew. */
const SLACK = 1024;

/** Output timestamps that timers hold, where their fire times do not tell them; an entry of a former hold is passed over. */
export class TimerHolds {
  readonly #records: TimerRecords;
  #queue = new TimeQueue();

  constructor(records: TimerRecords) {
    this.#records = records;
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
    const { hold } = this.#records;
    const queue = this.#queue;
    while (queue.size > 0) {
      const row = queue.leastItem;
      if (hold.get(row) === queue.leastTime) return row;
      queue.pop();
    }
    return -1;
  }

  #trim(): void {
    const { hold } = this.#records;
    const kept = new TimeQueue();
    const seen = new Set<number>();
    this.#queue.forEach((time, _, row) => {
      if (hold.get(row) !== time || seen.has(row)) return;
      seen.add(row);
      kept.push(time, 0, row);
    });
    this.#queue = kept;
  }
}
