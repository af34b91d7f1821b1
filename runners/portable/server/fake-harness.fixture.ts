import {
  DATA_SERVICE,
  CONTROL_SERVICE,
  LOGGING_SERVICE,
  STATE_SERVICE,
  WORKER_POOL_SERVICE,
} from '#portability/fnapi/services.js';
import { connect, type RpcChannel } from '#portability/grpc/connect.js';
import { offer } from '#portability/grpc/handlers.js';
import type { MessageStream } from '#portability/grpc/message-stream.js';
import { serve, type Serving } from '#portability/grpc/serve.js';
import type {
  Elements,
  InstructionRequest,
  InstructionResponse,
} from '#portability/proto/generated/fn-api.js';

/** What a worker does with its bundles; the last one is repeated. */
export type Behaviour =
  | 'echo'
  | 'disconnect'
  | 'fail'
  | 'unknown-port'
  | 'answer-twice'
  | 'answer-first'
  | 'other-answer'
  | 'garbage'
  | 'unknown-bundle'
  | 'more-behind-end'
  | 'never-ends'
  | 'silent'
  | 'leave-after-answer'
  | 'leave-within-output'
  | 'leave-while-reading-state'
  | 'break-data'
  | 'oversized'
  // What a worker does when it is started, before it is given a bundle.
  | 'leave-at-once'
  | 'absent';

type Control = MessageStream<InstructionRequest, InstructionResponse>;
type Data = MessageStream<Elements, Elements>;

/** A pool whose workers speak the Fn API by hand. */
export class FakePool {
  started = 0;
  /** Instructions that workers were given. */
  bundles = 0;
  readonly #behaviours: Behaviour[];
  readonly #channels: RpcChannel[] = [];
  #serving: Serving | undefined;

  constructor(...behaviours: Behaviour[]) {
    this.#behaviours = behaviours;
  }

  async start(): Promise<string> {
    this.#serving = await serve({
      offers: [
        offer(WORKER_POOL_SERVICE, {
          StartWorker: async ({ workerId, controlEndpoint }) => {
            this.started++;
            await this.#work(workerId, controlEndpoint!.url);
            return {};
          },
          StopWorker: () => ({}),
        }),
      ],
    });
    return this.#serving.address;
  }

  async stop(): Promise<void> {
    for (const channel of this.#channels) channel.close();
    await this.#serving?.close();
  }

  async #work(workerId: string, endpoint: string): Promise<void> {
    const [first] = this.#behaviours;
    if (first === 'absent' || first === 'leave-at-once') this.#behaviours.shift();
    if (first === 'absent') return;
    const channel = await connect(endpoint, { headers: { worker_id: workerId } });
    this.#channels.push(channel);
    const log = channel.bidi(LOGGING_SERVICE.Logging);
    const isHeard = new Promise<void>((resolve) => {
      log.listen({ message: () => undefined, end: () => resolve() });
    });
    log.send({ logEntries: [{ message: 'the last words of a worker' }] });
    const data: Data = channel.bidi(DATA_SERVICE.Data);
    data.listen({ message: () => undefined, end: () => undefined });
    const control: Control = channel.bidi(CONTROL_SERVICE.Control);
    const state: { isSilent?: boolean } = {};
    control.listen({
      message: (request) => {
        if (state.isSilent === true) return;
        // A worker that counts as lost is told nothing any more.
        this.#answer(request, control, data, channel, state).catch(() => undefined);
      },
      end: () => control.end(),
    });
    if (first !== 'leave-at-once') return;
    // Streams do not keep their order among each other: the words could come behind the end.
    log.end();
    await isHeard;
    control.end();
  }

  async #answer(
    { instructionId, request }: InstructionRequest,
    control: Control,
    data: Data,
    channel: RpcChannel,
    worker: { isSilent?: boolean },
  ): Promise<void> {
    if (request?.case !== 'processBundle') {
      control.send({ instructionId, error: 'no such instruction' });
      return;
    }
    this.bundles++;
    const behaviour =
      this.#behaviours.length > 1 ? this.#behaviours.shift()! : this.#behaviours[0]!;
    const { processBundleDescriptorId } = request.value;
    const { transforms } = await channel.unary(CONTROL_SERVICE.GetProcessBundleDescriptor, {
      processBundleDescriptorId,
    });
    const sinks = [...transforms].flatMap(([id, { outputs }]) => (outputs.size === 0 ? [id] : []));
    const end = (transforms: readonly string[]): void => {
      data.send({
        data: transforms.map((id) => ({ instructionId, transformId: id, isLast: true })),
      });
    };
    const part = (bytes: number): void => {
      const of = { instructionId, transformId: sinks[0]! };
      data.send({ data: [{ ...of, data: new Uint8Array(bytes) }] });
    };
    const respond = (): void => {
      control.send({ instructionId, response: { case: 'processBundle', value: {} } });
    };
    switch (behaviour) {
      case 'echo':
        end(sinks);
        respond();
        return;
      case 'disconnect':
        control.end();
        return;
      case 'fail':
        control.send({ instructionId, error: 'Traceback:\n  line 7\nValueError: seven' });
        return;
      case 'unknown-port':
        end([...sinks, 'nobody']);
        respond();
        return;
      case 'answer-twice':
        end(sinks);
        respond();
        respond();
        return;
      case 'answer-first':
        respond();
        setImmediate(() => end(sinks));
        return;
      case 'other-answer':
        control.send({ instructionId, response: { case: 'finalizeBundle', value: {} } });
        return;
      case 'unknown-bundle':
        data.send({ data: [{ instructionId: 'nobody', transformId: sinks[0]!, isLast: true }] });
        control.send({ instructionId: 'nobody', response: { case: 'processBundle', value: {} } });
        end(sinks);
        respond();
        return;
      case 'more-behind-end':
        end([...sinks, ...sinks]);
        respond();
        return;
      case 'never-ends':
        respond();
        return;
      case 'silent':
        worker.isSilent = true;
        return;
      case 'leave-after-answer':
        respond();
        setImmediate(() => control.end());
        return;
      case 'leave-within-output':
        part(1);
        control.end();
        return;
      case 'leave-while-reading-state': {
        const state = channel.bidi(STATE_SERVICE.State);
        state.listen({ message: () => undefined, end: () => undefined });
        const stateKey = { type: { case: 'runner', value: {} } } as const;
        state.send({ id: '1', instructionId, stateKey, request: { case: 'get', value: {} } });
        control.end();
        return;
      }
      case 'break-data':
        data.cancel();
        return;
      case 'oversized':
        part(3_000_000);
        end(sinks);
        respond();
        return;
      case 'leave-at-once':
      case 'absent':
        return;
      case 'garbage':
        data.send({
          data: sinks.map((id) => ({
            ...{ instructionId, transformId: id },
            ...{ data: Uint8Array.of(1, 2, 3), isLast: true },
          })),
        });
        respond();
    }
  }
}
