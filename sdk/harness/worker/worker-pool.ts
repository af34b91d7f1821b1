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
   * Stops all workers, and then the server. `failure`: why the job did not end well. `lingerMs`: how long the server
   * waits for a runner that is still about to start or stop workers, default 0: some runners end as a process when a
   * pool is gone that they ask for a worker.
   */
  close(failure?: unknown, lingerMs?: number): Promise<void>;
}

/** An answer is on its way for no longer than this, in milliseconds. */
const ANSWER_MS = 1_000;

/**
 * Serves Beam's worker pool, which environments of the kind EXTERNAL name.
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
    close: async (failure, lingerMs = 0) => {
      await workers.close(failure);
      // The runner has still to hear the answer to what it asked last.
      const linger = async (): Promise<void> => {
        await workers.stoppedWithin(lingerMs);
        await serving.close(ANSWER_MS);
      };
      if (lingerMs > 0 && workers.areRunning) await linger();
      // Whoever hears of the failure need not wait for what hardly ever comes.
      else if (lingerMs > 0 && workers.mayBegin(failure)) void linger();
      else await serving.close();
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

  /** Whether the runner has workers that it did not stop yet. */
  get areRunning(): boolean {
    return this.#unstopped.size > 0;
  }

  /** A runner may be about to start the first worker of a job that has failed early. */
  mayBegin(failure: unknown): boolean {
    return !this.#wasUsed && failure !== undefined;
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
      const timer = setTimeout(resolve, ms);
      this.#onStop = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
