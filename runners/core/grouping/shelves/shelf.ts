import { TIMESTAMP_MAX, type EventTime } from '#portability/model/time.js';
import type { HoldReason } from '../../time/holds.js';
import type { Scratch } from '../../spill/scratch.js';
import type { GroupHolds, HeldGroup } from '../grouping.js';
import type { FirstWakes } from '../wake-times.js';
import type { RecordBlocks } from './record-blocks.js';
import { WaitingElements } from './waiting-elements.js';

/** What is to be known of groups while they are not in memory. */
export interface ShelfTimes {
  /** Where they hold, why, and one that does. */
  readonly hold: EventTime;
  readonly reason: HoldReason | undefined;
  readonly holder: HeldGroup | undefined;
  /** When the first of their windows is due. */
  readonly timer: EventTime | undefined;
  readonly wakes: FirstWakes;
}

const NO_WAKES: FirstWakes = { clock: undefined, synchronized: undefined };
export const NO_TIMES: ShelfTimes = {
  hold: TIMESTAMP_MAX,
  reason: undefined,
  holder: undefined,
  timer: undefined,
  wakes: NO_WAKES,
};

/** What groups hold and wait for that are in memory now. */
export function timesOf(
  holds: GroupHolds,
  timer: EventTime | undefined,
  wakes: FirstWakes = NO_WAKES,
): ShelfTimes {
  const reason = holds.reason();
  return { hold: holds.least(), reason, holder: holds.holder?.(), timer, wakes };
}

/** The groups whose keys share some bits of their hash: in a file, or those that are in memory. */
export class Shelf {
  /** How many times it was divided. */
  readonly level: number;
  /** Absent if it has none, or they are in memory. */
  groups: RecordBlocks | undefined;
  /** Values of `groups`. */
  buffered = 0;
  /** Of `groups`. */
  times: ShelfTimes = NO_TIMES;
  /** The times are not later than they should be, but may be earlier: others were put away together with these. */
  isRough = false;
  readonly waiting: WaitingElements;

  constructor(level: number, scratch: Scratch) {
    this.level = level;
    this.waiting = new WaitingElements(scratch);
  }

  get isEmpty(): boolean {
    return this.groups === undefined && this.waiting.elements === 0;
  }

  /** Gives away what is in its file. */
  takeGroups(): RecordBlocks | undefined {
    const { groups } = this;
    this.groups = undefined;
    this.buffered = 0;
    this.times = NO_TIMES;
    this.isRough = false;
    return groups;
  }

  /** Whether something of its groups is due, or may be. */
  isDue(input: EventTime, clock: number, synchronized: number): boolean {
    const { timer, wakes } = this.times;
    if (timer !== undefined && timer < input) return true;
    if (wakes.clock !== undefined && wakes.clock < clock) return true;
    return wakes.synchronized !== undefined && wakes.synchronized < synchronized;
  }
}
