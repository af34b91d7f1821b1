import { StrahlError } from '#portability/errors.js';
import type {
  BundleOutcome,
  BundleProgress,
  BundleRequest,
  BundleSplit,
  Connection,
  DesiredSplit,
  StageDescriptor,
} from '#portability/fnapi/connection.js';
import type { BundleId, StageId } from '#portability/model/ids.js';
import type { Frame } from '#portability/wire/frames.js';
import { RemoteWorker, type WorkerPlace } from './remote-worker.js';

/** Bundles whose commit callbacks may still be asked for. */
const REMEMBERED = 1024;

/**
 * User code of one environment. Its worker is started when it is first needed, and again when it was lost:
 * what it ran fails with it, and is tried again by the engine.
 */
export class EnvironmentConnection implements Connection {
  readonly #place: WorkerPlace;
  #stages: readonly StageDescriptor[] = [];
  #worker: RemoteWorker | undefined;
  #connection: Promise<Connection> | undefined;
  /** Which worker has, or had, a bundle. */
  readonly #bundles = new Map<BundleId, Connection>();
  #closed = false;

  constructor(place: WorkerPlace) {
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
    const connection = await this.#connected();
    this.#remember(request.bundle, connection);
    return connection.process(request);
  }

  #remember(bundle: BundleId, connection: Connection): void {
    this.#bundles.set(bundle, connection);
    if (this.#bundles.size <= REMEMBERED) return;
    const [oldest] = this.#bundles.keys();
    this.#bundles.delete(oldest!);
  }

  progress(bundle: BundleId): BundleProgress | undefined | Promise<BundleProgress | undefined> {
    return this.#bundles.get(bundle)?.progress(bundle);
  }

  split(
    bundle: BundleId,
    desired: DesiredSplit,
  ): BundleSplit | undefined | Promise<BundleSplit | undefined> {
    return this.#bundles.get(bundle)?.split(bundle, desired);
  }

  finalize(bundle: BundleId): void | Promise<void> {
    return this.#bundles.get(bundle)?.finalize(bundle);
  }

  abort(bundle: BundleId): void {
    this.#bundles.get(bundle)?.abort(bundle);
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
