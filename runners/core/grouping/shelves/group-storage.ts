import type { EventTime } from '#portability/model/time.js';
import type { GroupBuffer } from '../group-buffer.js';
import type { Grouping } from '../grouping.js';
import type { WakeTimes } from '../wake-times.js';
import type { GroupSink } from './leaving-group.js';
import type { StoredGroups } from './stored-groups.js';

/**
 * Has the groups of a grouping leave memory, and takes them back, also into a grouping that has others.
 *
 *   G1. Only between bundles, and where nothing is due or waits to be merged.
 *   G2. What was stored and restored does what it would have done otherwise.
 */
export interface GroupStorage {
  /** Where the values are. */
  readonly buffers: Iterable<GroupBuffer>;
  /** When the first window is due. */
  readonly timer: EventTime | undefined;
  /** Absent where no trigger waits for a clock. */
  readonly wakes?: WakeTimes;
  /** Gives all groups away; the grouping is of no use afterwards. */
  store(out: GroupSink): void;
  /** Answers how many values there are in what it took. */
  restore(groups: StoredGroups): number;
}

export interface StorableGrouping extends Grouping {
  readonly storage: GroupStorage;
}
