import type { ProcessingTime } from '#portability/model/time.js';
import type { Clock, Env } from './env.js';
import { TimeHeap } from './time/time-heap.js';

/** A world of its own: time moves only when somebody sleeps, chance comes from one seed. */
export class SimulatedEnv implements Env, Clock {
  readonly clock: Clock = this;
  #now: number;
  #state: number;
  #ids = 0;
  readonly #sleepers = new TimeHeap<() => void>();

  constructor(options: { readonly seed?: number; readonly now?: number } = {}) {
    this.#state = (options.seed ?? 1) | 0;
    this.#now = options.now ?? 0;
  }

  now(): ProcessingTime {
    return this.#now as ProcessingTime;
  }

  monotonic(): number {
    return this.#now;
  }

  /** Moves the clock and wakes whoever slept until then. */
  advanceTo(t: ProcessingTime): void {
    if (t > this.#now) this.#now = t;
    while (this.#sleepers.size > 0 && this.#sleepers.least! <= this.#now) this.#sleepers.pop()!();
  }

  sleepUntil(t: ProcessingTime, signal: AbortSignal): Promise<void> {
    if (t <= this.#now || signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      signal.addEventListener('abort', () => resolve(), { once: true });
      this.#sleepers.push(t as number as never, resolve);
      void this.#pass(t, signal);
    });
  }

  random(): number {
    this.#state = nextState(this.#state);
    return (this.#state >>> 0) / 2 ** 32;
  }

  id(prefix: string): string {
    return `${prefix}-${String(this.#ids++)}`;
  }

  yield(): Promise<void> {
    return Promise.resolve();
  }

  /** Time passes from sleeper to sleeper; each has a turn before the next is woken. */
  async #pass(t: ProcessingTime, signal: AbortSignal): Promise<void> {
    while (this.#now < t) {
      await Promise.resolve();
      if (signal.aborted) return;
      const next = this.#sleepers.least ?? t;
      this.advanceTo(Math.min(next, t) as ProcessingTime);
    }
  }
}

function nextState(state: number): number {
  let x = state === 0 ? 0x9e3779b9 : state;
  x ^= x << 13;
  x ^= x >>> 17;
  x ^= x << 5;
  return x | 0;
}
