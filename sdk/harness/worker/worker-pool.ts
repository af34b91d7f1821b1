import { WORKER_POOL_SERVICE } from '#portability/fnapi/services.js';
import { offer } from '#portability/grpc/handlers.js';
import { serve, type ServeOptions, type Serving } from '#portability/grpc/serve.js';
import type { StartWorkerRequest } from '#portability/proto/generated/fn-api.js';
import type { Worker } from './worker.js';

/** Starts the worker that a runner asks for. */
export type StartWorker = (request: StartWorkerRequest) => Promise<Worker>;

/** A server that starts workers when runners ask for them. */
export interface WorkerPool extends Pick<Serving, 'address' | 'port'> {
  /** Workers that run. */
  readonly size: number;
  /**
   * Stops all workers and the server. `failure`: why the job did not end well. `lingerMs`: how long the server
   * answers to runners that are not done yet.
   */
  close(failure?: unknown, lingerMs?: number): Promise<void>;
}

/** How long a runner that is still about to start or stop workers finds the pool, in milliseconds. */
const LINGER_MS = 5_000;

/**
 * Serves Beam's worker pool, which environments of the kind EXTERNAL name. A pool that is closed goes on to
 * answer for a while: some runners end as a process when a pool is gone that they ask for a worker.
 *
 * @throws STRAHL-9007 for a public host without TLS and a token
 */
export async function serveWorkerPool(
  start: StartWorker,
  options: Omit<ServeOptions, 'offers'> = {},
): Promise<WorkerPool> {
  const workers = new StartedWorkers(start);
  const pool = offer(WORKER_POOL_SERVICE, {
    StartWorker: (request) => workers.start(request),
    StopWorker: ({ workerId }) => workers.stop(workerId),
  });
  const serving = await serve({ ...options, offers: [pool] });
  return {
    address: serving.address,
    port: serving.port,
    get size() {
      return workers.size;
    },
    close: async (failure, lingerMs = LINGER_MS) => {
      await workers.close(failure);
      if (workers.allStopped || lingerMs <= 0) await serving.close();
      else void workers.stoppedWithin(lingerMs).then(() => serving.close());
    },
  };
}

/** The workers of one pool. */
class StartedWorkers {
  readonly #start: StartWorker;
  readonly #workers = new Map<string, Promise<Worker>>();
  /** Workers that their runner has started and not stopped yet. */
  readonly #unstopped = new Set<string>();
  #wasUsed = false;
  #isClosed = false;
  #onStop: () => void = () => undefined;

  constructor(start: StartWorker) {
    this.#start = start;
  }

  get size(): number {
    return this.#workers.size;
  }

  /** A pool that nobody has used yet may be about to be. */
  get allStopped(): boolean {
    return this.#wasUsed && this.#unstopped.size === 0;
  }

  async start(request: StartWorkerRequest): Promise<{ readonly error?: string }> {
    const { workerId } = request;
    this.#wasUsed = true;
    this.#unstopped.add(workerId);
    // A runner that was not answered in time asks again.
    if (this.#isClosed || this.#workers.has(workerId)) return {};
    const starting = this.#start(request);
    this.#workers.set(workerId, starting);
    try {
      const worker = await starting;
      void worker.done.then(() => this.#workers.delete(workerId));
      return {};
    } catch (e) {
      this.#workers.delete(workerId);
      return { error: (e as { readonly message: string }).message };
    }
  }

  async stop(workerId: string): Promise<Record<string, never>> {
    (await this.#workers.get(workerId)?.catch(() => undefined))?.stop();
    this.#unstopped.delete(workerId);
    if (this.#unstopped.size === 0) this.#onStop();
    return {};
  }

  async close(failure: unknown): Promise<void> {
    this.#isClosed = true;
    const workers = [...this.#workers.values()];
    const stopped = workers.map(async (starting) => {
      const worker = await starting;
      worker.stop(failure);
      await worker.done;
    });
    await Promise.allSettled(stopped);
  }

  /** Resolves when the runner has stopped all workers, or after `ms`. */
  stoppedWithin(ms: number): Promise<void> {
    return new Promise((resolve) => {
      setTimeout(resolve, ms).unref();
      this.#onStop = resolve;
    });
  }
}
