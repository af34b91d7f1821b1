import type { StrahlError } from '#portability/errors.js';
import type { LinkEnd, RunnerLink, Service } from '#portability/fnapi/link.js';
import type { StageEndpoints } from '#portability/fnapi/messages/runner-descriptor.js';
import {
  CONTROL_SERVICE,
  DATA_SERVICE,
  DATA_STREAM_HEADER,
  PROVISION_SERVICE,
  STATE_SERVICE,
  WORKER_ID_HEADER,
  WORKER_STATUS_SERVICE,
} from '#portability/fnapi/services.js';
import { answerStatus, type HarnessStatus } from '#portability/fnapi/worker-status.js';
import { connect, type RpcChannel } from '#portability/grpc/connect.js';
import type { MessageStream } from '#portability/grpc/message-stream.js';
import { rawRpc } from '#portability/grpc/rpc.js';
import { duration, type Duration } from '#portability/model/time.js';
import { RUNNER_PROTOCOL_URN } from '#portability/urns.js';
import type { ProcessBundleDescriptor } from '#portability/proto/generated/fn-api.js';

const EMBEDDING: string = RUNNER_PROTOCOL_URN.CONTROL_RESPONSE_ELEMENTS_EMBEDDING;
const SHORT_IDS: string = RUNNER_PROTOCOL_URN.MONITORING_INFO_SHORT_IDS;
const WHOLE_MAPS: string = RUNNER_PROTOCOL_URN.MULTIMAP_KEYS_VALUES_SIDE_INPUT;
/** A runner answers from what it has, in milliseconds. */
const PROVISION_MS = 30_000;

type Bytes = MessageStream<Uint8Array, Uint8Array>;

const RPC = {
  control: rawRpc(CONTROL_SERVICE.Control),
  data: rawRpc(DATA_SERVICE.Data),
  state: rawRpc(STATE_SERVICE.State),
};

/** How a worker reaches its runner. */
export interface RunnerAddress {
  /** Who this worker is; sent with every call. */
  readonly workerId: string;
  /** `host:port` */
  readonly control: string;
  /** Where the runner says what it can do. Default: it can do no more than every runner must. */
  readonly provision?: string;
  /** What the runner wants to see as bearer token. */
  readonly token?: string;
}

/**
 * The streams of one worker: one of control, and one of elements and of state per endpoint that a stage
 * names. Most runners name one endpoint for all stages; some have a server for each kind of stream.
 *
 *   S1. A stream is opened when a stage that uses it is described, so that a runner that waits for it
 *       before it sends is not kept waiting.
 *   S2. When a stream ends, so does the worker: what was sent on it may be lost.
 *   S3. A runner that wants the elements of a bundle on a stream of its own names it: there is one per endpoint and
 *       name, beside the one without a name.
 */
export class RunnerStreams implements RunnerLink {
  readonly #address: RunnerAddress;
  readonly #channels = new Map<string, RpcChannel>();
  readonly #streams = new Map<string, Bytes>();
  readonly #dataStreams: Bytes[] = [];
  readonly #draining = new Map<Bytes, Promise<void>>();
  readonly #onEnd: (failure: StrahlError | undefined) => void;
  readonly finalizesOnlyIfAsked = true;
  readonly linger: Duration = duration(100);
  shortIds = false;
  takesEmbedded = false;
  wholeMaps = false;
  #end: LinkEnd | undefined;
  #statusEndpoint: string | undefined;
  #isOver = false;

  /** `onEnd` hears once that the runner has gone, well or badly. */
  constructor(address: RunnerAddress, onEnd: (failure: StrahlError | undefined) => void) {
    this.#address = address;
    this.#onEnd = onEnd;
  }

  /** Opens the stream of control and gives what comes to `end`. @throws STRAHL-6001 */
  async open(end: LinkEnd, timeoutMs: number): Promise<void> {
    this.#end = end;
    const channel = await this.channel(this.#address.control);
    await channel.ready(timeoutMs);
    const capabilities = await this.#capabilities();
    this.shortIds = capabilities.includes(SHORT_IDS);
    this.takesEmbedded = capabilities.includes(EMBEDDING);
    this.wholeMaps = capabilities.includes(WHOLE_MAPS);
    this.#stream('control', undefined);
  }

  async #capabilities(): Promise<readonly string[]> {
    const { provision } = this.#address;
    if (provision === undefined || provision === '') return [];
    const channel = await this.channel(provision);
    const timeout = { timeoutMs: PROVISION_MS };
    const { info } = await channel.unary(PROVISION_SERVICE.GetProvisionInfo, {}, timeout);
    this.#statusEndpoint = info?.statusEndpoint?.url;
    return info?.runnerCapabilities ?? [];
  }

  /** Tells the runner how this worker is whenever it asks, if it wants to know at all. */
  async offerStatus(status: () => HarnessStatus): Promise<void> {
    if (this.#statusEndpoint === undefined || this.#statusEndpoint === '') return;
    const channel = await this.channel(this.#statusEndpoint);
    if (this.#isOver) return;
    answerStatus(channel.bidi(WORKER_STATUS_SERVICE.WorkerStatus), status);
  }

  /** The connection to an endpoint, made if there is none. */
  async channel(endpoint: string): Promise<RpcChannel> {
    const known = this.#channels.get(endpoint);
    if (known !== undefined) return known;
    const { workerId, token } = this.#address;
    const channel = await connect(endpoint, {
      headers: { [WORKER_ID_HEADER]: workerId },
      ...(token === undefined ? {} : { token }),
    });
    // Another call may have been quicker.
    const quicker = this.#channels.get(endpoint);
    if (quicker !== undefined) return quicker;
    this.#channels.set(endpoint, channel);
    return channel;
  }

  async descriptor(id: string): Promise<ProcessBundleDescriptor> {
    const channel = await this.channel(this.#address.control);
    const rpc = CONTROL_SERVICE.GetProcessBundleDescriptor;
    return channel.unary(rpc, { processBundleDescriptorId: id });
  }

  async prepare({ data, timers, state }: StageEndpoints, name?: string): Promise<void> {
    const ways = [...data.values(), ...(timers === undefined ? [] : [timers])];
    for (const endpoint of ways) await this.channel(endpoint);
    for (const endpoint of ways) this.#stream('data', endpoint, name);
    if (state === undefined) return;
    await this.channel(state);
    this.#stream('state', state);
  }

  toRunner(
    service: Service,
    message: Uint8Array,
    endpoint?: string,
    name?: string,
  ): void | Promise<void> {
    if (this.#isOver) return;
    const stream = this.#stream(service, endpoint, name);
    if (!stream.send(message)) return this.#drained(stream);
  }

  pauseInput(): void {
    for (const stream of this.#dataStreams) stream.pause();
  }

  resumeInput(): void {
    for (const stream of this.#dataStreams) stream.resume();
  }

  /** Whoever waits for one stream waits for the same. */
  #drained(stream: Bytes): Promise<void> {
    let draining = this.#draining.get(stream);
    if (draining === undefined) {
      draining = stream.drained().finally(() => this.#draining.delete(stream));
      this.#draining.set(stream, draining);
    }
    return draining;
  }

  /** S3 */
  #stream(service: Service, endpoint: string = this.#address.control, name = ''): Bytes {
    const key = `${service} ${endpoint} ${name}`;
    let stream = this.#streams.get(key);
    if (stream === undefined) {
      stream = this.#channels
        .get(endpoint)!
        .bidi(RPC[service], name === '' ? {} : { headers: { [DATA_STREAM_HEADER]: name } });
      this.#streams.set(key, stream);
      if (service === 'data') this.#dataStreams.push(stream);
      stream.listen({
        message: (bytes) => this.#end?.receive(service, bytes),
        end: (failure) => this.#over(service, failure),
      });
    }
    return stream;
  }

  #over(service: Service, failure: StrahlError | undefined): void {
    if (this.#isOver) return;
    // A runner may end the elements of a worker first: control says how it went.
    if (service !== 'control' && failure === undefined) return;
    this.close();
    this.#onEnd(failure);
  }

  /** Ends all streams; nothing is sent or received any more. */
  close(): void {
    this.#isOver = true;
    for (const stream of this.#streams.values()) stream.end();
    for (const channel of this.#channels.values()) channel.close();
  }
}
