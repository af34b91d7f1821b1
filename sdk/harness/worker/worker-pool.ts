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
  /** Stops all workers and the server. `failure`: why the job did not end well. */
  close(failure?: unknown): Promise<void>;
}

/**
 * Serves Beam's worker pool, which environments of the kind EXTERNAL name.
 *
 * @throws STRAHL-9007 for a public host without TLS and a token
 */
export async function serveWorkerPool(
  start: StartWorker,
  options: Omit<ServeOptions, 'offers'> = {},
): Promise<WorkerPool> {
  const workers = new Map<string, Worker>();
  const starting = new Set<string>();
  const pool = offer(WORKER_POOL_SERVICE, {
    StartWorker: async (request) => {
      const { workerId } = request;
      // A runner that was not answered in time asks again.
      if (workers.has(workerId) || starting.has(workerId)) return {};
      starting.add(workerId);
      try {
        const worker = await start(request);
        workers.set(workerId, worker);
        void worker.done.then(() => workers.delete(workerId));
        return {};
      } catch (e) {
        return { error: (e as { readonly message: string }).message };
      } finally {
        starting.delete(workerId);
      }
    },
    StopWorker: async ({ workerId }) => {
      await workers.get(workerId)?.stop();
      return {};
    },
  });
  const serving = await serve({ ...options, offers: [pool] });
  return {
    address: serving.address,
    port: serving.port,
    get size() {
      return workers.size;
    },
    close: async (failure) => {
      await Promise.all([...workers.values()].map((worker) => worker.stop(failure)));
      await serving.close();
    },
  };
}
