import { IntColumn, TimeColumn } from '../state/columns.js';

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
  readonly fire: TimeColumn = new TimeColumn();
  readonly hold: TimeColumn = new TimeColumn();
  readonly queued: TimeColumn = new TimeColumn();
  readonly place: IntColumn = new IntColumn();
  readonly kind: IntColumn = new IntColumn();
  readonly tag: IntColumn = new IntColumn();
  readonly order: IntColumn = new IntColumn();
  readonly next: IntColumn = new IntColumn();
  #created = 0;
  /** First free row + 1; free rows are linked by `next`. */
  #free = 0;

  get heldBytes(): number {
    const { fire, hold, queued, place, kind, tag, order, next } = this;
    return [fire, hold, queued, place, kind, tag, order, next].reduce(
      (sum, column) => sum + column.heldBytes,
      0,
    );
  }

  take(): number {
    this.size++;
    const free = this.#free;
    if (free > 0) {
      this.#free = this.next.get(free - 1);
      return free - 1;
    }
    const made = this.#created++;
    const { fire, hold, queued, place, kind, tag, order, next } = this;
    for (const column of [fire, hold, queued, place, kind, tag, order, next]) column.reach(made);
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
