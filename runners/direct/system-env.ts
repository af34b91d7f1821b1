import type { ProcessingTime } from '#portability/model/time.js';
import type { Clock, Env } from '#runners/core/env.js';

/** As it is now: tests that own the timers replace it, and the module that has it costs its loading. */
const { setImmediate } = globalThis;

/** Timers of the platform reach no further than this, in milliseconds. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** The world of this process. */
export class SystemEnv implements Env {
  readonly clock: Clock = { now, monotonic, sleepUntil };
  /** Tells this world's names from those of other processes; no secret, so nothing loads `node:crypto`. */
  readonly #world = Math.random().toString(16).slice(2, 14);
  #ids = 0;

  random(): number {
    return Math.random();
  }

  id(prefix: string): string {
    return `${prefix}-${this.#world}-${String(this.#ids++)}`;
  }

  /** A turn of the event loop: I/O, timers and signals are served. */
  yield(): Promise<void> {
    return new Promise((resolve) => setImmediate(resolve));
  }
}

function now(): ProcessingTime {
  return Date.now() as ProcessingTime;
}

/** As `performance.now()`, whose module takes longer to load than a short pipeline runs. */
function monotonic(): number {
  const [seconds, nanoseconds] = process.hrtime();
  return seconds * 1e3 + nanoseconds / 1e6;
}

async function sleepUntil(t: ProcessingTime, signal: AbortSignal): Promise<void> {
  while (!signal.aborted && now() < t) await sleep(Math.min(t - now(), LONGEST_TIMER_MS), signal);
}

function sleep(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener('abort', end);
  });
}
