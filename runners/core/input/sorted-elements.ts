import type { EventTime } from '#portability/model/time.js';
import { INDEX_STRIDE, type Frame } from '#portability/wire/frames.js';
import { ByteWriter } from '#portability/wire/writer.js';
import type { Edge } from '../plan/plan.js';
import { TimeQueue } from '../timers/time-queue.js';
import { copyOf, endOf, indexOf, timestampAt } from './frame-scan.js';
import type { PendingFrame, TakeLimits } from './pending.js';

/**
 * Elements that wait to be given on in the order of their times (SRT-1), those of equal time in the order
 * in which they came.
 */
export class SortedElements {
  bytes = 0;
  readonly #queue = new TimeQueue();
  /** By number: the encoded element. Its numbers are used again. */
  readonly #elements: (Uint8Array | undefined)[] = [];
  readonly #free: number[] = [];
  #edge: Edge | undefined;
  #order = 0;

  get size(): number {
    return this.#queue.size;
  }

  /** Least timestamp of what waits; +∞ if nothing does. */
  get least(): EventTime {
    return this.#queue.leastTime as EventTime;
  }

  /** Adds the elements of a frame but those that `isLate`; answers how many these were. */
  add(edge: Edge, frame: Frame, isLate: (time: EventTime) => boolean): number {
    const index = indexOf(frame, edge);
    this.#edge = edge;
    let late = 0;
    for (let i = 0; i < index.length; i += INDEX_STRIDE) {
      const start = index[i]!;
      const time = timestampAt(frame.bytes, start);
      if (isLate(time)) late++;
      else this.#keep(time, frame.bytes.subarray(start, endOf(frame, index, i)));
    }
    return late;
  }

  /** Takes elements in order, as long as `isDue`. */
  take(limits: TakeLimits, isDue: (time: EventTime) => boolean): readonly PendingFrame[] {
    const out = new ByteWriter(1024);
    const minTimestamp = this.least;
    let count = 0;
    while (this.size > 0 && isDue(this.least) && count < limits.elements) {
      if (out.pos >= limits.bytes) break;
      const number = this.#queue.leastItem;
      const element = this.#elements[number]!;
      out.raw(element);
      this.bytes -= element.length;
      this.#elements[number] = undefined;
      this.#free.push(number);
      this.#queue.pop();
      count++;
    }
    if (count === 0) return [];
    return [{ edge: this.#edge!, frame: { bytes: out.toBytes(), count, minTimestamp } }];
  }

  #keep(time: EventTime, element: Uint8Array): void {
    const number = this.#free.pop() ?? this.#elements.length;
    // A copy: the rest of the frame shall not stay because of one element.
    this.#elements[number] = copyOf(element, 0, element.length);
    this.#queue.push(time, this.#order++, number);
    this.bytes += element.length;
  }
}
