import type { EventTime } from '#portability/model/time.js';
import { GONE } from '../group-flags.js';
import type { GroupBuffer } from '../group-buffer.js';
import type { Sessions } from '../sessions.js';
import type { WakeTimes } from '../wake-times.js';
import type { GroupStorage } from './group-storage.js';
import type { GroupSink } from './leaving-group.js';
import type { StoredGroups } from './stored-groups.js';

/** Stores groups whose windows merge. */
export class SessionStorage implements GroupStorage {
  readonly wakes: WakeTimes;
  readonly #sessions: Sessions;
  readonly #intervals: boolean;

  /** `intervals`: the bounds of all windows are numbers, or may be. */
  constructor(sessions: Sessions, wakes: WakeTimes, intervals: boolean) {
    this.#sessions = sessions;
    this.wakes = wakes;
    this.#intervals = intervals;
  }

  get buffers(): Iterable<GroupBuffer> {
    return [this.#sessions.table.values];
  }

  get timer(): EventTime | undefined {
    return this.#sessions.timers.least();
  }

  store(out: GroupSink): void {
    const wakes = this.wakes.byGroup();
    const { table, windows, states } = this.#sessions;
    const { keys, values } = table;
    for (let id = 0; id < values.created; id++) {
      const mark = values.markOf(id);
      if ((mark & GONE) !== 0) continue;
      out.window(windows.encoded(id), []);
      const group = { keys, keyId: table.keyOf(id), values, valuesId: id };
      out.group({ ...group, mark, cells: states.copyOf(id), wakes: wakes.get(id) ?? [] });
    }
    values.release();
  }

  restore(groups: StoredGroups): number {
    const { values } = this.#sessions.table;
    let [total, id] = [0, -1];
    while (groups.next()) {
      const { view, keyEnd, end, count } = groups;
      if (!groups.isMore) id = this.#session(groups);
      if (end > keyEnd || count > 0) values.appendRun(id, view, keyEnd, end, count);
      total += count;
    }
    return total;
  }

  #session({ window, hash, view, start, keyEnd, mark, cells, wakes }: StoredGroups): number {
    const sessions = this.#sessions;
    const keyId = sessions.table.keyId(view, start, keyEnd, hash);
    sessions.windows.read(window, 0, this.#intervals);
    const id = sessions.restored(keyId, mark, cells);
    this.wakes.restore(id, wakes);
    return id;
  }
}
