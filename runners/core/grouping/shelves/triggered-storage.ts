import type { EventTime } from '#portability/model/time.js';
import type { TimeHeap } from '../../time/time-heap.js';
import { CLOSED } from '../group-flags.js';
import type { GroupBuffer } from '../group-buffer.js';
import { GROUPS_PER_SLOT, type TriggeredWindow } from '../triggered-window.js';
import type { WakeTimes } from '../wake-times.js';
import type { WindowSet } from '../window-set.js';
import type { GroupStorage } from './group-storage.js';
import type { GroupSink } from './leaving-group.js';
import type { StoredGroups } from './stored-groups.js';

/** What a grouping under any trigger consists of. */
interface Parts {
  readonly windows: WindowSet<TriggeredWindow>;
  readonly timers: TimeHeap<TriggeredWindow>;
  readonly wakes: WakeTimes;
  /** Gives a window its place; `ended`: all groups were asked at its end. */
  readonly open: (window: TriggeredWindow, ended: boolean) => void;
  readonly noteHold: (window: TriggeredWindow) => void;
}

/** Stores groups under any trigger, whose windows do not merge. */
export class TriggeredStorage implements GroupStorage {
  readonly wakes: WakeTimes;
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.wakes = parts.wakes;
  }

  get buffers(): Iterable<GroupBuffer> {
    return Array.from(this.#parts.windows, ({ buffer }) => buffer);
  }

  get timer(): EventTime | undefined {
    return this.#parts.timers.least;
  }

  store(out: GroupSink): void {
    const wakes = this.wakes.byGroup();
    for (const window of this.#parts.windows) {
      const { buffer, states, slot } = window;
      out.window(window.bytes, [window.ended ? 1 : 0]);
      for (let id = 0; id < buffer.created; id++) {
        out.group({
          ...{ keys: buffer, keyId: id, values: buffer, valuesId: id },
          mark: buffer.markOf(id),
          cells: states.copyOf(id),
          wakes: wakes.get(slot * GROUPS_PER_SLOT + id) ?? [],
        });
      }
      buffer.release();
    }
  }

  restore(groups: StoredGroups): number {
    let [values, id] = [0, -1];
    let from: Uint8Array | undefined;
    let window: TriggeredWindow | undefined;
    while (groups.next()) {
      if (from !== groups.window) {
        if (window !== undefined) this.#parts.noteHold(window);
        window = this.#window((from = groups.window), groups.facts);
      }
      const { view, keyEnd, end, count } = groups;
      if (!groups.isMore) id = this.#group(window!, groups);
      if (end > keyEnd || count > 0) window!.buffer.appendRun(id, view, keyEnd, end, count);
      values += count;
    }
    if (window !== undefined) this.#parts.noteHold(window);
    return values;
  }

  #window(bytes: Uint8Array, [ended]: readonly number[]): TriggeredWindow {
    return this.#parts.windows.restored(bytes, (made) => {
      this.#parts.open(made, ended === 1);
    });
  }

  #group(window: TriggeredWindow, groups: StoredGroups): number {
    const { hash, view, start, keyEnd, end, mark, wakes } = groups;
    const { buffer, states } = window;
    const id = buffer.create(view, start, keyEnd, (mark & CLOSED) === 0 ? end - keyEnd : 0);
    window.table.insert(hash, id);
    states.start(id);
    states.cells(id).set(groups.cells, states.at(id));
    window.noteFlags(id, 0, mark);
    this.wakes.restore(window.slot * GROUPS_PER_SLOT + id, wakes);
    return id;
  }
}
