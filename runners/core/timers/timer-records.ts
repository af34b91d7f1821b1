import { tableMemory } from '../state/table-memory.js';

const BITS = 10;
const ROWS = 1 << BITS;
const MASK = ROWS - 1;
/** Of a record, times before numbers: what belongs to a timer is near each other in memory. */
const RECORD_BYTES = 48;
const TIME_STRIDE = RECORD_BYTES / 8;
const NUMBER_STRIDE = RECORD_BYTES / 4;

// Among the times of a record.
/** When it fires. */
export const FIRE = 0;
/** Output timestamp, NaN if it holds nothing. */
export const HOLD = 1;
/** The time of its live entry in a queue, NaN if there is none. */
export const QUEUED = 2;
// Among its numbers.
/** Number of its key and window. */
export const PLACE = 6;
/** Family, and above it the number of its pane. */
export const KIND = 7;
/** Slot of its dynamic tag, −1 without one. */
export const TAG = 8;
/** Counts up with each setting; an unsigned number. */
export const ORDER = 9;
/** Of the timers of its place without a tag; of those that are free the next one: row + 1. */
export const NEXT = 10;

/**
 * Timers as records of 48 bytes, by row. A record lies in one chunk: whoever reads several of its fields looks
 * for it once.
 */
export class TimerRecords {
  /** Timers that are set. */
  size = 0;
  readonly #times: Float64Array[] = [];
  readonly #numbers: Int32Array[] = [];
  #created = 0;
  /** First free row + 1; free rows are linked by `NEXT`. */
  #free = 0;

  get heldBytes(): number {
    return this.#times.length * ROWS * RECORD_BYTES;
  }

  /** The chunk in which the times of a timer begin at `timesAt(row)`. */
  times(row: number): Float64Array {
    return this.#times[row >>> BITS]!;
  }

  timesAt(row: number): number {
    return (row & MASK) * TIME_STRIDE;
  }

  /** The chunk in which the numbers of a timer begin at `numbersAt(row)`. */
  numbers(row: number): Int32Array {
    return this.#numbers[row >>> BITS]!;
  }

  numbersAt(row: number): number {
    return (row & MASK) * NUMBER_STRIDE;
  }

  fireOf(row: number): number {
    return this.times(row)[this.timesAt(row) + FIRE]!;
  }

  placeOf(row: number): number {
    return this.numbers(row)[this.numbersAt(row) + PLACE]!;
  }

  nextOf(row: number): number {
    return this.numbers(row)[this.numbersAt(row) + NEXT]!;
  }

  take(): number {
    this.size++;
    const free = this.#free;
    if (free > 0) {
      this.#free = this.nextOf(free - 1);
      return free - 1;
    }
    const made = this.#created++;
    if (made >>> BITS === this.#times.length) {
      const memory = tableMemory(ROWS * RECORD_BYTES);
      this.#times.push(new Float64Array(memory));
      this.#numbers.push(new Int32Array(memory));
    }
    return made;
  }

  give(row: number): void {
    this.size--;
    const times = this.times(row);
    const at = this.timesAt(row);
    times[at + QUEUED] = NaN;
    times[at + HOLD] = NaN;
    times[at + FIRE] = NaN;
    this.numbers(row)[this.numbersAt(row) + NEXT] = this.#free;
    this.#free = row + 1;
  }
}
