import { tableMemory } from '../state/table-memory.js';

const FIRST_TIMERS = 64;
const NUMBERS = 3;
const TIMES = 2;

/**
 * The numbers of a batch of timers, by position. One serves batch after batch: to make a new one each time would
 * call the garbage collector.
 */
export class BatchMemory {
  #numbers: Int32Array = new Int32Array(0);
  #times: Float64Array = new Float64Array(0);

  set(i: number, place: number, family: number, pane: number, fire: number, hold: number): void {
    if (i * NUMBERS >= this.#numbers.length) this.#grow();
    const numbers = this.#numbers;
    numbers[i * NUMBERS] = place;
    numbers[i * NUMBERS + 1] = family;
    numbers[i * NUMBERS + 2] = pane;
    this.#times[i * TIMES] = fire;
    this.#times[i * TIMES + 1] = hold;
  }

  place(i: number): number {
    return this.#numbers[i * NUMBERS]!;
  }

  family(i: number): number {
    return this.#numbers[i * NUMBERS + 1]!;
  }

  pane(i: number): number {
    return this.#numbers[i * NUMBERS + 2]!;
  }

  fire(i: number): number {
    return this.#times[i * TIMES]!;
  }

  hold(i: number): number {
    return this.#times[i * TIMES + 1]!;
  }

  #grow(): void {
    const capacity = Math.max(FIRST_TIMERS, (2 * this.#numbers.length) / NUMBERS);
    const numbers = new Int32Array(tableMemory(capacity * NUMBERS * 4));
    const times = new Float64Array(tableMemory(capacity * TIMES * 8));
    numbers.set(this.#numbers);
    times.set(this.#times);
    this.#numbers = numbers;
    this.#times = times;
  }
}
