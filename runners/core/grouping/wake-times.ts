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

  /** The first of them, on the clock and on synchronized time. */
  get first(): FirstWakes {
    return { clock: this.#clock.least, synchronized: this.#synchronized.least };
  }

  /** The first time on the clock at which something may be due. */
  resumeAt(upstream: ProcessingTime | undefined): ProcessingTime | undefined {
    return resumeAt(this.first, upstream);
  }

  /** All of them by group: a time, and 1 where it is synchronized, else 0. */
  byGroup(): ReadonlyMap<number, readonly number[]> {
    const all = new Map<number, number[]>();
    const heaps = [this.#clock, this.#synchronized];
    for (const [isSynchronized, heap] of heaps.entries()) {
      for (const [time, group] of heap.entries()) {
        const known = all.get(group);
        if (known === undefined) all.set(group, [time, isSynchronized]);
        else known.push(time, isSynchronized);
      }
    }
    return all;
  }

  /** Takes back what `byGroup` gave of a group. */
  restore(group: number, wakes: readonly number[]): void {
    for (let i = 0; i < wakes.length; i += 2)
      this.add(wakes[i] as ProcessingTime, group, wakes[i + 1] === 1);
  }
}

/** The first times at which triggers want to be asked again. */
export interface FirstWakes {
  readonly clock: number | undefined;
  readonly synchronized: number | undefined;
}

/** The first time on the clock at which something may be due. */
export function resumeAt(
  { clock, synchronized }: FirstWakes,
  upstream: ProcessingTime | undefined,
): ProcessingTime | undefined {
  let first = clock === undefined ? Infinity : clock + 1;
  // Synchronized time passes what is pending upstream only after that has happened: whoever does it says when.
  const isHeld = upstream !== undefined && synchronized !== undefined && upstream <= synchronized;
  if (synchronized !== undefined && !isHeld) first = Math.min(first, synchronized + 1);
  return first === Infinity ? undefined : (first as ProcessingTime);
}

function isBefore(heap: TimeHeap<number>, time: ProcessingTime): boolean {
  const { least } = heap;
  return least !== undefined && least < time;
}
