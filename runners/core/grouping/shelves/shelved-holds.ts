import { minTime, type EventTime } from '#portability/model/time.js';
import type { HoldReason } from '../../time/holds.js';
import type { GroupHolds, HeldGroup, StageTimes } from '../grouping.js';
import type { Shelf, ShelfTimes } from './shelf.js';

/** What is looked at each time anew. */
interface Held {
  /** Of the groups in memory. */
  readonly current: () => GroupHolds;
  readonly shelves: () => readonly Shelf[];
  /** A shelf with something to emit. */
  readonly due: () => Shelf | undefined;
  readonly times: StageTimes;
}

/**
 * Where groups hold that are in memory, and those that are on shelves.
 *
 *   H1. Nothing moves the output watermark while a shelf is due. What is due at the same time is emitted at the same
 *       watermark, so that no pane is late because its shelf came after others.
 */
export class ShelvedHolds implements GroupHolds {
  readonly #held: Held;

  constructor(held: Held) {
    this.#held = held;
  }

  least(): EventTime {
    const { current, due, times } = this.#held;
    const least = this.#shelved()?.hold ?? current().least();
    return due() === undefined ? least : minTime(least, times.output);
  }

  reason(): HoldReason | undefined {
    const { current, due } = this.#held;
    const shelved = this.#shelved();
    const reason = shelved === undefined ? current().reason() : shelved.reason;
    return reason ?? (due() === undefined ? undefined : 'pane');
  }

  holder(): HeldGroup | undefined {
    const shelved = this.#shelved();
    return shelved === undefined ? this.#held.current().holder?.() : shelved.holder;
  }

  /** The times of the shelf that holds, unless what is in memory does. */
  #shelved(): ShelfTimes | undefined {
    const { current, shelves } = this.#held;
    let least = current().least();
    let found: ShelfTimes | undefined;
    for (const { times } of shelves()) {
      if (times.hold >= least) continue;
      least = times.hold;
      found = times;
    }
    return found;
  }
}
