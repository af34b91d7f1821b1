import { IntColumn, IntField, TimeColumn, TimeField } from '../state/columns.js';

/** Times and other numbers per timer. */
const TIMES = 3;
const NUMBERS = 5;

/**
 * Timers as rows of numbers, 44 bytes each; the columns are those of one timer of a stage.
 *
 *   fire    when it fires
 *   hold    output timestamp, NaN if it holds nothing
 *   queued  the time of its live entry in a queue, NaN if there is none
 *   place   number of its key and window
 *   kind    family, and above it the number of its pane
 *   tag     slot of its dynamic tag, −1 without one
 *   order   counts up with each setting
 *   next    of the timers of its place without a tag
 */
export class TimerRecords {
  /** Timers that are set. */
  size = 0;
  readonly #times = new TimeColumn();
  readonly #numbers = new IntColumn();
  readonly fire: TimeField = new TimeField(this.#times, TIMES, 0);
  readonly hold: TimeField = new TimeField(this.#times, TIMES, 1);
  readonly queued: TimeField = new TimeField(this.#times, TIMES, 2);
  readonly place: IntField = new IntField(this.#numbers, NUMBERS, 0);
  readonly kind: IntField = new IntField(this.#numbers, NUMBERS, 1);
  readonly tag: IntField = new IntField(this.#numbers, NUMBERS, 2);
  readonly order: IntField = new IntField(this.#numbers, NUMBERS, 3);
  readonly next: IntField = new IntField(this.#numbers, NUMBERS, 4);
  #created = 0;
  /** First free row + 1; free rows are linked by `next`. */
  #free = 0;

  get heldBytes(): number {
    return this.#times.heldBytes + this.#numbers.heldBytes;
  }

  take(): number {
    this.size++;
    const free = this.#free;
    if (free > 0) {
      this.#free = this.next.get(free - 1);
      return free - 1;
    }
    const made = this.#created++;
    this.#times.reach((made + 1) * TIMES);
    this.#numbers.reach((made + 1) * NUMBERS);
    return made;
  }

  give(row: number): void {
    this.size--;
    this.queued.set(row, NaN);
    this.hold.set(row, NaN);
    this.fire.set(row, NaN);
    this.next.set(row, this.#free);
    this.#free = row + 1;
  }
}
