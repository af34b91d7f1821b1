import type { EventTime } from '#portability/model/time.js';
import type { Holds } from '../../time/holds.js';
import type { TimeHeap } from '../../time/time-heap.js';
import type { GroupBuffer } from '../group-buffer.js';
import type { WindowGroups } from '../window-groups.js';
import type { WindowSet } from '../window-set.js';
import type { GroupStorage } from './group-storage.js';
import type { GroupSink } from './leaving-group.js';
import type { StoredGroups } from './stored-groups.js';

/** What a grouping by windows that fire at their ends consists of. */
interface Parts {
  readonly windows: WindowSet<WindowGroups>;
  readonly timers: TimeHeap<WindowGroups>;
  readonly holds: Holds;
}

/** Facts of a window: whether it has fired, where it holds (NaN: nowhere), and whether that is for its final pane. */
const FIRED = 0;
const HELD_AT = 1;
const HELD_FOR_FINAL = 2;

/** Stores groups under the default trigger, whose windows do not merge. */
export class FixedStorage implements GroupStorage {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  get buffers(): Iterable<GroupBuffer> {
    return Array.from(this.#parts.windows, ({ buffer }) => buffer);
  }

  get timer(): EventTime | undefined {
    return this.#parts.timers.least;
  }

  store(out: GroupSink): void {
    const cells = new Float64Array(1);
    for (const window of this.#parts.windows) {
      const { buffer, heldAt = NaN, heldFor } = window;
      out.window(window.bytes, [window.fired ? 1 : 0, heldAt, heldFor === 'pane' ? 0 : 1]);
      for (let id = 0; id < buffer.created; id++) {
        const mark = buffer.markOf(id);
        // One that was never in a pane and has no values says nothing.
        if (mark === 0 && buffer.countOf(id) === 0) continue;
        cells[0] = window.earliestOf(id);
        const group = { keys: buffer, keyId: id, values: buffer, valuesId: id };
        out.group({ ...group, mark, cells, wakes: [] });
      }
      buffer.release();
    }
  }

  restore(groups: StoredGroups): number {
    let [values, id] = [0, -1];
    let from: Uint8Array | undefined;
    let window: WindowGroups | undefined;
    while (groups.next()) {
      if (from !== groups.window) window = this.#window((from = groups.window), groups.facts);
      const { hash, view, start, keyEnd, end, count, mark } = groups;
      const { buffer } = window!;
      if (!groups.isMore) {
        id = window!.groupOf(view, start, keyEnd, end - keyEnd, hash);
        buffer.setMark(id, mark);
        const time = groups.cells[0]!;
        if (!Number.isNaN(time)) window!.noteTime(id, time as EventTime);
      }
      if (end > keyEnd || count > 0) buffer.appendRun(id, view, keyEnd, end, count);
      values += count;
    }
    return values;
  }

  #window(bytes: Uint8Array, facts: readonly number[]): WindowGroups {
    const { windows, timers, holds } = this.#parts;
    const window = windows.restored(bytes, (made) => {
      made.fired = facts[FIRED] === 1;
      timers.push(made.fired ? made.expiry : made.maxTimestamp, made);
    });
    const heldAt = facts[HELD_AT]!;
    // NaN is not.
    if (heldAt < (window.heldAt ?? Infinity)) {
      const reason = facts[HELD_FOR_FINAL] === 1 ? 'final-pane' : 'pane';
      window.hold(holds, heldAt as EventTime, reason);
    }
    return window;
  }
}
