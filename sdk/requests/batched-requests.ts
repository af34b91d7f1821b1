import { StrahlError } from '#portability/errors.js';
import type { EventTime } from '#portability/model/time.js';
import type { Window } from '#portability/model/windows.js';
import type { BundleContext, Context, DoFn, Stamped } from '../dofn/dofn.js';
import { machineClockOf, type MachineClock } from '../dofn/machine-clock.js';
import { stamp } from '../dofn/stamped.js';
import type { RequestContext, RequestPolicy } from './request-policy.js';
import type { CacheKey, ResponseCache } from './response-cache.js';

/** The user's function; answers in the order of the requests. */
export type BatchCall = (xs: readonly unknown[], c: RequestContext) => Promise<readonly unknown[]>;

export interface BatchSetting {
  readonly call: BatchCall;
  readonly policy: RequestPolicy;
  readonly size: number;
  /** Batches under way at a time. */
  readonly concurrency: number;
  readonly cache?: {
    readonly responses: ResponseCache<unknown>;
    readonly by: (x: unknown) => CacheKey;
  };
  /** What is emitted for an element. */
  readonly into: (x: unknown, response: unknown) => unknown;
}

interface Waiting {
  readonly x: unknown;
  readonly key: CacheKey | undefined;
  readonly answer: Deferred;
}

interface Pending {
  readonly x: unknown;
  readonly response: Promise<unknown>;
  readonly timestamp: EventTime;
  readonly window: Window;
}

/**
 * Asks for several elements of a bundle at once. Outputs come at the end of the bundle, each with the time and
 * the window of its element, because an output may not be earlier than the element that is being processed.
 */
export class BatchedRequests implements DoFn<unknown, unknown> {
  readonly #setting: BatchSetting;
  #batch: Waiting[] = [];
  /** Requests of `#batch` by key. */
  #sameBatch = new Map<CacheKey, Promise<unknown>>();
  #pending: Pending[] = [];
  readonly #underWay = new Set<Promise<unknown>>();

  constructor(setting: BatchSetting) {
    this.#setting = setting;
  }

  /** A bundle that failed has left things behind. */
  startBundle(): void {
    this.#batch = [];
    this.#sameBatch.clear();
    this.#pending = [];
  }

  element(x: unknown, c: Context): Promise<void> | undefined {
    const { timestamp, window } = c;
    this.#pending.push({ x, response: this.#response(x, c), timestamp, window });
    if (this.#batch.length >= this.#setting.size) this.#send(c);
    if (this.#underWay.size < this.#setting.concurrency) return undefined;
    return Promise.race(this.#underWay).then(() => undefined);
  }

  async *finishBundle(c: BundleContext): AsyncIterable<Stamped<unknown>> {
    if (this.#batch.length > 0) this.#send(c);
    const { into } = this.#setting;
    for (const { x, response, timestamp, window } of this.#pending) {
      yield stamp(into(x, await response), timestamp, window);
    }
    this.#pending = [];
  }

  #response(x: unknown, c: Context): Promise<unknown> {
    const { cache } = this.#setting;
    const key = cache?.by(x);
    if (key === undefined) return this.#wait(x, undefined);
    const known = this.#sameBatch.get(key) ?? cache!.responses.find(key, machineClockOf(c).now());
    if (known !== undefined) return known;
    const response = this.#wait(x, key);
    this.#sameBatch.set(key, response);
    return response;
  }

  #wait(x: unknown, key: CacheKey | undefined): Promise<unknown> {
    const answer = new Deferred();
    this.#batch.push({ x, key, answer });
    return answer.promise;
  }

  #send(c: BundleContext): void {
    const batch = this.#batch;
    this.#batch = [];
    this.#sameBatch = new Map();
    const { cache } = this.#setting;
    const clock = machineClockOf(c);
    // Only now, for nobody else sends a batch that is not full.
    for (const { key, answer } of batch) {
      if (key !== undefined) cache!.responses.put(key, answer.promise, clock.now());
    }
    const underWay = this.#ask(batch, c.signal, clock).finally(() =>
      this.#underWay.delete(underWay),
    );
    this.#underWay.add(underWay);
  }

  async #ask(batch: readonly Waiting[], signal: AbortSignal, clock: MachineClock): Promise<void> {
    const { policy, call } = this.#setting;
    const xs = batch.map(({ x }) => x);
    try {
      const responses = await policy.run((c) => call(xs, c), signal, clock);
      if (!Array.isArray(responses) || responses.length !== xs.length) {
        throw wrongNumber(xs.length, responses);
      }
      batch.forEach(({ answer }, i) => {
        answer.resolve(responses[i]);
      });
    } catch (e) {
      for (const { answer } of batch) answer.reject(e);
    }
  }
}

function wrongNumber(asked: number, responses: unknown): StrahlError {
  const given = Array.isArray(responses) ? String(responses.length) : 'no list of';
  return new StrahlError('userCodeThrew', {
    title: `a request for ${String(asked)} elements gave ${given} responses`,
    fix: 'give one response per element, in the order of the elements',
  });
}

class Deferred {
  readonly promise: Promise<unknown>;
  declare resolve: (x: unknown) => void;
  declare reject: (e: unknown) => void;

  constructor() {
    this.promise = new Promise((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
    });
    // Whoever waits for it hears of it; if the bundle has failed before, nobody does.
    this.promise.catch(() => undefined);
  }
}
