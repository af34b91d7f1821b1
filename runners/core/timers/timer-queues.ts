import type { TimeDomain } from '#portability/model/transform-spec.js';
import { TimeQueue } from './time-queue.js';
import { FIRE, ORDER, QUEUED, type TimerRecords } from './timer-records.js';

/** Entries of a queue that no timer stands behind, beyond which it is made anew. */
const SLACK = 1024;

/** The timers of a domain. */
interface OneDomain {
  queue: TimeQueue;
  /** How many are set. */
  live: number;
}

/**
 * When timers fire, by domain. A queue may hold entries that are too early, or that no timer stands behind:
 * `first` looks past them.
 */
export class TimerQueues {
  readonly #records: TimerRecords;
  readonly #domainOf: (row: number) => TimeDomain;
  readonly #event: OneDomain = { queue: new TimeQueue(), live: 0 };
  readonly #processing: OneDomain = { queue: new TimeQueue(), live: 0 };

  constructor(records: TimerRecords, domainOf: (row: number) => TimeDomain) {
    this.#records = records;
    this.#domainOf = domainOf;
  }

  get heldBytes(): number {
    return this.of('event-time').heldBytes + this.of('processing-time').heldBytes;
  }

  of(domain: TimeDomain): TimeQueue {
    return this.#in(domain).queue;
  }

  #in(domain: TimeDomain): OneDomain {
    return domain === 'event-time' ? this.#event : this.#processing;
  }

  /** A timer is made. */
  expect(domain: TimeDomain): void {
    this.#in(domain).live++;
  }

  /** A timer is gone; its entry stays until somebody looks past it. */
  forgot(domain: TimeDomain): void {
    const own = this.#in(domain);
    own.live--;
    if (own.queue.size > 2 * own.live + SLACK) this.#trim(domain);
  }

  /** Enters a timer with its fire time. */
  add(row: number, domain: TimeDomain): void {
    const records = this.#records;
    const times = records.times(row);
    const at = records.timesAt(row);
    const time = times[at + FIRE]!;
    times[at + QUEUED] = time;
    this.of(domain).push(time, this.#orderOf(row), row);
  }

  /** Whether an entry is the one of its timer. */
  isQueued(row: number, time: number, domain: TimeDomain): boolean {
    const records = this.#records;
    const queued = records.times(row)[records.timesAt(row) + QUEUED];
    return queued === time && this.#domainOf(row) === domain;
  }

  #orderOf(row: number): number {
    const records = this.#records;
    return records.numbers(row)[records.numbersAt(row) + ORDER]! >>> 0;
  }

  /** The timer that fires first, or −1. */
  first(domain: TimeDomain): number {
    const queue = this.of(domain);
    while (queue.size > 0) {
      const row = queue.leastItem;
      const time = queue.leastTime;
      const isOwn = this.isQueued(row, time, domain);
      if (isOwn && this.#records.fireOf(row) === time) return row;
      queue.pop();
      if (isOwn) this.add(row, domain);
    }
    return -1;
  }

  #trim(domain: TimeDomain): void {
    const records = this.#records;
    const kept = new TimeQueue();
    this.of(domain).forEach((time, _, row) => {
      if (!this.isQueued(row, time, domain)) return;
      records.times(row)[records.timesAt(row) + QUEUED] = NaN;
      kept.push(records.fireOf(row), this.#orderOf(row), row);
    });
    kept.forEach((time, _, row) => {
      records.times(row)[records.timesAt(row) + QUEUED] = time;
    });
    this.#in(domain).queue = kept;
  }
}
