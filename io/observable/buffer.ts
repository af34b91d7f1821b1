import { StrahlError } from '#portability/errors.js';
import type { Feed } from '../files/input/replay.js';

/**
 * What happens when a buffer is full and the next element comes.
 *
 * @example
 * ```ts
 * import type { Overflow } from 'strahl/io/observable';
 * const whenFull: Overflow = 'drop-newest';
 * ```
 */
export type Overflow = 'error' | 'drop-oldest' | 'drop-newest';

/**
 * Elements on their way from something that pushes to something that pulls.
 *
 *   Q1. Never more than `capacity` elements wait.
 *   Q2. What was pushed before an end or an error is pulled before it.
 */
export class Buffer<T> implements Feed<readonly T[]> {
  readonly #capacity: number;
  readonly #overflow: Overflow;
  readonly #onClose: () => void;
  #waiting: T[] = [];
  #end: { readonly error?: unknown } | undefined;
  #wake: (() => void) | undefined;
  /** Elements left out so far. */
  dropped = 0;

  constructor(capacity: number, overflow: Overflow, onClose: () => void) {
    this.#capacity = capacity;
    this.#overflow = overflow;
    this.#onClose = onClose;
  }

  push(element: T): void {
    if (this.#end !== undefined) return;
    if (this.#waiting.length < this.#capacity) this.#waiting.push(element);
    else if (this.#overflow === 'error') this.end({ error: overflowed(this.#capacity) });
    else {
      this.dropped++;
      if (this.#overflow === 'drop-oldest') {
        this.#waiting.shift();
        this.#waiting.push(element);
      }
    }
    this.#notify();
  }

  end(end: { readonly error?: unknown }): void {
    this.#end ??= end;
    this.#notify();
  }

  lengthOf(elements: readonly T[]): number {
    return elements.length;
  }

  async next(): Promise<readonly T[] | undefined> {
    while (this.#waiting.length === 0) {
      if (this.#end !== undefined) {
        if ('error' in this.#end) throw this.#end.error;
        return undefined;
      }
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
    const elements = this.#waiting;
    this.#waiting = [];
    return elements;
  }

  close(): void {
    this.end({});
    this.#onClose();
  }

  #notify(): void {
    this.#wake?.();
    this.#wake = undefined;
  }
}

function overflowed(capacity: number): StrahlError {
  return new StrahlError('limitExceeded', {
    title: `an Observable emitted more than ${String(capacity)} elements faster than they were read`,
    why: 'an Observable cannot be asked to wait',
    fix: "raise capacity, choose overflow: 'drop-oldest' or 'drop-newest', or read an iterable instead",
  });
}
