import type { TimerRecords } from './timer-records.js';

const FIRST_ENTRIES = 128;
const NUMBERS = 5;
const TIMES = 2;
const MADE = 0;
const CHANGED = 1;
const REMOVED = 2;

/** How a timer was before a bundle touched it. */
export interface TimerBefore {
  /** Of a timer that was made or changed. */
  readonly row: number;
  /** Of a timer that was removed. */
  readonly place: number;
  readonly tag: Uint8Array;
  readonly kind: number;
  readonly order: number;
  readonly fire: number;
  readonly hold: number;
}

/** What a bundle did to timers, in order, so that it can be taken back in reverse. One serves bundle after bundle. */
export class TimerJournal {
  size = 0;
  /** Per entry: what was done, row or place, kind, order, and the number of a tag + 1. */
  #numbers = new Int32Array(FIRST_ENTRIES * NUMBERS);
  /** Per entry: fire time and hold. */
  #times = new Float64Array(FIRST_ENTRIES * TIMES);
  readonly #tags: Uint8Array[] = [];

  clear(): void {
    this.size = 0;
    this.#tags.length = 0;
  }

  made(row: number): void {
    this.#add(MADE, row, 0, 0, 0, 0, 0);
  }

  changed(row: number, { kind, order, fire, hold }: TimerRecords): void {
    this.#add(CHANGED, row, kind.get(row), order.get(row), 0, fire.get(row), hold.get(row));
  }

  removed(row: number, records: TimerRecords, tag: Uint8Array): void {
    const { kind, order, fire, hold } = records;
    const place = records.place.get(row);
    const number = tag.length === 0 ? 0 : this.#tags.push(tag);
    this.#add(REMOVED, place, kind.get(row), order.get(row), number, fire.get(row), hold.get(row));
  }

  /** Calls one of three functions per entry, the last entry first. */
  backwards(undo: {
    made(row: number): void;
    changed(before: TimerBefore): void;
    removed(before: TimerBefore): void;
  }): void {
    for (let i = this.size - 1; i >= 0; i--) {
      const at = i * NUMBERS;
      const row = this.#numbers[at + 1]!;
      if (this.#numbers[at] === MADE) {
        undo.made(row);
        continue;
      }
      const before = {
        row,
        place: row,
        kind: this.#numbers[at + 2]!,
        order: this.#numbers[at + 3]!,
        tag: this.#tags[this.#numbers[at + 4]! - 1] ?? NO_TAG,
        fire: this.#times[i * TIMES]!,
        hold: this.#times[i * TIMES + 1]!,
      };
      if (this.#numbers[at] === CHANGED) undo.changed(before);
      else undo.removed(before);
    }
  }

  #add(
    what: number,
    row: number,
    kind: number,
    order: number,
    tag: number,
    fire: number,
    hold: number,
  ): void {
    const at = this.size * NUMBERS;
    if (at === this.#numbers.length) this.#grow();
    const numbers = this.#numbers;
    numbers[at] = what;
    numbers[at + 1] = row;
    numbers[at + 2] = kind;
    numbers[at + 3] = order;
    numbers[at + 4] = tag;
    this.#times[this.size * TIMES] = fire;
    this.#times[this.size * TIMES + 1] = hold;
    this.size++;
  }

  #grow(): void {
    const numbers = new Int32Array(this.#numbers.length * 2);
    const times = new Float64Array(this.#times.length * 2);
    numbers.set(this.#numbers);
    times.set(this.#times);
    this.#numbers = numbers;
    this.#times = times;
  }
}

const NO_TAG: Uint8Array = new Uint8Array(0);
