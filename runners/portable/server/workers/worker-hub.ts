import { randomBytes } from 'node:crypto';
import { StrahlError } from '#portability/errors.js';
import type { Service } from '#portability/fnapi/link.js';
import {
  CONTROL_SERVICE,
  DATA_SERVICE,
  LOGGING_SERVICE,
  PROVISION_SERVICE,
  STATE_SERVICE,
  WORKER_ID_HEADER,
  WORKER_STATUS_SERVICE,
} from '#portability/fnapi/services.js';
import type { ByteStreamPair } from '#portability/fnapi/worker-link.js';
import { offer, type Offer, type RpcCaller } from '#portability/grpc/handlers.js';
import { rawRpc } from '#portability/grpc/rpc.js';
import type { Init } from '#portability/proto/codec.js';
import type { MessageStream } from '#portability/grpc/message-stream.js';
import type {
  LogEntry,
  ProcessBundleDescriptor,
  WorkerStatusRequest,
  WorkerStatusResponse,
} from '#portability/proto/generated/fn-api.js';
import type { ProvisionInfo } from '#portability/proto/generated/provision.js';

/** What a worker that was started may ask for, and where what it sends goes. */
export interface ExpectedWorker {
  readonly id: string;
  open(service: Service, stream: ByteStreamPair): void;
  /** It answers how it is. */
  openStatus(stream: MessageStream<WorkerStatusResponse, WorkerStatusRequest>): void;
  descriptor(id: string): Init<ProcessBundleDescriptor> | undefined;
  log(entry: LogEntry): void;
  provision(): Init<ProvisionInfo>;
}

/** Bytes of a worker id that nobody can guess. */
const ID_BYTES = 16;

/**
 * The services that workers connect to, one set for all workers of a server.
 *
 *   H1. Only a worker that was started here is listened to; it says its id with each call.
 */
export class WorkerHub {
  readonly #workers = new Map<string, ExpectedWorker>();

  /** A name for a worker that only the worker itself is told. */
  newId(): string {
    return `worker-${randomBytes(ID_BYTES).toString('hex')}`;
  }

  expect(worker: ExpectedWorker): void {
    this.#workers.set(worker.id, worker);
  }

  forget(id: string): void {
    this.#workers.delete(id);
  }

  /** H1. @throws STRAHL-6003 */
  worker(caller: RpcCaller): ExpectedWorker {
    const worker = this.#workers.get(caller.header(WORKER_ID_HEADER) ?? '');
    if (worker !== undefined) return worker;
    throw new StrahlError('notAuthorised', { title: 'no such worker was started here' });
  }

  offers(): readonly Offer[] {
    const control = {
      Control: rawRpc(CONTROL_SERVICE.Control),
      GetProcessBundleDescriptor: CONTROL_SERVICE.GetProcessBundleDescriptor,
    };
    const data = { Data: rawRpc(DATA_SERVICE.Data) };
    const state = { State: rawRpc(STATE_SERVICE.State) };
    return [
      offer(control, {
        Control: (stream, caller) => this.#open('control', stream, caller),
        GetProcessBundleDescriptor: ({ processBundleDescriptorId: id }, caller) =>
          this.#descriptor(id, caller),
      }),
      offer(data, { Data: (stream, caller) => this.#open('data', stream, caller) }),
      offer(state, { State: (stream, caller) => this.#open('state', stream, caller) }),
      offer(LOGGING_SERVICE, {
        Logging: (stream, caller) => {
          const worker = this.worker(caller);
          stream.listen({
            message: ({ logEntries }) => logEntries.forEach((entry) => worker.log(entry)),
            end: () => stream.end(),
          });
        },
      }),
      offer(PROVISION_SERVICE, {
        GetProvisionInfo: (_, caller) => ({ info: this.worker(caller).provision() }),
      }),
      offer(WORKER_STATUS_SERVICE, {
        WorkerStatus: (stream, caller) => {
          this.worker(caller).openStatus(stream);
        },
      }),
    ];
  }

  #open(service: Service, stream: ByteStreamPair, caller: RpcCaller): void {
    const worker = this.worker(caller);
    caller.greet();
    worker.open(service, stream);
  }

  /** Some SDKs do not say who asks; the ids of descriptors name workers, too. */
  #descriptor(id: string, caller: RpcCaller): Init<ProcessBundleDescriptor> {
    const named = caller.header(WORKER_ID_HEADER);
    const asked = named === undefined ? [...this.#workers.values()] : [this.worker(caller)];
    for (const worker of asked) {
      const descriptor = worker.descriptor(id);
      if (descriptor !== undefined) return descriptor;
    }
    throw new StrahlError('notFound', { title: `there is no bundle descriptor ${id}` });
  }
}
