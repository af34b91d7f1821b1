import type { GroupBytes } from '../pane-frames.js';

/** A group as it leaves memory. */
export interface LeavingGroup extends GroupBytes {
  readonly mark: number;
  /** Its counters, times and trigger, as its grouping keeps them. */
  readonly cells: Float64Array;
  /** When it is to be asked: a time and 1 where that is synchronized, else 0. */
  readonly wakes: readonly number[];
}

/** Takes what leaves memory. */
export interface GroupSink {
  /** The groups that follow are in this window; `facts` are what its grouping knows of it. */
  window(bytes: Uint8Array, facts: readonly number[]): void;
  group(group: LeavingGroup): void;
}
