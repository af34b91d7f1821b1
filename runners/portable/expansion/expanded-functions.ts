import { randomBytes } from 'node:crypto';
import { StrahlError } from '#portability/errors.js';
import { WORKER_ID_HEADER } from '#portability/fnapi/services.js';
import { connect } from '#portability/grpc/connect.js';
import type { StartWorkerRequest } from '#portability/proto/generated/fn-api.js';
import { encodeExternalPayload } from '#portability/proto/generated/pipeline.js';
import { ENVIRONMENT_URN } from '#portability/urns.js';
import { runnerLog } from '#sdk/harness/worker/runner-log.js';
import { startWorker, type Worker } from '#sdk/harness/worker/worker.js';
import { serveWorkerPool, type WorkerPool } from '#sdk/harness/worker/worker-pool.js';
import type { JobSubmission } from '#sdk/runner.js';
import type { EnvironmentSpec } from '../environment.js';

type FunctionRegistry = JobSubmission['functions'];

/** Parameter of an environment that says of which expansion it is. */
const EXPANSION = 'strahl-expansion';
/** Expansions whose jobs may still come. The oldest are forgotten beyond so many. */
const REMEMBERED = 10_000;
/** Bytes of an id that nobody can guess. */
const ID_BYTES = 16;

/**
 * The functions of what was expanded, and the workers that run them here.
 *
 *   E1. Each expansion is an environment of its own, whose workers know its functions only: names of steps
 *       are unique in one pipeline, not among those of all clients.
 */
export class ExpandedFunctions {
  readonly #registries = new Map<string, FunctionRegistry>();
  #pool!: WorkerPool;

  static async start(): Promise<ExpandedFunctions> {
    const functions = new ExpandedFunctions();
    functions.#pool = await serveWorkerPool((request) => functions.#startWorker(request));
    return functions;
  }

  /** What its functions log goes to the runner that asks. */
  async #startWorker(request: StartWorkerRequest): Promise<Worker> {
    const { workerId, controlEndpoint, loggingEndpoint, provisionEndpoint, params } = request;
    const functions = this.#of(params.get(EXPANSION) ?? '');
    const control = controlEndpoint?.url ?? '';
    const headers = { [WORKER_ID_HEADER]: workerId };
    const logging = await connect(loggingEndpoint?.url ?? control, { headers });
    try {
      const provision = (provisionEndpoint ?? controlEndpoint)?.url ?? '';
      const log = runnerLog(logging);
      const worker = await startWorker({ workerId, control, provision, functions, log });
      void worker.done.then(() => logging.close());
      return worker;
    } catch (e) {
      logging.close();
      throw e;
    }
  }

  /** Keeps them; gives the id by which an environment names them. */
  add(functions: FunctionRegistry): string {
    const id = randomBytes(ID_BYTES).toString('hex');
    this.#registries.set(id, functions);
    const [oldest] = this.#registries.keys();
    if (this.#registries.size > REMEMBERED) this.#registries.delete(oldest!);
    return id;
  }

  /** Where a runner finds workers with these functions. */
  environment(id: string): EnvironmentSpec {
    const endpoint = { url: this.#pool.address };
    const payload = encodeExternalPayload({ endpoint, params: new Map([[EXPANSION, id]]) });
    return { urn: ENVIRONMENT_URN.EXTERNAL, payload };
  }

  #of(id: string): FunctionRegistry {
    const functions = this.#registries.get(id);
    if (functions !== undefined) return functions;
    throw new StrahlError('notFound', {
      title: 'the runner asks for a worker of an expansion that is not known here',
      fix: 'build the pipeline again: the service was started anew since',
    });
  }

  close(): Promise<void> {
    return this.#pool.close(undefined, 0);
  }
}
