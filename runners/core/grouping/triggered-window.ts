import { TIMESTAMP_MIN, type EventTime } from '#portability/model/time.js';
import { keepShape } from '#portability/wire/kept-shapes.js';
import type { TriggerMachine } from '../triggers/trigger-machine.js';
import { LazyTimes } from '../time/lazy-times.js';
import { HOLDS, HOLDS_END, HOLDS_EXPIRY } from './group-flags.js';
import type { GroupBuffer } from './group-buffer.js';
import { GroupStates, TIME } from './group-states.js';
import type { GroupTable } from './group-table.js';
import { giveTable, NO_GROUPS, takeTable } from './spare-tables.js';

const NONE = Infinity;
/** A window's slot and a group's number in one number. */
export const GROUPS_PER_SLOT: number = 2 ** 32;

/**
 * The groups of one window that does not merge, under a trigger. They live and die together.
 *
 *   V1. Until its end is passed and every group was asked, the window itself holds at its end (WM-7):
 *       a group that owes a pane at the end is not counted before.
 *   V2. Afterwards the groups that still hold are counted, by where they hold.
 */
export class TriggeredWindow {
  /** The encoded window; identity of windows is equality of these bytes (WIN-8). */
  readonly bytes: Uint8Array;
  readonly maxTimestamp: EventTime;
  /** When the window is collected. */
  readonly expiry: EventTime;
  /** Expired when first seen: never holds anything. */
  readonly expired: boolean;
  buffer: GroupBuffer;
  table: GroupTable;
  states!: GroupStates;
  /** Number among the windows that hold; used again once this one is gone. */
  slot = -1;
  /** The watermark has passed the end and every group was asked. */
  ended = false;
  /** A firing of the whole window is due. */
  due = false;
  /** Groups with arrivals in this bundle. */
  touched: number[] = [];
  #holdingEnd = 0;
  #holdingExpiry = 0;
  /** Holds of single groups, where the timestamps of elements are kept. */
  #groupHolds: LazyTimes | undefined;

  constructor(bytes: Uint8Array, maxTimestamp: EventTime, expiry: EventTime, expired: boolean) {
    this.bytes = bytes;
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

  /** `keepsTimes`: panes are stamped with times of their elements, which hold until then. */
  open(slot: number, machine: TriggerMachine, ended: boolean, keepsTimes: boolean): void {
    this.slot = slot;
    this.ended = ended;
    this.states = new GroupStates(machine);
    if (keepsTimes) this.#groupHolds = new LazyTimes((id) => this.#groupHold(id));
  }

  get heldBytes(): number {
    const { buffer, table, states } = this;
    return (
      buffer.heldBytes + table.heldBytes + states.heldBytes + (this.#groupHolds?.heldBytes ?? 0)
    );
  }

  /** Where the window holds; Infinity if it does not. */
  get heldAt(): number {
    const group = this.#groupHolds?.least() ?? NONE;
    if (!this.ended || this.#holdingEnd > 0) return Math.min(group, this.maxTimestamp);
    return Math.min(group, this.#holdingExpiry > 0 ? this.expiry : NONE);
  }

  /** The group that holds, if it is known without looking at all of them. */
  get holdingGroup(): number | undefined {
    const least = this.#groupHolds?.least();
    return least !== undefined && least === this.heldAt ? this.#groupHolds?.leastId : undefined;
  }

  /** A group's flags are now `after`: holds are counted (V2). */
  noteFlags(id: number, before: number, after: number): void {
    const changed = before ^ after;
    if ((changed & HOLDS_EXPIRY) !== 0)
      this.#holdingExpiry += (after & HOLDS_EXPIRY) !== 0 ? 1 : -1;
    if ((changed & HOLDS_END) !== 0) this.#holdingEnd += (after & HOLDS_END) !== 0 ? 1 : -1;
    if ((after & HOLDS) !== 0) this.#groupHolds?.note(id, this.#timeOf(id));
    this.buffer.setMark(id, after);
  }

  /** Frees the values but keeps what later panes need: keys and flags. */
  dropValues(): void {
    if (this.buffer.isSmall) return;
    this.buffer = this.buffer.withoutValues();
    this.table.buffer = this.buffer;
  }

  #groupHold(id: number): number {
    return (this.buffer.markOf(id) & HOLDS) === 0 ? NONE : this.#timeOf(id);
  }

  #timeOf(id: number): number {
    const time = this.states.cells(id)[this.states.at(id) + TIME]!;
    return time < this.maxTimestamp ? time : this.maxTimestamp;
  }
}

keepShape(new TriggeredWindow(new Uint8Array(0), TIMESTAMP_MIN, TIMESTAMP_MIN, false));
