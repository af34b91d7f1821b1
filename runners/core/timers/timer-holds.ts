import type { TimeDomain } from '#portability/model/transform-spec.js';
import type { TimerQueues } from './timer-queues.js';
import { HOLD, type TimerRecords } from './timer-records.js';
import { TimeQueue } from './time-queue.js';

/** Entries that no timer stands behind, beyond which the queue is made anew. */
const SLACK = 1024;

/**
 * The times that timers hold until they have fired.
 *
 *   H1. A timer holds its output timestamp, but never more than the end of its window, in which it still is to fire.
 *   H2. As long as every event timer holds its own fire time, the queue of fire times tells their holds. From then on
 *       each has an entry of its own, as timers of processing time always do; one of a former hold is passed over.
 */
export class TimerHolds {
  readonly #records: TimerRecords;
  readonly #fires: TimerQueues;
  readonly #endOf: (place: number) => number;
  #queue = new TimeQueue();
  #apart = false;

  constructor(records: TimerRecords, fires: TimerQueues, endOf: (place: number) => number) {
    this.#records = records;
    this.#fires = fires;
    this.#endOf = endOf;
  }

  get heldBytes(): number {
    return this.#queue.heldBytes;
  }

  /** H1; NaN if it holds nothing, or is no timer any more. */
  of(row: number): number {
    const records = this.#records;
    const hold = records.times(row)[records.timesAt(row) + HOLD]!;
    return this.#bounded(hold, records.placeOf(row));
  }

  #bounded(hold: number, place: number): number {
    if (Number.isNaN(hold)) return hold;
    const end = this.#endOf(place);
    return hold < end ? hold : end;
  }

  /** The timer that holds the least time, or −1 if none holds anything. */
  first(): number {
    const own = this.#firstOfOwn();
    const byFiring = this.#apart ? -1 : this.#fires.first('event-time');
    if (own < 0 || byFiring < 0) return own < 0 ? byFiring : own;
    return this.of(own) < this.of(byFiring) ? own : byFiring;
  }

  #firstOfOwn(): number {
    const queue = this.#queue;
    while (queue.size > 0) {
      const row = queue.leastItem;
      if (this.of(row) === queue.leastTime) return row;
      queue.pop();
    }
    return -1;
  }

  /** The timer of a place was set. */
  note(row: number, place: number, domain: TimeDomain, fire: number, hold: number): void {
    const held = this.#bounded(hold, place);
    const byFiring = domain === 'event-time' && held === fire;
    if (!byFiring && !this.#apart && domain === 'event-time') this.#takeApart();
    if (!byFiring || this.#apart) this.#add(row, held);
  }

  #add(row: number, hold: number): void {
    if (Number.isNaN(hold)) return;
    this.#queue.push(hold, 0, row);
    if (this.#queue.size > 2 * this.#records.size + SLACK) this.#trim();
  }

  #takeApart(): void {
    this.#apart = true;
    this.#fires.of('event-time').forEach((time, _, row) => {
      if (this.#fires.isQueued(row, time, 'event-time')) this.#add(row, this.of(row));
    });
  }

  #trim(): void {
    const kept = new TimeQueue();
    const seen = new Set<number>();
    this.#queue.forEach((time, _, row) => {
      if (this.of(row) !== time || seen.has(row)) return;
      seen.add(row);
      kept.push(time, 0, row);
    });
    this.#queue = kept;
  }
}
