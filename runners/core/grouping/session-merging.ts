import { ByteWriter } from '#portability/wire/writer.js';
import type { TimestampCombiner } from '#portability/model/windowing.js';
import {
  CLOSED,
  ENDED,
  FRESH,
  HOLDS,
  HOLDS_EXPIRY,
  MERGED,
  NEW,
  SPOKEN,
  TOUCHED,
} from './group-flags.js';
import { NON_SPECULATIVE, PANES, TIME, TRIGGER } from './group-states.js';
import type { GroupingOptions } from './grouping.js';
import type { PaneCycle } from './pane-cycle.js';
import type { Sessions } from './sessions.js';

/**
 * Merges sessions of one key (MRG-3 to MRG-6). Values, counters, timestamps, holds and trigger states of
 * the members become those of one of them; the others are gone, and `into` says where to.
 */
export class SessionMerging {
  readonly #sessions: Sessions;
  readonly #cycle: PaneCycle;
  readonly #combiner: TimestampCombiner;
  readonly #options: GroupingOptions;
  /** Of sessions that were merged away in this bundle. */
  readonly #into = new Map<number, number>();
  readonly #scratch = new ByteWriter(256);
  #cells = new Float64Array(0);
  readonly #places: number[] = [];

  constructor(options: GroupingOptions, sessions: Sessions, cycle: PaneCycle) {
    this.#options = options;
    this.#sessions = sessions;
    this.#cycle = cycle;
    this.#combiner = options.windowing.timestampCombiner;
  }

  /** Where a session has gone in this bundle, through however many merges; itself if it has not. */
  target(id: number): number {
    if (this.#into.size === 0) return id;
    let at = id;
    for (let next = this.#into.get(at); next !== undefined; next = this.#into.get(at)) at = next;
    return at;
  }

  /** The sessions that have gone may be used again. */
  endBundle(): void {
    for (const id of this.#into.keys()) this.#sessions.table.release(id);
    this.#into.clear();
  }

  /**
   * Merges `members`, one at least, into the window that `windows` has read last.
   *
   * MRG-5: pane counters belong to the exact window. F3: a member of this bundle has no state yet.
   */
  merge(members: readonly number[]): number {
    const sessions = this.#sessions;
    const same = members.find((id) => sessions.windows.equals(id));
    const old = members.filter((id) => (sessions.flags(id) & NEW) === 0);
    const target = old.includes(same!) ? same! : (old[0] ?? members[0]!);
    const isSame = same === target;
    for (const id of members) sessions.displace(id);
    sessions.windows.put(target);
    sessions.place(target);
    this.#mergeStates(target, old, isSame);
    // Who is touched is listed by number: that a member was that is gone now says nothing of the target.
    const touched = sessions.flags(target) & TOUCHED;
    let flags = 0;
    for (const id of members) flags |= sessions.flags(id);
    flags = (flags & ~TOUCHED) | touched;
    if (old.length > 0) flags &= ~NEW;
    sessions.setFlags(target, this.#flagsOf(target, flags));
    sessions.settle(target);
    for (const id of members) if (id !== target) this.#moveAway(id, target);
    return target;
  }

  /** A session alone grows to the window that `windows` has read last: the most frequent of all merges. */
  grow(id: number): void {
    const sessions = this.#sessions;
    sessions.windows.put(id);
    const before = sessions.flags(id);
    if ((before & NEW) === 0) this.#mergeAlone(id, before);
    const flags = this.#flagsOf(id, before);
    sessions.setFlags(id, flags);
    // Timer and hold of a session that only ends later move up by themselves.
    if (((flags ^ before) & SETTLED) !== 0) sessions.settle(id);
  }

  #flagsOf(target: number, merged: number): number {
    const end = this.#sessions.windows.maxOf(target);
    const ended = end < this.#options.times.input;
    let flags = (ended ? merged | ENDED : merged & ~ENDED) | MERGED;
    // MRG-6: at the end of a window that is ahead again, the hold is an ordinary one.
    if (!ended && this.#combiner === 'end-of-window' && (flags & FRESH) !== 0) {
      flags = (flags | HOLDS) & ~HOLDS_EXPIRY;
    }
    return flags & ~CLOSED;
  }

  #mergeStates(target: number, old: readonly number[], isSame: boolean): void {
    const { states, windows } = this.#sessions;
    const cells = states.cells(target);
    const at = states.at(target);
    if (!isSame) {
      cells[at + PANES] = 0;
      cells[at + NON_SPECULATIVE] = 0;
    }
    if (old.length === 0) return;
    // The only one has its timestamp already.
    for (const id of old.length === 1 && old[0] === target ? NOBODY : old) {
      const time = states.cells(id)[states.at(id) + TIME]!;
      if (!Number.isNaN(time)) this.#cycle.combineTime(cells, at, time as never);
    }
    const { machine } = this.#cycle;
    if (machine.isStateless || (old.length === 1 && isSame)) return;
    const sources = { cells: this.#copied(old, machine.size), places: this.#places };
    this.#cycle.group = target;
    const moment = this.#cycle.momentOf(0, windows.maxOf(target));
    machine.onMerge(sources, cells, at + TRIGGER, moment);
  }

  /** MRG-5 for a session that grows. */
  #mergeAlone(id: number, flags: number): void {
    if (!this.#cycle.machine.isStateless) {
      this.#mergeStates(id, [id], false);
      return;
    }
    if ((flags & SPOKEN) === 0) return;
    const { states } = this.#sessions;
    const cells = states.cells(id);
    const at = states.at(id);
    cells[at + PANES] = 0;
    cells[at + NON_SPECULATIVE] = 0;
  }

  /** The trigger states of the sessions, side by side. */
  #copied(ids: readonly number[], size: number): Float64Array {
    if (this.#cells.length < ids.length * size)
      this.#cells = new Float64Array(ids.length * size * 2);
    this.#places.length = ids.length;
    const { states } = this.#sessions;
    ids.forEach((id, n) => {
      const from = states.at(id) + TRIGGER;
      this.#cells.set(states.cells(id).subarray(from, from + size), n * size);
      this.#places[n] = n * size;
    });
    return this.#cells;
  }

  /** H2 of the holds: the result holds already. */
  #moveAway(id: number, target: number): void {
    const sessions = this.#sessions;
    const { values } = sessions.table;
    const count = values.countOf(id);
    if (count > 0) {
      const out = this.#scratch;
      out.pos = 0;
      values.writeValues(id, out);
      values.appendRun(target, out.view, 0, out.pos, count);
      values.clear(id);
    }
    sessions.remove(id);
    this.#into.set(id, target);
  }
}

const NOBODY: readonly number[] = [];
/** Flags that say at which of its times a session holds, and is due. */
const SETTLED = ENDED | HOLDS | HOLDS_EXPIRY;

/** Flags that only say what happened in one bundle. */
export const OF_BUNDLE: number = TOUCHED | NEW | MERGED;
