import type { EventTime, ProcessingTime } from '#portability/model/time.js';
import { TimeHeap } from '../time/time-heap.js';

/**
 * When triggers want to be asked again, on the clock and on synchronized time. A time is kept until it is
 * over, even if the group has fired or is gone: then it is asked in vain (MRG-4).
 */
export class WakeTimes {
  readonly #clock = new TimeHeap<number>();
  readonly #synchronized = new TimeHeap<number>();

  add(time: ProcessingTime, group: number, isSynchronized: boolean): void {
    const heap = isSynchronized ? this.#synchronized : this.#clock;
    // The heap only compares.
    heap.push(time as number as EventTime, group);
  }

  /** A group whose time is over, `undefined` if there is none. */
  takeDue(clock: ProcessingTime, synchronized: ProcessingTime): number | undefined {
    // Strictly: a trigger fires when its clock is beyond the time.
    if (isBefore(this.#clock, clock)) return this.#clock.pop();
    if (isBefore(this.#synchronized, synchronized)) return this.#synchronized.pop();
    return undefined;
  }

  /** The first time on the clock at which something may be due. */
  resumeAt(upstream: ProcessingTime | undefined): ProcessingTime | undefined {
    const onClock = this.#clock.least;
    const synchronized = this.#synchronized.least;
    let first = onClock === undefined ? Infinity : onClock + 1;
    if (synchronized !== undefined) {
      // Synchronized time passes what is pending upstream only after that has happened.
      first = Math.min(first, Math.max(synchronized + 1, upstream ?? -Infinity));
    }
    return first === Infinity ? undefined : (first as ProcessingTime);
  }
}

function isBefore(heap: TimeHeap<number>, time: ProcessingTime): boolean {
  const { least } = heap;
  return least !== undefined && least < time;
}
