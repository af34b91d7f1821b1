import type { EventTime } from '#portability/model/time.js';
import { keepShape } from '#portability/wire/kept-shapes.js';

/** A binary heap of things by time, the least first; things of equal time in no particular order. */
export class TimeHeap<T> {
  readonly #times: EventTime[] = [];
  readonly #items: T[] = [];

  get size(): number {
    return this.#times.length;
  }

  /** The least time, if there is any. */
  get least(): EventTime | undefined {
    return this.#times[0];
  }

  /** The thing of the least time. */
  peek(): T | undefined {
    return this.#items[0];
  }

  /** All of them, in no particular order. */
  *entries(): Generator<readonly [time: EventTime, item: T]> {
    for (let i = 0; i < this.#times.length; i++) yield [this.#times[i]!, this.#items[i]!];
  }

  push(time: EventTime, item: T): void {
    let at = this.#times.length;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (this.#times[parent]! <= time) break;
      this.#move(parent, at);
      at = parent;
    }
    this.#times[at] = time;
    this.#items[at] = item;
  }

  /** Removes and returns the thing of the least time. */
  pop(): T | undefined {
    const first = this.#items[0];
    const time = this.#times.pop();
    const item = this.#items.pop();
    if (time === undefined || this.#times.length === 0) return first;
    this.#sink(time, item as T);
    return first;
  }

  #sink(time: EventTime, item: T): void {
    const n = this.#times.length;
    let at = 0;
    for (let child = 1; child < n; child = 2 * at + 1) {
      if (child + 1 < n && this.#times[child + 1]! < this.#times[child]!) child++;
      if (this.#times[child]! >= time) break;
      this.#move(child, at);
      at = child;
    }
    this.#times[at] = time;
    this.#items[at] = item;
  }

  #move(from: number, to: number): void {
    this.#times[to] = this.#times[from]!;
    this.#items[to] = this.#items[from]!;
  }
}

keepShape(new TimeHeap());
