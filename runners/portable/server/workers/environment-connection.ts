import { StrahlError } from '#portability/errors.js';
import type {
  BundleOutcome,
  BundleRequest,
  Connection,
  StageDescriptor,
} from '#portability/fnapi/connection.js';
import type { StageId } from '#portability/model/ids.js';
import type { Frame } from '#portability/wire/frames.js';
import { BundleRoutes } from './bundle-routes.js';
import { RemoteWorker, type WorkerPlace } from './remote-worker.js';

/**
 * User code of one environment. Its worker is started when it is first needed, and again when it was lost:
 * what it ran fails with it, and is tried again by the engine.
 */
export class EnvironmentConnection extends BundleRoutes implements Connection {
  readonly #place: WorkerPlace;
  #stages: readonly StageDescriptor[] = [];
  #worker: RemoteWorker | undefined;
  #connection: Promise<Connection> | undefined;
  #closed = false;

  constructor(place: WorkerPlace) {
    super();
    this.#place = place;
  }

  register(stages: readonly StageDescriptor[]): void {
    this.#stages = stages;
  }

  /** Starts a worker now, so that what is wrong with the environment is known before the first bundle. */
  async start(): Promise<void> {
    await this.#connected();
  }

  #connected(): Promise<Connection> {
    if (this.#closed) {
      const title = 'the job is over';
      return Promise.reject(new StrahlError('jobCancelled', { title }));
    }
    if (this.#connection !== undefined) return this.#connection;
    const worker = new RemoteWorker(this.#place, () => {
      if (this.#worker === worker) this.#connection = undefined;
    });
    this.#worker = worker;
    const connection = worker.start().then(async (started) => {
      await started.register(this.#stages);
      return started;
    });
    connection.catch(() => {
      if (this.#worker === worker) this.#connection = undefined;
    });
    this.#connection = connection;
    return connection;
  }

  async process(request: BundleRequest): Promise<BundleOutcome> {
    return this.route(await this.#connected(), request);
  }

  async mergeAccumulators(stage: StageId, groups: Frame): Promise<Frame> {
    return (await this.#connected()).mergeAccumulators(stage, groups);
  }

  async mergeWindows(stage: StageId, windows: Frame): Promise<Frame> {
    return (await this.#connected()).mergeWindows(stage, windows);
  }

  async mapWindows(stage: StageId, windows: Frame): Promise<Frame> {
    return (await this.#connected()).mapWindows(stage, windows);
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#worker?.stop();
  }
}
