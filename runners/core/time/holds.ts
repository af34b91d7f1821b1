import { TIMESTAMP_MAX, type EventTime } from '#portability/model/time.js';
import { TimeHeap } from './time-heap.js';

/** Why a hold exists, as `explain` tells it. */
export type HoldReason = 'pane' | 'final-pane';

const SLACK = 64;

interface Entry {
  readonly reason: HoldReason;
  readonly time: EventTime;
  count: number;
}

/**
 * Promises not to let the output watermark pass a time. Several windows may hold the same time, so holds
 * are counted; the least held time bounds the output watermark.
 *
 *   H1. A count is never negative: a release without its hold is a bug of the caller and throws.
 *   H2. `least()` never moves back within one commit: what replaces a hold is added before the old one
 *       is released, and is not below the output watermark.
 */
export class Holds {
  /** Also holds entries that count nothing any more, as long as they are the smaller part. */
  #heap = new TimeHeap<Entry>();
  readonly #entries: Readonly<Record<HoldReason, Map<EventTime, Entry>>> = {
    pane: new Map(),
    'final-pane': new Map(),
  };

  add(time: EventTime, reason: HoldReason): void {
    const entries = this.#entries[reason];
    const known = entries.get(time);
    if (known !== undefined) {
      known.count++;
      return;
    }
    const entry = { reason, time, count: 1 };
    entries.set(time, entry);
    this.#heap.push(time, entry);
  }

  release(time: EventTime, reason: HoldReason): void {
    const entry = this.#entries[reason].get(time);
    // H1
    if (entry === undefined) throw new RangeError(`no hold at ${String(time)} to release`);
    if (--entry.count > 0) return;
    this.#entries[reason].delete(time);
    while (this.#heap.size > 0 && this.#heap.peek()!.count === 0) this.#heap.pop();
    const live = this.#entries.pane.size + this.#entries['final-pane'].size;
    if (this.#heap.size > 2 * live + SLACK) this.#rebuild();
  }

  /** The least held time, `TIMESTAMP_MAX` without holds. */
  least(): EventTime {
    return this.#heap.least ?? TIMESTAMP_MAX;
  }

  /** Why the least time is held. */
  reason(): HoldReason | undefined {
    return this.#heap.peek()?.reason;
  }

  #rebuild(): void {
    this.#heap = new TimeHeap<Entry>();
    for (const entries of Object.values(this.#entries)) {
      for (const entry of entries.values()) this.#heap.push(entry.time, entry);
    }
  }
}
