import {
  DATA_SERVICE,
  CONTROL_SERVICE,
  LOGGING_SERVICE,
  WORKER_POOL_SERVICE,
} from '#portability/fnapi/services.js';
import { connect, type RpcChannel } from '#portability/grpc/connect.js';
import { offer } from '#portability/grpc/handlers.js';
import type { MessageStream } from '#portability/grpc/message-stream.js';
import { serve, type Serving } from '#portability/grpc/serve.js';
import { functionSpec } from '#portability/model/function-spec.js';
import type { Graph, Transform } from '#portability/model/graph.js';
import {
  coderId,
  environmentId,
  pcollectionId,
  transformId,
  windowingStrategyId,
} from '#portability/model/ids.js';
import { duration } from '#portability/model/time.js';
import type {
  Elements,
  InstructionRequest,
  InstructionResponse,
} from '#portability/proto/generated/fn-api.js';
import { encodeExternalPayload } from '#portability/proto/generated/pipeline.js';
import { encodeGraph } from '#portability/proto/pipeline-proto.js';
import { writeTransformSpec } from '#portability/proto/transform-spec.js';
import { CODER_URN, ENVIRONMENT_URN } from '#portability/urns.js';

/** What a worker does with its bundles; the last one is repeated. */
export type Behaviour =
  | 'echo'
  | 'disconnect'
  | 'fail'
  | 'unknown-port'
  | 'answer-twice'
  | 'answer-first'
  | 'other-answer'
  | 'garbage';

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
    const channel = await connect(endpoint, { headers: { worker_id: workerId } });
    this.#channels.push(channel);
    const log = channel.bidi(LOGGING_SERVICE.Logging);
    log.listen({ message: () => undefined, end: () => undefined });
    log.send({ logEntries: [{ message: 'the last words of a worker' }] });
    const data: Data = channel.bidi(DATA_SERVICE.Data);
    data.listen({ message: () => undefined, end: () => undefined });
    const control: Control = channel.bidi(CONTROL_SERVICE.Control);
    control.listen({
      message: (request) => void this.#answer(request, control, data, channel),
      end: () => control.end(),
    });
  }

  async #answer(
    { instructionId, request }: InstructionRequest,
    control: Control,
    data: Data,
    channel: RpcChannel,
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

/** An impulse, a step with one output in the environment of `pool`, and a step that reads it behind a reshuffle. */
export function tinyPipeline(pool: string): Uint8Array {
  const [bytes, window] = [coderId('bytes'), coderId('window')];
  const environment = environmentId('env');
  const windowing = windowingStrategyId('global');
  const doFn = functionSpec('test:fn');
  const parDo = writeTransformSpec({
    ...{ kind: 'par-do', doFn },
    ...{ sideInputs: new Map(), stateSpecs: new Map(), timerFamilies: new Map() },
    ...{ requestsFinalization: false, requiresTimeSortedInput: false, requiresStableInput: false },
  });
  const step = (
    id: string,
    spec: Transform['spec'],
    input?: string,
    output?: string,
  ): Transform => ({
    id: transformId(id),
    uniqueName: id,
    spec,
    subtransforms: [],
    inputs: new Map(input === undefined ? [] : [['in', pcollectionId(input)]]),
    outputs: new Map(output === undefined ? [] : [['out', pcollectionId(output)]]),
    ...(spec === parDo ? { environmentId: environment } : {}),
    displayData: [],
    annotations: new Map(),
  });
  const transforms = [
    step('Impulse', writeTransformSpec({ kind: 'impulse' }), undefined, 'a'),
    step('Map', parDo, 'a', 'b'),
    step('Shuffle', writeTransformSpec({ kind: 'reshuffle' }), 'b', 'c'),
    step('Read', parDo, 'c'),
  ];
  const collection = (id: string) => ({
    id: pcollectionId(id),
    uniqueName: id,
    coderId: bytes,
    boundedness: 'bounded' as const,
    windowingStrategyId: windowing,
    displayData: [],
  });
  const graph: Graph = {
    components: {
      transforms: new Map(transforms.map((t) => [t.id, t])),
      pcollections: new Map(['a', 'b', 'c'].map((id) => [pcollectionId(id), collection(id)])),
      windowingStrategies: new Map([
        [
          windowing,
          {
            ...{ windowFn: { kind: 'global' }, mergeStatus: 'non-merging', windowCoderId: window },
            ...{ trigger: { kind: 'default' }, accumulation: 'discarding' },
            ...{ timestampCombiner: 'end-of-window', closing: 'if-non-empty', onTime: 'always' },
            ...{ allowedLateness: duration(0), assignsToOneWindow: true },
          } as const,
        ],
      ]),
      coders: new Map([
        [bytes, { spec: functionSpec(CODER_URN.BYTES), componentIds: [] }],
        [window, { spec: functionSpec(CODER_URN.GLOBAL_WINDOW), componentIds: [] }],
      ]),
      environments: new Map([
        [
          environment,
          {
            urn: ENVIRONMENT_URN.EXTERNAL,
            payload: encodeExternalPayload({ endpoint: { url: pool } }),
            ...{ displayData: [], capabilities: [], dependencies: [], resourceHints: new Map() },
          },
        ],
      ]),
    },
    rootTransformIds: transforms.map(({ id }) => id),
    displayData: [],
    requirements: [],
  };
  return encodeGraph(graph);
}
