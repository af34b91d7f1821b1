import type { BundleOutcome, BundleRequest, Connection } from '#portability/fnapi/connection.js';
import type { Frame } from '#portability/wire/frames.js';
import type { Env } from './env.js';

/**
 * How often something goes wrong, each a chance from 0 to 1.
 *
 * @example
 * ```ts
 * import { directRunner, type Faults } from 'strahl/runners/direct';
 * const rough: Faults = { lost: 0.05, delayed: 0.2 };
 * const runner = directRunner({ seed: 7, faults: rough, maxBundleAttempts: 10 });
 * ```
 */
export interface Faults {
  /** The bundle fails before it reaches user code. Default 0. */
  readonly lost?: number;
  /** The bundle runs, and what it decided is lost; it is run a second time. Default 0. */
  readonly repeated?: number;
  /** The bundle takes its time: others run before it begins, and before it ends. Default 0. */
  readonly delayed?: number;
  /**
   * The time of the day is set forward or back, by up to a day, whenever somebody has waited: as on a machine
   * that sleeps or corrects its clock. The script of a test stream alone moves the clock. Default 0.
   */
  readonly jumps?: number;
}

/** Why a bundle failed that would have succeeded. */
const INJECTED = 'a fault that the test asked for';

/**
 * Passes everything on to `inner`, but now and then fails or delays a bundle, as a network and a crashing
 * process would.
 *
 *   U1. A bundle is failed once at most: its second try is left alone, and so is one that failed by itself.
 *       So one attempt more than without faults is enough.
 *   U2. All chances come from `env`.
 */
export function unreliable(inner: Connection, env: Env, faults: Faults): Connection {
  const attempts = new Attempts(inner, env, faults);
  return new Proxy(inner, {
    get(target, name): unknown {
      if (name === 'process') return (request: BundleRequest) => attempts.process(request);
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

type Outcome = BundleOutcome | Promise<BundleOutcome>;

class Attempts {
  readonly #inner: Connection;
  readonly #env: Env;
  readonly #faults: Faults;
  /** U1: where nobody counts tries, a retried bundle has the very frames that it had before. */
  readonly #tried = new WeakSet<object>();

  constructor(inner: Connection, env: Env, faults: Faults) {
    this.#inner = inner;
    this.#env = env;
    this.#faults = faults;
  }

  process(request: BundleRequest): Outcome {
    const first = firstOf(request);
    const fresh =
      request.attempt === undefined
        ? first !== undefined && !this.#tried.has(first)
        : request.attempt === 1;
    if (first !== undefined) this.#tried.add(first);
    const { lost = 0, repeated = 0, delayed = 0 } = this.#faults;
    const isLost = this.#env.random() < lost && fresh;
    const isRepeated = this.#env.random() < repeated && fresh;
    const run = (): Outcome => {
      if (isLost) throw new Error(INJECTED);
      if (!isRepeated) return this.#inner.process(request);
      return this.#runInVain(request);
    };
    return this.#env.random() < delayed ? this.#later(run) : run();
  }

  async #later(run: () => Outcome): Promise<BundleOutcome> {
    await this.#env.yield('before a bundle');
    const outcome = await run();
    await this.#env.yield('after a bundle');
    return outcome;
  }

  async #runInVain(request: BundleRequest): Promise<never> {
    await this.#inner.process(request);
    this.#inner.abort(request.bundle);
    throw new Error(INJECTED);
  }
}

/** Something that only a bundle and its retries share. */
function firstOf({ inputs, timers }: BundleRequest): object | undefined {
  const [frame]: readonly Frame[] = inputs.flatMap(({ frames }) => frames);
  return frame ?? timers[0];
}
