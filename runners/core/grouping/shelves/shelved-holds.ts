import type { EventTime } from '#portability/model/time.js';
import type { HoldReason } from '../../time/holds.js';
import type { GroupHolds, HeldGroup } from '../grouping.js';
import type { Shelf, ShelfTimes } from './shelf.js';

/** Where groups hold that are in memory, and those that are on shelves. */
export class ShelvedHolds implements GroupHolds {
  readonly #current: () => GroupHolds;
  readonly #shelves: () => readonly Shelf[];

  /** `current`: of the groups in memory. Both are asked each time. */
  constructor(current: () => GroupHolds, shelves: () => readonly Shelf[]) {
    this.#current = current;
    this.#shelves = shelves;
  }

  least(): EventTime {
    return this.#shelved()?.hold ?? this.#current().least();
  }

  reason(): HoldReason | undefined {
    const shelved = this.#shelved();
    return shelved === undefined ? this.#current().reason() : shelved.reason;
  }

  holder(): HeldGroup | undefined {
    const shelved = this.#shelved();
    return shelved === undefined ? this.#current().holder?.() : shelved.holder;
  }

  /** The times of the shelf that holds, unless what is in memory does. */
  #shelved(): ShelfTimes | undefined {
    let least = this.#current().least();
    let found: ShelfTimes | undefined;
    for (const { times } of this.#shelves()) {
      if (times.hold >= least) continue;
      least = times.hold;
      found = times;
    }
    return found;
  }
}
