import { tableMemory } from '../state/table-memory.js';
import { FIRE, HOLD, KIND, ORDER, type TimerRecords } from './timer-records.js';

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
  #numbers: Int32Array = new Int32Array(FIRST_ENTRIES * NUMBERS);
  /** Per entry: fire time and hold. */
  #times: Float64Array = new Float64Array(FIRST_ENTRIES * TIMES);
  readonly #tags: Uint8Array[] = [];

  clear(): void {
    this.size = 0;
    this.#tags.length = 0;
  }

  made(row: number): void {
    this.#add(MADE, row, 0);
  }

  changed(row: number, records: TimerRecords): void {
    this.#add(CHANGED, row, 0);
    this.#copy(row, records);
  }

  removed(row: number, records: TimerRecords, tag: Uint8Array): void {
    const place = records.placeOf(row);
    this.#add(REMOVED, place, tag.length === 0 ? 0 : this.#tags.push(tag));
    this.#copy(row, records);
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

  #add(what: number, row: number, tag: number): void {
    const at = this.size * NUMBERS;
    if (at === this.#numbers.length) this.#grow();
    const numbers = this.#numbers;
    numbers[at] = what;
    numbers[at + 1] = row;
    numbers[at + 4] = tag;
    this.size++;
  }

  /** What the last entry has to bring back. */
  #copy(row: number, records: TimerRecords): void {
    const numbers = records.numbers(row);
    const n = records.numbersAt(row);
    const at = (this.size - 1) * NUMBERS;
    this.#numbers[at + 2] = numbers[n + KIND]!;
    this.#numbers[at + 3] = numbers[n + ORDER]!;
    const times = records.times(row);
    const t = records.timesAt(row);
    this.#times[(this.size - 1) * TIMES] = times[t + FIRE]!;
    this.#times[(this.size - 1) * TIMES + 1] = times[t + HOLD]!;
  }

  #grow(): void {
    const numbers = new Int32Array(tableMemory(this.#numbers.byteLength * 2));
    const times = new Float64Array(tableMemory(this.#times.byteLength * 2));
    numbers.set(this.#numbers);
    times.set(this.#times);
    this.#numbers = numbers;
    this.#times = times;
  }
}

const NO_TAG: Uint8Array = new Uint8Array(0);
