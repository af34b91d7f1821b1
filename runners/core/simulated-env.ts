import type { ProcessingTime } from '#portability/model/time.js';
import type { Env, TestClock } from './env.js';
import { seededRandom } from './seeded-random.js';

export interface SimulatedEnvOptions {
  /** Of all chances. Default 1. */
  readonly seed?: number;
  /** What the clock shows first, in milliseconds since the epoch. Default 0. */
  readonly now?: number;
  /** How often, 0 to 1, the time of the day is set to another when somebody is woken. Default 0. */
  readonly jumps?: number;
  /** Of who runs user code: the time of the day. Default: that of this world. */
  readonly workersNow?: () => number;
  /** Gives the events of a driven test stream. */
  readonly nextTestEvent?: NonNullable<Env['nextTestEvent']>;
}

/**
 * The one thing of the world outside that this world needs: promises may resolve one another through any number of
 * steps, and only the event loop knows when none is left. As it is now: tests may replace it.
 */
const { setImmediate } = globalThis;

interface Waiter {
  readonly time: number;
  /** Drawn from the seed: of those who wait for one time anybody may be first. */
  readonly tie: number;
  readonly sequence: number;
  readonly wake: () => void;
}

/**
 * A world of its own, in one thread. Whoever sleeps or yields waits in one queue, by time, then by a drawn
 * number, then by order; the first is woken when nobody else has anything to do, and the clock moves to it.
 *
 *   E1. The same seed and the same calls give the same order, times, chances and names.
 *   E2. Time never moves back, and moves only when a waiter is woken or `advanceTo` is called. With `jumps` that
 *       is so of `monotonic` alone, as in the world; who waits for a time of the day waits until the clock shows it.
 */
export class SimulatedEnv implements Env, TestClock {
  readonly clock: TestClock = this;
  declare readonly nextTestEvent?: NonNullable<Env['nextTestEvent']>;
  declare readonly workersAhead?: () => number;
  readonly #random: () => number;
  readonly #ties: () => number;
  readonly #jumps: () => number;
  #now: number;
  /** How far the time of the day is set ahead of the time that has passed, in milliseconds. */
  #ahead = 0;
  #ids = 0;
  #sequence = 0;
  readonly #waiters: Waiter[] = [];
  #pumping = false;

  constructor(options: SimulatedEnvOptions = {}) {
    const { seed = 1, now = 0, jumps = 0, nextTestEvent, workersNow } = options;
    if (nextTestEvent !== undefined) this.nextTestEvent = nextTestEvent;
    if (workersNow !== undefined) this.workersAhead = () => workersNow() - this.now();
    this.#random = seededRandom(seed);
    // A stream of its own, so that who draws a chance does not change who is woken.
    this.#ties = seededRandom(~seed);
    this.#jumps = drawnJumps(seededRandom(seed ^ JUMPS), jumps);
    this.#now = now;
  }

  now(): ProcessingTime {
    return (this.#now + this.#ahead) as ProcessingTime;
  }

  monotonic(): number {
    return this.#now;
  }

  random(): number {
    return this.#random();
  }

  id(prefix: string): string {
    return `${prefix}-${String(this.#ids++)}`;
  }

  advanceTo(t: ProcessingTime): void {
    this.#now = Math.max(this.#now, t - this.#ahead);
    while (this.#waiters.length > 0 && this.#waiters[0]!.time <= this.#now) this.#wakeFirst();
  }

  sleepUntil(t: ProcessingTime, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const onWake = (): void => {
        if (this.now() < t) {
          waiter = wait();
          return;
        }
        signal.removeEventListener('abort', onAbort);
        resolve();
      };
      const wait = (): Waiter => this.#wait(this.#now + Math.max(0, t - this.now()), onWake);
      let waiter = wait();
      const onAbort = (): void => {
        this.#forget(waiter);
        resolve();
      };
      signal.addEventListener('abort', onAbort, { once: true });
    });
  }

  yield(): Promise<void> {
    return new Promise((resolve) => {
      this.#wait(this.#now, resolve);
    });
  }

  #wait(time: number, wake: () => void): Waiter {
    const waiter = { time, tie: this.#ties(), sequence: this.#sequence++, wake };
    const at = this.#waiters.findIndex((other) => comesBefore(waiter, other));
    this.#waiters.splice(at < 0 ? this.#waiters.length : at, 0, waiter);
    void this.#pump();
    return waiter;
  }

  #forget(waiter: Waiter): void {
    const at = this.#waiters.indexOf(waiter);
    if (at >= 0) this.#waiters.splice(at, 1);
  }

  async #pump(): Promise<void> {
    if (this.#pumping) return;
    this.#pumping = true;
    for (;;) {
      await eventLoopTurn();
      if (this.#waiters.length === 0) break;
      this.#now = Math.max(this.#now, this.#waiters[0]!.time);
      this.#wakeFirst();
    }
    this.#pumping = false;
  }

  #wakeFirst(): void {
    const { wake } = this.#waiters.shift()!;
    this.#ahead += this.#jumps();
    wake();
  }
}

/** Tells the chances of jumps from all others. */
const JUMPS = 0x10ea9;
/** A day, in milliseconds, and a little. */
const FARTHEST_JUMP = 2 ** 27;

/** Milliseconds: mostly none, else short and long ones alike, forward and back. */
function drawnJumps(random: () => number, chance: number): () => number {
  if (chance === 0) return () => 0;
  return () => {
    if (random() >= chance) return 0;
    const length = Math.round(FARTHEST_JUMP ** random());
    return random() < 0.5 ? length : -length;
  };
}

function comesBefore(a: Waiter, b: Waiter): boolean {
  return (a.time - b.time || a.tie - b.tie || a.sequence - b.sequence) < 0;
}

/** Lets everything else have its turn: promises, and messages that wait in this thread. */
function eventLoopTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
