import { isStrahlError, StrahlError } from '#portability/errors.js';
import type { MachineClock } from '../dofn/machine-clock.js';
import { PROCESS_CLOCK } from '../dofn/process-clock.js';

/**
 * What the function of a request may ask.
 *
 * @example
 * ```ts
 * import type { RequestContext } from 'strahl';
 * const load = async (url: string, { signal }: RequestContext): Promise<string> =>
 *   (await fetch(url, { signal })).text();
 * ```
 */
export interface RequestContext {
  /** Aborted when the attempt has taken too long, and when the job is cancelled or has failed. */
  readonly signal: AbortSignal;
}

/** How often, how fast and how long a service is asked. */
export interface RequestLimits {
  /** Attempts after the first. */
  readonly retries: number;
  /** For one attempt. */
  readonly timeoutMs: number;
  /** Attempts that start per second, evenly spaced; `Infinity` for no limit. */
  readonly rate: number;
}

const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 10_000;

/**
 * Carries out the requests of one step in this process.
 *
 *   Q1. Attempts start at least 1 s / rate apart, repeated ones included.
 *   Q2. After a failure comes a pause, twice as long each time, half of it at random, so that those who
 *       failed together do not come back together. A number `retryAfter` of the error, in milliseconds,
 *       makes it at least that long.
 *   Q3. An attempt that takes too long is left to itself: what it gives later is not looked at.
 *   Q4. Neither a cancelled job nor an error that a repetition cannot mend is tried again.
 */
export class RequestPolicy {
  readonly #limits: RequestLimits;
  readonly #timeouts: MachineClock;
  /** When the next attempt may start. */
  #free = -Infinity;

  /** `timeouts`: the time in which a service answers, which no test owns. */
  constructor(limits: RequestLimits, timeouts: MachineClock = PROCESS_CLOCK) {
    this.#limits = limits;
    this.#timeouts = timeouts;
  }

  /** @throws STRAHL-6001 when the last attempt failed, STRAHL-6006 when it took too long */
  async run<R>(
    call: (c: RequestContext) => Promise<R>,
    job: AbortSignal,
    clock: MachineClock,
  ): Promise<R> {
    for (let attempt = 0; ; attempt++) {
      await this.#turn(job, clock);
      job.throwIfAborted();
      try {
        return await this.#attempt(call, job);
      } catch (e) {
        if (job.aborted || !canBeMended(e)) throw e;
        if (attempt === this.#limits.retries) throw exhausted(e, attempt + 1);
        await clock.sleep(pauseAfter(attempt, e, clock.random()), job);
      }
    }
  }

  /** Q1. */
  async #turn(job: AbortSignal, clock: MachineClock): Promise<void> {
    const now = clock.now();
    const start = Math.max(now, this.#free);
    this.#free = start + 1000 / this.#limits.rate;
    if (start > now) await clock.sleep(start - now, job);
  }

  /** Q3. */
  async #attempt<R>(call: (c: RequestContext) => Promise<R>, job: AbortSignal): Promise<R> {
    const { timeoutMs } = this.#limits;
    const attempt = new AbortController();
    const wait = new AbortController();
    const cancel = (): void => {
      attempt.abort(job.reason);
      wait.abort();
    };
    job.addEventListener('abort', cancel);
    const over = this.#timeouts.sleep(timeoutMs, wait.signal).then(() => {
      if (!wait.signal.aborted) attempt.abort(tookTooLong(timeoutMs));
      throw attempt.signal.reason;
    });
    try {
      return await Promise.race([call({ signal: attempt.signal }), over]);
    } finally {
      wait.abort();
      job.removeEventListener('abort', cancel);
    }
  }
}

/** Q2; `chance` is of [0, 1). */
function pauseAfter(attempt: number, error: unknown, chance: number): number {
  const longest = Math.min(FIRST_PAUSE_MS * 2 ** attempt, LONGEST_PAUSE_MS);
  const pause = longest / 2 + (chance * longest) / 2;
  const { retryAfter } = (error ?? {}) as { readonly retryAfter?: unknown };
  return typeof retryAfter === 'number' ? Math.max(pause, retryAfter) : pause;
}

/** Q4: an error of ours says by its class whether to try again. */
function canBeMended(e: unknown): boolean {
  return !isStrahlError(e) || e.class === 'TransientError';
}

function tookTooLong(timeoutMs: number): StrahlError {
  return new StrahlError('timedOut', {
    title: `a request took longer than ${String(timeoutMs)} ms`,
    fix: 'give a longer timeout, or fewer requests at a time by concurrency or rate',
  });
}

function exhausted(cause: unknown, attempts: number): StrahlError {
  const { title, message } = (cause ?? {}) as {
    readonly title?: unknown;
    readonly message?: unknown;
  };
  const said = [title, message].find((text) => typeof text === 'string') ?? String(cause);
  const key = isStrahlError(cause) ? cause.key : 'unreachable';
  return new StrahlError(key, {
    title: `a request failed ${attempts === 1 ? 'once' : `${String(attempts)} times`}: ${said}`,
    fix: 'look at the service; more retries help only if it comes back',
    cause,
  });
}
