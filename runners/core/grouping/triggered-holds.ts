import { TIMESTAMP_MAX, type EventTime } from '#portability/model/time.js';
import type { HoldReason } from '../time/holds.js';
import { LazyTimes } from '../time/lazy-times.js';
import { HOLDS, HOLDS_EXPIRY } from './group-flags.js';
import type { GroupHolds, HeldGroup } from './grouping.js';
import { keyIn } from './open-group.js';
import type { TriggeredWindow } from './triggered-window.js';

/** Holds of windows that know themselves where they hold; each is found by its slot. */
export class TriggeredHolds implements GroupHolds {
  readonly #slots: readonly (TriggeredWindow | undefined)[];
  readonly #times: LazyTimes;

  constructor(slots: readonly (TriggeredWindow | undefined)[]) {
    this.#slots = slots;
    this.#times = new LazyTimes((slot) => slots[slot]?.heldAt ?? Infinity);
  }

  /** The window holds at `time`, or later. */
  note(slot: number, time: EventTime): void {
    this.#times.note(slot, time);
  }

  least(): EventTime {
    return this.#times.least() ?? TIMESTAMP_MAX;
  }

  reason(): HoldReason | undefined {
    const window = this.#holding();
    if (window === undefined) return undefined;
    return window.ended && window.heldAt === window.expiry ? 'final-pane' : 'pane';
  }

  /** Looks at the groups of a window, so it is not for every step. */
  holder(): HeldGroup | undefined {
    const window = this.#holding();
    if (window === undefined) return undefined;
    const { buffer, bytes } = window;
    let id = window.holdingGroup ?? 0;
    if (window.holdingGroup === undefined) {
      while (id < buffer.created && (buffer.markOf(id) & (HOLDS | HOLDS_EXPIRY)) === 0) id++;
    }
    return id < buffer.created ? { window: bytes, key: keyIn(buffer, id) } : { window: bytes };
  }

  #holding(): TriggeredWindow | undefined {
    return this.#times.least() === undefined ? undefined : this.#slots[this.#times.leastId];
  }
}
