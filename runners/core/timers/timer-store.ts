import { StrahlError } from '#portability/errors.js';
import type { TimeDomain } from '#portability/model/transform-spec.js';
import { hashBytes } from '#portability/wire/frames.js';
import { keepShape } from '#portability/wire/kept-shapes.js';
import { IntColumn } from '../state/columns.js';
import { SlotTable } from '../state/slot-table.js';
import { DueRows, MANY_ROWS } from './due-rows.js';
import { TimerHolds } from './timer-holds.js';
import { TimerQueues } from './timer-queues.js';
import type { TimerBefore, TimerJournal } from './timer-journal.js';
import type { TimerSetting } from './timer-setting.js';
import {
  FIRE,
  HOLD,
  KIND,
  NEXT,
  ORDER,
  PLACE,
  QUEUED,
  TAG,
  TimerRecords,
} from './timer-records.js';

const FAMILY_BITS = 12;
const FAMILY_MASK = (1 << FAMILY_BITS) - 1;

/**
 * The timers of a stage, by place, family and tag.
 *
 *   M1. One timer per place, family and tag; setting it again replaces it (TMR-1).
 *   M2. A queue may hold entries that are too early, or that no timer stands behind: a timer that is set
 *       to a later time keeps its entry, and is entered anew when that comes up. `first` looks past them.
 */
export class TimerStore {
  readonly records: TimerRecords = new TimerRecords();
  readonly holds: TimerHolds;
  readonly #domains: readonly TimeDomain[];
  /** By place: the first timer without a tag + 1. */
  readonly #first = new IntColumn();
  readonly #tags = new SlotTable();
  /** By slot of `#tags`. */
  readonly #tagged = new IntColumn();
  readonly #queues: TimerQueues;
  readonly #due = new DueRows();
  #order = 0;

  /** `domains` by the number of the family; `endOf` tells the last timestamp of the window of a place. */
  constructor(domains: readonly TimeDomain[], endOf: (place: number) => number) {
    if (domains.length > FAMILY_MASK) {
      throw new StrahlError('unsupportedFeature', {
        title: `a step has ${String(domains.length)} timer families`,
        fix: 'use one family with dynamic tags',
      });
    }
    this.#domains = domains;
    this.#queues = new TimerQueues(this.records, (row) => domains[this.familyOf(row)]!);
    this.holds = new TimerHolds(this.records, this.#queues, endOf);
  }

  get heldBytes(): number {
    const { records } = this;
    const queued = this.#queues.heldBytes + this.holds.heldBytes;
    return records.heldBytes + this.#first.heldBytes + this.#tags.heldBytes + queued;
  }

  /** Sets the timer of `place`, `family` and the tag `source[start, end)`. */
  set(
    place: number,
    family: number,
    source: Uint8Array,
    start: number,
    end: number,
    setting: Readonly<TimerSetting>,
    journal?: TimerJournal,
  ): void {
    const { records } = this;
    let row = this.#find(place, family, source, start, end);
    if (row >= 0) journal?.changed(row, records);
    else {
      row = this.#add(place, family, source, start, end);
      journal?.made(row);
    }
    const kind = family | (setting.pane << FAMILY_BITS);
    this.#write(row, kind, this.#order++, setting.fire, setting.hold);
  }

  #write(row: number, kind: number, order: number, fire: number, hold: number): void {
    const { records } = this;
    const numbers = records.numbers(row);
    const n = records.numbersAt(row);
    numbers[n + KIND] = kind;
    numbers[n + ORDER] = order;
    const times = records.times(row);
    const t = records.timesAt(row);
    times[t + FIRE] = fire;
    times[t + HOLD] = hold;
    const domain = this.#domains[kind & FAMILY_MASK]!;
    // M2: NaN compares false, so a timer without an entry gets one.
    if (!(times[t + QUEUED]! <= fire)) this.#queues.add(row, domain);
    this.holds.note(row, numbers[n + PLACE]!, domain, fire, hold);
  }

  clear(
    place: number,
    family: number,
    source: Uint8Array,
    start: number,
    end: number,
    journal?: TimerJournal,
  ): void {
    const row = this.#find(place, family, source, start, end);
    if (row < 0) return;
    journal?.removed(row, this.records, this.tagOf(row));
    this.remove(row);
  }

  /** Undoes what was journalled. Free rows are taken last in, first out, so timers get their rows again. */
  takeBack(journal: TimerJournal): void {
    journal.backwards({
      made: (row) => {
        this.remove(row);
      },
      changed: (before) => {
        this.#restore(before.row, before);
      },
      removed: (before) => {
        const { place, kind, tag } = before;
        this.#restore(this.#add(place, kind & FAMILY_MASK, tag, 0, tag.length), before);
      },
    });
  }

  #restore(row: number, { kind, order, fire, hold }: TimerBefore): void {
    this.#write(row, kind, order, fire, hold);
  }

  /** Forgets a timer: it was cleared, or it fires. */
  remove(row: number): void {
    const { records } = this;
    const numbers = records.numbers(row);
    const at = records.numbersAt(row);
    const place = numbers[at + PLACE]!;
    const tag = numbers[at + TAG]!;
    const domain = this.#domains[numbers[at + KIND]! & FAMILY_MASK]!;
    if (tag >= 0) this.#tags.remove(tag);
    else this.#unlink(place, row);
    records.give(row);
    this.#queues.forgot(domain);
  }

  /** Forgets all timers of a place. */
  removeAll(place: number): void {
    this.#first.reach(place);
    for (let row = this.#first.get(place); row > 0; row = this.#first.get(place)) {
      this.remove(row - 1);
    }
    for (let family = 0; family < this.#domains.length; family++) {
      const owner = this.#owner(place, family);
      for (let tag = this.#tags.first(owner); tag >= 0; tag = this.#tags.first(owner)) {
        this.remove(this.#tagged.get(tag));
      }
    }
  }

  has(place: number): boolean {
    if (this.#first.peek(place) > 0) return true;
    if (this.#tags.size === 0) return false;
    return this.#domains.some((_, family) => this.#tags.first(this.#owner(place, family)) >= 0);
  }

  /** Calls `visit` with each timer of a place; it may not change them. */
  forEachOf(place: number, visit: (row: number) => void): void {
    this.#first.reach(place);
    for (let row = this.#first.get(place) - 1; row >= 0; row = this.records.nextOf(row) - 1) {
      visit(row);
    }
    for (let family = 0; family < this.#domains.length; family++) {
      const first = this.#tags.first(this.#owner(place, family));
      for (let tag = first; tag >= 0; tag = this.#tags.next(tag)) visit(this.#tagged.get(tag));
    }
  }

  /** The timer that fires first, or −1. */
  first(domain: TimeDomain): number {
    return this.#queues.first(domain);
  }

  /** When the first timer fires; +∞ if there is none. */
  leastFire(domain: TimeDomain): number {
    const row = this.first(domain);
    return row < 0 ? Infinity : this.records.fireOf(row);
  }

  /**
   * Takes entries that are due out of a long queue, if the timers of a place need no order: all or the first `most`. A
   * timer behind one of them may have been set to a later time: `isStillDue`. Timers of a short queue are taken one by
   * one, so that they fire in the order of their times whatever their keys.
   */
  takeDue(domain: TimeDomain, isDue: (time: number) => boolean, most: number): DueRows | undefined {
    const queue = this.#queues.of(domain);
    if (queue.size < MANY_ROWS || this.#domains.length > 1 || this.#tags.size > 0) return undefined;
    this.#due.takeFrom(queue, isDue, most);
    return this.#due;
  }

  /** Whether the timer of an entry that was taken is due; if it was set to a later time it is entered anew. */
  isStillDue(row: number, isDue: (time: number) => boolean): boolean {
    const times = this.records.times(row);
    const at = this.records.timesAt(row);
    // Of a timer that is gone NaN, of one that was made since the time of its own entry.
    if (!isDue(times[at + QUEUED]!)) return false;
    if (isDue(times[at + FIRE]!)) return true;
    this.#queues.add(row, this.#domains[this.familyOf(row)]!);
    return false;
  }

  familyOf(row: number): number {
    return this.#kindOf(row) & FAMILY_MASK;
  }

  paneOf(row: number): number {
    return this.#kindOf(row) >>> FAMILY_BITS;
  }

  #kindOf(row: number): number {
    return this.records.numbers(row)[this.records.numbersAt(row) + KIND]!;
  }

  /** The dynamic tag of a timer; empty without one. */
  tagOf(row: number): Uint8Array {
    const tag = this.records.numbers(row)[this.records.numbersAt(row) + TAG]!;
    return tag < 0 ? NO_TAG : this.#tags.keyOf(tag);
  }

  #find(place: number, family: number, source: Uint8Array, start: number, end: number): number {
    if (start !== end) {
      const hash = hashBytes(source, start, end);
      const tag = this.#tags.find(this.#owner(place, family), source, start, end, hash);
      return tag < 0 ? -1 : this.#tagged.get(tag);
    }
    let row = this.#first.peek(place) - 1;
    if (this.#domains.length === 1) return row;
    while (row >= 0 && this.familyOf(row) !== family) row = this.records.nextOf(row) - 1;
    return row;
  }

  #add(place: number, family: number, source: Uint8Array, start: number, end: number): number {
    const { records } = this;
    const row = records.take();
    const numbers = records.numbers(row);
    const at = records.numbersAt(row);
    numbers[at + PLACE] = place;
    records.times(row)[records.timesAt(row) + QUEUED] = NaN;
    if (start === end) {
      numbers[at + TAG] = -1;
      this.#first.reach(place);
      numbers[at + NEXT] = this.#first.get(place);
      this.#first.set(place, row + 1);
    } else {
      const hash = hashBytes(source, start, end);
      const tag = this.#tags.insert(this.#owner(place, family), source, start, end, hash);
      this.#tagged.reach(tag);
      this.#tagged.set(tag, row);
      numbers[at + TAG] = tag;
    }
    this.#queues.expect(this.#domains[family]!);
    return row;
  }

  #unlink(place: number, row: number): void {
    const { records } = this;
    const next = records.nextOf(row);
    const first = this.#first.get(place) - 1;
    if (first === row) {
      this.#first.set(place, next);
      return;
    }
    let before = first;
    while (records.nextOf(before) - 1 !== row) before = records.nextOf(before) - 1;
    records.numbers(before)[records.numbersAt(before) + NEXT] = next;
  }

  #owner(place: number, family: number): number {
    return place * this.#domains.length + family;
  }
}

const NO_TAG: Uint8Array = new Uint8Array(0);

keepShape(new TimerStore([], () => 0));
