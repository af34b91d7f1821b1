import { TIMESTAMP_MAX, type EventTime } from '#portability/model/time.js';
import type { HoldReason } from '../time/holds.js';
import { LazyTimes } from '../time/lazy-times.js';
import { CLOSED, DUE, ENDED, GONE, HOLDS, HOLDS_EXPIRY, NEW } from './group-flags.js';
import { GroupStates, TIME } from './group-states.js';
import type { GroupHolds, GroupingOptions, HeldGroup } from './grouping.js';
import { keyIn, type OpenGroup } from './open-group.js';
import type { PaneCycle } from './pane-cycle.js';
import { SessionOrder } from './session-order.js';
import { SessionTable } from './session-table.js';
import { SessionWindows } from './session-windows.js';

const NONE = Infinity;

/**
 * Windows that merge, each with its values, state, hold and timer.
 *
 *   E1. Until its end is passed and it was asked, a session holds at its end, or where its elements hold
 *       if that is earlier (WM-7); afterwards where it owes a pane.
 *   E2. A session has one timer: at its end, then where it expires.
 *   E3. Where sessions expire at their ends, and elements are added at once, a session holds where its timer is until
 *       it is due, and at its end until it has fired; those that are due fire in the order of their ends.
 *   E4. The open sessions of a key are apart from each other; where they are many they are kept in order, so that nobody
 *       goes through all of them.
 */
export class Sessions implements GroupHolds {
  readonly table: SessionTable = new SessionTable();
  readonly windows: SessionWindows;
  readonly states: GroupStates;
  readonly timers: LazyTimes;
  /** Of keys with many open sessions (E4). */
  readonly #orders = new Map<number, SessionOrder>();
  /** Absent where E3 says them. */
  readonly #holds: LazyTimes | undefined;
  readonly #options: GroupingOptions;
  /** Sessions whose trigger has finished and that are not collected yet. */
  closed = 0;
  /** Panes are stamped with times of their elements, which hold until then. */
  readonly keepsTimes: boolean;
  /**
   * Nothing but its end makes a session fire, and its pane has the time of that: no state is there to be merged and
   * no session to be closed, so that it makes no difference which elements of a bundle are added before others are merged.
   */
  readonly addsAtOnce: boolean;
  /** The session that fires next, −1 if none is due. */
  firstDue: number = -1;

  constructor(options: GroupingOptions, cycle: PaneCycle) {
    this.#options = options;
    const { windowing, shape } = options;
    this.keepsTimes = windowing.timestampCombiner !== 'end-of-window';
    this.addsAtOnce =
      !this.keepsTimes &&
      windowing.trigger.kind === 'default' &&
      windowing.windowFn.kind === 'sessions';
    this.windows = new SessionWindows(shape.windowCoder, windowing.allowedLateness);
    this.states = new GroupStates(cycle.machine);
    this.timers = new LazyTimes((id) => this.#timerOf(id));
    if (!this.addsAtOnce || windowing.allowedLateness > 0)
      this.#holds = new LazyTimes((id) => this.#holdOf(id));
  }

  get heldBytes(): number {
    const { table, windows, states, timers } = this;
    const times = timers.heldBytes + (this.#holds?.heldBytes ?? 0);
    return table.heldBytes + windows.heldBytes + states.heldBytes + times;
  }

  flags(id: number): number {
    return this.table.values.markOf(id);
  }

  setFlags(id: number, flags: number): void {
    this.table.values.setMark(id, flags);
  }

  /** A session of the key for the window that `windows` has read last. */
  open(keyId: number): number {
    const id = this.table.open(keyId);
    this.windows.put(id);
    this.states.start(id);
    const ended = this.windows.maxOf(id) < this.#options.times.input;
    const flags = this.addsAtOnce ? 0 : NEW;
    this.setFlags(id, ended ? flags | ENDED : flags);
    this.settle(id);
    this.place(id);
    return id;
  }

  /** As `open`, for one that was there before, with its flags and state. */
  restored(keyId: number, flags: number, cells: Float64Array): number {
    const id = this.table.open(keyId);
    this.windows.put(id);
    this.states.start(id);
    this.states.cells(id).set(cells, this.states.at(id));
    this.setFlags(id, flags);
    this.settle(id);
    if ((flags & CLOSED) !== 0) this.closed++;
    else this.place(id);
    return id;
  }

  /** Reads what adding to the first sessions of the keys will need, negative numbers left out. The answer means nothing. */
  touch(keyIds: Int32Array, count: number): number {
    const { table, windows } = this;
    let sum = 0;
    for (let k = 0; k < count; k++) {
      const keyId = keyIds[k]!;
      if (keyId >= 0) sum ^= table.first(keyId);
    }
    for (let k = 0; k < count; k++) {
      const session = keyIds[k]! < 0 ? -1 : table.first(keyIds[k]!);
      if (session >= 0) sum ^= this.flags(session) ^ windows.maxOf(session);
    }
    return sum;
  }

  /** Notes timer and hold anew after the window, the flags or the time of a session has changed. */
  settle(id: number): void {
    this.timers.note(id, this.#timerOf(id));
    this.#holds?.note(id, this.#holdOf(id));
  }

  /** An element holds at `time` now, or a session at its expiry. */
  noteHold(id: number, time: EventTime): void {
    this.#holds?.note(id, time);
  }

  /** MRG-7: takes part in no merge from now on. */
  close(id: number): void {
    this.closed++;
    this.displace(id);
    this.setFlags(id, this.flags(id) | CLOSED);
  }

  /** Takes a session out; its number is given back by `table.release`. */
  remove(id: number): void {
    if ((this.flags(id) & CLOSED) !== 0) this.closed--;
    else this.displace(id);
    this.table.remove(id);
    this.windows.drop(id);
  }

  /** The open sessions of a key by time, if it has many. */
  orderOf(keyId: number): SessionOrder | undefined {
    return this.#orders.size === 0 ? undefined : this.#orders.get(keyId);
  }

  /** Puts the open sessions of a key into order, to be kept there. */
  arrange(keyId: number, open: readonly number[]): void {
    this.#orders.set(keyId, new SessionOrder(this.windows, open));
  }

  /** Takes a session out of the order of its key before its window is another one, for `place` to put it back. */
  displace(id: number): void {
    const keyId = this.table.keyOf(id);
    const order = this.orderOf(keyId);
    order?.remove(id);
    if (order?.size === 0) this.#orders.delete(keyId);
  }

  place(id: number): void {
    this.orderOf(this.table.keyOf(id))?.add(id);
  }

  /** Gives back what was kept for keys that are gone. */
  forget(): void {
    if (this.table.forget()) this.#orders.clear();
  }

  /** Where the session's window ends at the latest, as its pane carries it (ACC-4). */
  timeOf(id: number): number {
    const time = this.states.cells(id)[this.states.at(id) + TIME]!;
    const end = this.windows.maxOf(id);
    return time < end ? time : end;
  }

  least(): EventTime {
    if (this.#holds !== undefined) return this.#holds.least() ?? TIMESTAMP_MAX;
    return this.firstDue >= 0
      ? this.windows.maxOf(this.firstDue)
      : (this.timers.least() ?? TIMESTAMP_MAX);
  }

  reason(): HoldReason | undefined {
    const id = this.#leastId();
    if (id < 0) return undefined;
    const flags = this.flags(id);
    return (flags & ENDED) !== 0 && (flags & HOLDS) === 0 ? 'final-pane' : 'pane';
  }

  holder(): HeldGroup | undefined {
    const id = this.#leastId();
    if (id < 0) return undefined;
    const window = Uint8Array.from(this.windows.encoded(id));
    return { window, key: keyIn(this.table.keys, this.table.keyOf(id)) };
  }

  /** The session that holds at the least time, −1 if none does. */
  #leastId(): number {
    if (this.#holds === undefined && this.firstDue >= 0) return this.firstDue;
    const times = this.#holds ?? this.timers;
    return times.least() === undefined ? -1 : times.leastId;
  }

  /** All of them, for `explain`. */
  *all(): Iterable<OpenGroup> {
    const { windows, table } = this;
    for (let id = 0; id < table.values.created; id++) {
      const flags = this.flags(id);
      if ((flags & GONE) !== 0) continue;
      yield {
        key: keyIn(table.keys, table.keyOf(id)),
        window: windows.decoded(id),
        expiry: windows.expiryOf(id),
        buffered: table.values.countOf(id),
        bytes: table.values.bytesOf(id),
        ended: (flags & ENDED) !== 0,
        closed: (flags & CLOSED) !== 0,
      };
    }
  }

  /** E1 */
  #holdOf(id: number): number {
    const flags = this.flags(id);
    if ((flags & GONE) !== 0) return NONE;
    if ((flags & HOLDS) !== 0 && this.keepsTimes) return this.timeOf(id);
    if ((flags & ENDED) === 0 || (flags & HOLDS) !== 0) return this.windows.maxOf(id);
    return (flags & HOLDS_EXPIRY) !== 0 ? this.windows.expiryOf(id) : NONE;
  }

  /** E2 */
  #timerOf(id: number): number {
    const flags = this.flags(id);
    if ((flags & (GONE | DUE)) !== 0) return NONE;
    return (flags & ENDED) !== 0 ? this.windows.expiryOf(id) : this.windows.maxOf(id);
  }
}
