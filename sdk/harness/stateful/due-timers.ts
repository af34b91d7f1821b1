import type { TimeDomain } from '#portability/model/transform-spec.js';
import type { Window } from '#portability/model/windows.js';
import type { LocatedKey } from './key-scope.js';
import type { TimerSetting } from './timer-output.js';

/** A timer that was set in this bundle and fires in it. */
export interface DueTimer extends TimerSetting {
  readonly id: string;
  readonly domain: TimeDomain;
  readonly family: string;
  readonly tag: string;
  readonly located: LocatedKey;
  readonly window: Window;
  readonly windowBytes: Uint8Array;
  /** Counts up with each setting. */
  readonly order: number;
}

/** Timers that fire in the bundle that set them, in the order of TMR-4: by domain, time and setting. */
export class DueTimers {
  readonly #heap: DueTimer[] = [];
  /** One timer per identity; what is in the heap and not here was replaced or cleared. */
  readonly #byId = new Map<string, DueTimer>();

  get size(): number {
    return this.#byId.size;
  }

  set(timer: DueTimer): void {
    this.#byId.set(timer.id, timer);
    const heap = this.#heap;
    let at = heap.length;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (isBefore(heap[parent]!, timer)) break;
      heap[at] = heap[parent]!;
      at = parent;
    }
    heap[at] = timer;
  }

  clear(id: string): void {
    this.#byId.delete(id);
  }

  peek(): DueTimer | undefined {
    for (let first = this.#heap[0]; first !== undefined; first = this.#heap[0]) {
      if (this.#byId.get(first.id) === first) return first;
      this.#pop();
    }
    return undefined;
  }

  /** Takes the first timer out. */
  shift(): DueTimer | undefined {
    const first = this.peek();
    if (first === undefined) return undefined;
    this.#byId.delete(first.id);
    this.#pop();
    return first;
  }

  /** All that are left, in order. */
  *rest(): IterableIterator<DueTimer> {
    for (let first = this.shift(); first !== undefined; first = this.shift()) yield first;
  }

  #pop(): void {
    const heap = this.#heap;
    const last = heap.pop()!;
    const n = heap.length;
    if (n === 0) return;
    let at = 0;
    for (let child = 1; child < n; child = 2 * at + 1) {
      if (child + 1 < n && isBefore(heap[child + 1]!, heap[child]!)) child++;
      if (isBefore(last, heap[child]!)) break;
      heap[at] = heap[child]!;
      at = child;
    }
    heap[at] = last;
  }
}

function isBefore(a: DueTimer, b: DueTimer): boolean {
  if (a.domain !== b.domain) return a.domain === 'event-time';
  return a.fire < b.fire || (a.fire === b.fire && a.order < b.order);
}
