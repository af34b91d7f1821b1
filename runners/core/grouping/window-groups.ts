import { TIMESTAMP_MIN, type EventTime } from '#portability/model/time.js';
import { keepShape } from '#portability/wire/kept-shapes.js';
import { GroupBuffer } from './group-buffer.js';
import { GroupTable } from './group-table.js';
import type { GroupParts } from './group-parts.js';
import type { GroupRecord } from './group-record.js';
import { giveTable, NO_GROUPS, takeTable } from './spare-tables.js';
import { WindowHead } from './window-head.js';
import type { HoldReason, Holds } from '../time/holds.js';

/** Lowest bit of a group's mark: elements arrived since its last pane. The rest counts its panes. */
export const FRESH = 1;

/**
 * The groups of one window that does not merge. They live and die together, so each window has a table
 * and a buffer of its own and its end frees all at once.
 */
export class WindowGroups {
  /** The encoded window; identity of windows is equality of these bytes (WIN-8). */
  readonly bytes: Uint8Array;
  readonly maxTimestamp: EventTime;
  /** When the window is collected. */
  readonly expiry: EventTime;
  /** Expired when first seen: never holds anything. */
  readonly expired: boolean;
  /** What stands behind the timestamp of an element that is in this window alone. */
  readonly head: WindowHead;
  buffer: GroupBuffer;
  table: GroupTable;
  /** Where everything is that arrived, once keys had to leave memory; no group is made before the window fires. */
  parts: GroupParts | undefined;
  /** The end-of-window firing is done or due, or was never owed. */
  fired = false;
  /** Groups with arrivals behind the end of the window in this bundle. */
  late: number[] = [];
  /** Earliest timestamp of each group's pane, NaN while no element may hold (WM-6). */
  #times: Float64Array | undefined;
  #heldAt: EventTime | undefined;
  #heldFor: HoldReason = 'pane';

  constructor(bytes: Uint8Array, maxTimestamp: EventTime, expiry: EventTime, expired: boolean) {
    this.bytes = bytes;
    this.head = new WindowHead(bytes);
    this.maxTimestamp = maxTimestamp;
    this.expiry = expiry;
    this.expired = expired;
    this.table = expired ? NO_GROUPS : takeTable();
    this.buffer = this.table.buffer;
  }

  /** The window is over: its groups are empty, and nobody adds to them any more. */
  release(): void {
    const { table } = this;
    this.buffer.release();
    this.table = NO_GROUPS;
    this.buffer = NO_GROUPS.buffer;
    giveTable(table);
  }

  get heldBytes(): number {
    const times = this.#times?.byteLength ?? 0;
    return this.buffer.heldBytes + this.table.heldBytes + times + (this.parts?.heldBytes ?? 0);
  }

  /** Replaces the window's hold; `undefined` releases it. The new one is placed first (H2). */
  hold(holds: Holds, time: EventTime | undefined, reason: HoldReason): void {
    const before = this.#heldAt;
    const beforeFor = this.#heldFor;
    if (time !== undefined) holds.add(time, reason);
    this.#heldAt = time;
    this.#heldFor = reason;
    if (before !== undefined) holds.release(before, beforeFor);
  }

  get heldAt(): EventTime | undefined {
    return this.#heldAt;
  }

  get heldFor(): HoldReason {
    return this.#heldFor;
  }

  /** Takes an element's timestamp into the timestamp of its group's pane. */
  noteTime(id: number, time: EventTime): void {
    let times = this.#times;
    if (times === undefined || id >= times.length) {
      times = new Float64Array(Math.max(16, id * 2)).fill(NaN);
      if (this.#times !== undefined) times.set(this.#times);
      this.#times = times;
    }
    // NaN is not.
    if (!(times[id]! <= time)) times[id] = time;
  }

  /** Timestamp of the group's pane: the earliest of its elements, never beyond the window (ACC-4). */
  timeOf(id: number): EventTime {
    const time = this.#times?.[id] ?? NaN;
    return time <= this.maxTimestamp ? (time as EventTime) : this.maxTimestamp;
  }

  /** The earliest time that was noted for a group, NaN if none was. */
  earliestOf(id: number): number {
    return this.#times?.[id] ?? NaN;
  }

  /** The group of a key; a new one has room for a value of `room` bytes. */
  groupOf(source: DataView, keyStart: number, keyEnd: number, room: number, hash: number): number {
    let id = this.table.find(source, keyStart, keyEnd, hash);
    if (id < 0) {
      id = this.buffer.create(source, keyStart, keyEnd, room);
      this.table.insert(hash, id);
    }
    return id;
  }

  /** Takes back what was in parts; `hash` is that of the key in this table. */
  addRecord({ view, start, keyEnd, end, count, time }: GroupRecord, hash: number): void {
    const { buffer } = this;
    const id = this.groupOf(view, start, keyEnd, end - keyEnd, hash);
    buffer.appendRun(id, view, keyEnd, end, count);
    buffer.setMark(id, FRESH);
    if (!Number.isNaN(time)) this.noteTime(id, time as EventTime);
  }

  /** Forgets all groups; their memory is used again. */
  reset(): void {
    this.buffer.reset();
    this.table = new GroupTable(this.buffer);
    this.#times?.fill(NaN);
  }

  /** From now on what arrives goes to `parts`, which have all groups already. */
  startParts(parts: GroupParts): void {
    this.parts = parts;
    this.buffer = new GroupBuffer();
    this.table = new GroupTable(this.buffer);
    this.#times = undefined;
  }

  clearTime(id: number): void {
    if (this.#times !== undefined && id < this.#times.length) this.#times[id] = NaN;
  }

  /** Frees the values but keeps what later panes need: keys and pane counters. */
  dropValues(): void {
    if (this.buffer.isSmall) return;
    this.buffer = this.buffer.withoutValues();
    this.table.buffer = this.buffer;
  }
}

keepShape(new WindowGroups(new Uint8Array(0), TIMESTAMP_MIN, TIMESTAMP_MIN, false));
