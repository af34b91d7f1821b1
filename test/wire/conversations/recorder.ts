import type { Service } from '#portability/fnapi/link.js';
import {
  CONTROL_SERVICE,
  DATA_SERVICE,
  LOGGING_SERVICE,
  PROVISION_SERVICE,
  STATE_SERVICE,
  WORKER_ID_HEADER,
  WORKER_POOL_SERVICE,
} from '#portability/fnapi/services.js';
import type { ByteStreamPair } from '#portability/fnapi/worker-link.js';
import { connect, type RpcChannel } from '#portability/grpc/connect.js';
import { offer, type Offer, type RpcCaller } from '#portability/grpc/handlers.js';
import { rawRpc } from '#portability/grpc/rpc.js';
import { serve, type Serving } from '#portability/grpc/serve.js';
import {
  encodeProcessBundleDescriptor,
  type ProcessBundleDescriptor,
  type StartWorkerRequest,
} from '#portability/proto/generated/fn-api.js';
import type { Conversation, Said } from './conversation.js';
import { NO_ADDRESS, stageAt } from './endpoints.js';

const RPC = {
  control: rawRpc(CONTROL_SERVICE.Control),
  data: rawRpc(DATA_SERVICE.Data),
  state: rawRpc(STATE_SERVICE.State),
};

/** What a worker is started with: the recorder's own addresses instead of the runner's. */
export type StartRecorded = (workerId: string, endpoint: string) => Promise<void>;

/**
 * Sits between a runner and its worker: a pool towards the runner, a runner towards the worker. All that passes is
 * written down.
 */
export class Recorder {
  readonly #start: StartRecorded;
  readonly #said: Said[] = [];
  readonly #descriptors = new Map<string, Uint8Array>();
  readonly #open: (() => unknown)[] = [];
  #capabilities: readonly string[] = [];
  #worker: string | undefined;

  constructor(start: StartRecorded) {
    this.#start = start;
  }

  /** Serves the pool; answers its address. */
  async pool(): Promise<string> {
    const pool = offer(WORKER_POOL_SERVICE, {
      StartWorker: async (request) => {
        await this.#between(request);
        return {};
      },
      StopWorker: () => ({}),
    });
    return (await this.#serve([pool])).address;
  }

  /** What was said so far. */
  get heard(): Pick<Conversation, 'said' | 'descriptors' | 'runnerCapabilities'> {
    return {
      ...{ said: this.#said, descriptors: this.#descriptors },
      runnerCapabilities: this.#capabilities,
    };
  }

  async close(): Promise<void> {
    for (const close of this.#open.reverse()) await close();
  }

  async #serve(offers: readonly Offer[]): Promise<Serving> {
    const serving = await serve({ offers });
    this.#open.push(() => serving.close());
    return serving;
  }

  async #between({ workerId, controlEndpoint }: StartWorkerRequest): Promise<void> {
    if (this.#worker !== undefined) throw new Error('a conversation has one worker');
    this.#worker = workerId;
    const headers = { [WORKER_ID_HEADER]: workerId };
    const runner = await connect(controlEndpoint!.url, { headers });
    this.#open.push(() => runner.close());
    let address = '';
    ({ address } = await this.#serve(this.#offers(runner, () => address)));
    await this.#start(workerId, address);
  }

  #offers(runner: RpcChannel, address: () => string): readonly Offer[] {
    const through = (service: Service) => (worker: ByteStreamPair, caller: RpcCaller) => {
      caller.greet();
      this.#pass(service, worker, runner.bidi(RPC[service]));
    };
    const control = { ...CONTROL_SERVICE, Control: RPC.control };
    return [
      offer(control, {
        Control: through('control'),
        GetProcessBundleDescriptor: async (request) => {
          const asked = runner.unary(CONTROL_SERVICE.GetProcessBundleDescriptor, request);
          return this.#describe(request.processBundleDescriptorId, await asked, address());
        },
      }),
      offer({ Data: RPC.data }, { Data: through('data') }),
      offer({ State: RPC.state }, { State: through('state') }),
      offer(LOGGING_SERVICE, {
        Logging: (stream) => {
          stream.listen({ message: () => undefined, end: () => stream.end() });
        },
      }),
      offer(PROVISION_SERVICE, {
        GetProvisionInfo: async () => {
          const { info } = await runner.unary(PROVISION_SERVICE.GetProvisionInfo, {});
          const { runnerCapabilities = [], metadata = new Map<string, string>() } = info ?? {};
          this.#capabilities = runnerCapabilities;
          return { info: { runnerCapabilities, metadata } };
        },
      }),
    ];
  }

  #describe(id: string, stage: ProcessBundleDescriptor, url: string): ProcessBundleDescriptor {
    this.#descriptors.set(id, encodeProcessBundleDescriptor(stageAt(stage, NO_ADDRESS)));
    return stageAt(stage, url);
  }

  #pass(service: Service, worker: ByteStreamPair, runner: ByteStreamPair): void {
    const between = (from: Said['from'], source: ByteStreamPair, target: ByteStreamPair): void => {
      source.listen({
        message: (bytes) => {
          this.#said.push({ from, service, bytes });
          target.send(bytes);
        },
        end: () => target.end(),
      });
    };
    between('worker', worker, runner);
    between('runner', runner, worker);
  }
}
