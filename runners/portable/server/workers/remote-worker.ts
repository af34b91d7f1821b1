import { StrahlError } from '#portability/errors.js';
import { BytesConnection } from '#portability/fnapi/runner/bytes-connection.js';
import type { Connection, StageDescriptor } from '#portability/fnapi/connection.js';
import { harnessDescriptor } from '#portability/fnapi/messages/harness-descriptor.js';
import type { Service } from '#portability/fnapi/link.js';
import { StatusQuestions } from '#portability/fnapi/worker-status.js';
import type { MessageStream } from '#portability/grpc/message-stream.js';
import { WorkerLink, type ByteStreamPair } from '#portability/fnapi/worker-link.js';
import type { Environment } from '#portability/model/graph.js';
import type { CoderId, PCollectionId } from '#portability/model/ids.js';
import type { Init } from '#portability/proto/codec.js';
import type {
  LogEntry,
  ProcessBundleDescriptor,
  WorkerStatusRequest,
  WorkerStatusResponse,
} from '#portability/proto/generated/fn-api.js';
import type { ProvisionInfo } from '#portability/proto/generated/provision.js';
import { CODER_URN, PROTOCOL_URN } from '#portability/urns.js';
import { withOwnCoders } from './own-coders.js';
import { startWorker, type StopWorker } from './start-worker.js';
import type { ExpectedWorker, WorkerHub } from './worker-hub.js';
import { WorkerLog } from './worker-log.js';

const EMBEDDING: string = PROTOCOL_URN.CONTROL_REQUEST_ELEMENTS_EMBEDDING;

/** A worker that was started must connect within this time, in milliseconds. */
const CONNECT_MS = 60_000;

/** What a worker is started with. */
export interface WorkerPlace {
  readonly environment: Environment;
  readonly hub: WorkerHub;
  /** Where the worker finds the services of the hub. */
  readonly endpoint: string;
  readonly provision: Init<ProvisionInfo>;
  /** Of all collections, as the SDK has named them. */
  readonly ownCoders: ReadonlyMap<PCollectionId, CoderId>;
  readonly onLog: (text: string, severity: number) => void;
  /** Milliseconds without a word after which a worker that was asked something is lost. */
  readonly silenceMs: number;
}

/**
 * One worker process, or thread, of another SDK: started, connected, and lost at most once.
 *
 *   starting → connected → lost
 *            ↘ lost
 */
export class RemoteWorker implements ExpectedWorker {
  readonly id: string;
  readonly connection: BytesConnection;
  readonly #place: WorkerPlace;
  readonly #link: WorkerLink;
  readonly #log: WorkerLog;
  readonly #descriptors = new Map<string, Init<ProcessBundleDescriptor>>();
  readonly #onLost: () => void;
  #status: StatusQuestions | undefined;
  #stop: StopWorker = () => Promise.resolve();
  #connected: () => void = () => undefined;
  #failed: (e: Error) => void = () => undefined;
  #isLost = false;

  constructor(place: WorkerPlace, onLost: () => void) {
    this.id = place.hub.newId();
    this.#place = place;
    this.#onLost = onLost;
    this.#log = new WorkerLog(place.onLog);
    this.#link = new WorkerLink((service, failure) => {
      // Elements that are on their way when their stream ends are gone.
      const isNeeded = service === 'control' || (service === 'data' && this.connection.isBusy);
      if (isNeeded || failure !== undefined) this.#lose(`its ${service} stream ended`, failure);
    });
    this.connection = new BytesConnection(this.#link, {
      close: () => this.stop(),
      offer: (stages) => this.#offer(stages),
      descriptorId: (stage) => this.#nameOf(stage),
      obeysLimits: false,
      keepsState: place.environment.capabilities.includes(PROTOCOL_URN.STATE_CACHING),
      takesEmbedded: place.environment.capabilities.includes(EMBEDDING),
      silence: {
        limitMs: place.silenceMs,
        onQuiet: () => this.#askHowItIs(),
        onSilent: (what) => this.#lose(what),
      },
    });
    this.#link.connect(this.connection);
  }

  /** Resolves once the worker takes instructions. @throws STRAHL-8003, 6001, 2004 */
  async start(): Promise<Connection> {
    const { hub, environment, endpoint } = this.#place;
    hub.expect(this);
    const connected = new Promise<void>((resolve, reject) => {
      this.#connected = resolve;
      this.#failed = reject;
    });
    // Whoever waits for it hears of it; nobody else must.
    connected.catch(() => undefined);
    const limitMs = Math.min(CONNECT_MS, this.#place.silenceMs);
    const late = setTimeout(
      () => this.#lose(`it did not connect within ${String(limitMs / 1000)} s`),
      limitMs,
    );
    try {
      this.#stop = await startWorker(environment, this.id, endpoint, (why) => this.#lose(why));
      await connected;
      return this.connection;
    } catch (e) {
      this.#place.hub.forget(this.id);
      await this.#stop();
      throw e;
    } finally {
      clearTimeout(late);
    }
  }

  open(service: Service, stream: ByteStreamPair): void {
    this.#link.open(service, stream);
    if (service === 'control') this.#connected();
  }

  openStatus(stream: MessageStream<WorkerStatusResponse, WorkerStatusRequest>): void {
    this.#status = new StatusQuestions(stream);
  }

  /** What a quiet worker says of itself is among its last words, should it be lost. */
  #askHowItIs(): void {
    void this.#status?.ask().then((text) => this.#log.note(text));
  }

  descriptor(id: string): Init<ProcessBundleDescriptor> | undefined {
    return this.#descriptors.get(id);
  }

  log(entry: LogEntry): void {
    this.#log.add(entry);
  }

  provision(): Init<ProvisionInfo> {
    return { ...this.#place.provision, statusEndpoint: { url: this.#place.endpoint } };
  }

  /** Ends the worker; what runs in it is lost. One that has not started yet is ended when it has. */
  async stop(): Promise<void> {
    this.#isLost = true;
    this.#place.hub.forget(this.id);
    this.#link.close();
    this.#failed(new StrahlError('jobCancelled', { title: 'the job is over' }));
    await this.#stop();
  }

  #nameOf(stage: StageDescriptor['id']): string {
    return `${stage}@${this.id}`;
  }

  #offer(stages: readonly StageDescriptor[]): void {
    const { environment, endpoint, ownCoders } = this.#place;
    const { capabilities } = environment;
    const continued = capabilities.includes(CODER_URN.STATE_BACKED_ITERABLE);
    for (const stage of stages) {
      const id = this.#nameOf(stage.id);
      const descriptor = harnessDescriptor(withOwnCoders(stage, ownCoders), endpoint, continued);
      this.#descriptors.set(id, { ...descriptor, id });
    }
  }

  #lose(why: string, cause?: unknown): void {
    if (this.#isLost) return;
    this.#isLost = true;
    const { tail } = this.#log;
    const failure = new StrahlError('harnessLost', {
      title: `the worker ${this.id} was lost: ${why}`,
      ...(tail === '' ? {} : { why: `it logged last:\n${tail}` }),
      ...(cause === undefined ? {} : { cause }),
    });
    this.#place.hub.forget(this.id);
    this.#failed(failure);
    this.connection.lost(failure);
    this.#link.close();
    void this.#stop();
    this.#onLost();
  }
}
