import type { MachineClock } from '../dofn/machine-clock.js';

/** A clock whose time passes only in `sleep`: the sleeper that is due first goes on first. */
export class ManualClock implements MachineClock {
  time = 0;
  readonly slept: number[] = [];
  #sleepers: { readonly due: number; readonly wake: () => void }[] = [];

  now(): number {
    return this.time;
  }

  random(): number {
    return 1;
  }

  sleep(ms: number, signal: AbortSignal): Promise<void> {
    this.slept.push(ms);
    return new Promise((wake) => {
      this.#sleepers.push({ due: this.time + ms, wake });
      signal.addEventListener('abort', () => {
        wake();
      });
    });
  }

  /** Wakes all that are due within `ms`, in order. */
  async advance(ms: number): Promise<void> {
    const end = this.time + ms;
    for (;;) {
      await settled();
      const [next] = this.#sleepers.filter((s) => s.due <= end).sort((a, b) => a.due - b.due);
      if (next === undefined) break;
      this.#sleepers = this.#sleepers.filter((s) => s !== next);
      this.time = next.due;
      next.wake();
    }
    this.time = end;
  }
}

/** All that can go on without time has gone on. */
export function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
