import { isDeepStrictEqual, inspect } from 'node:util';
import {
  CONTROL_SERVICE,
  DATA_SERVICE,
  STATE_SERVICE,
  WORKER_ID_HEADER,
  WORKER_POOL_SERVICE,
} from '#portability/fnapi/services.js';
import { connect, type RpcChannel } from '#portability/grpc/connect.js';
import { offer } from '#portability/grpc/handlers.js';
import type { MessageStream } from '#portability/grpc/message-stream.js';
import { serve, type Serving } from '#portability/grpc/serve.js';
import type { Init } from '#portability/proto/codec.js';
import type {
  Elements,
  InstructionRequest,
  InstructionResponse,
  ProcessBundleDescriptor,
  ProcessBundleRequest,
  StartWorkerRequest,
  StateRequest,
  StateResponse,
} from '#portability/proto/generated/fn-api.js';
import { decodeParDoPayload } from '#portability/proto/generated/pipeline.js';
import { TRANSFORM_URN } from '#portability/urns.js';
import type { Conversation } from './conversation.js';
import { RecordedBundles, stageOf, type RecordedBundle } from './recorded-bundles.js';
import { plain } from './plain.js';
import { familyStream, Streams } from './streams.js';

interface StageSeen {
  readonly descriptor: ProcessBundleDescriptor;
  /** Sources and families of timers: a bundle is complete when all of them have ended. */
  readonly streams: readonly string[];
}

interface Running {
  readonly id: string;
  readonly request: ProcessBundleRequest;
  readonly stage: StageSeen;
}

/**
 * A pool with one worker that does in each bundle what the recorded worker did when it was given the same.
 *
 *   R1. Which of the bundles comes first is free, and so are the ids of bundles, workers and state requests, the
 *       tokens of caches, and how elements are cut into messages.
 *   R2. All else must be as recorded: the elements and timers of each bundle, and what state answers.
 */
export class ReplayedHarness {
  /** What the engine did otherwise than it was recorded. */
  readonly differences: string[] = [];
  /** The stages that bundles were made for, as the engine describes them. */
  readonly stages = new Map<string, ProcessBundleDescriptor>();
  readonly #recorded: RecordedBundles;
  readonly #left: Set<RecordedBundle>;
  readonly #asked = new Map<string, Promise<StageSeen>>();
  readonly #inputs = new Streams();
  readonly #running = new Map<string, Running>();
  readonly #answers = new Map<string, (response: StateResponse) => void>();
  #channel: RpcChannel | undefined;
  #serving: Serving | undefined;
  #control: MessageStream<InstructionRequest, InstructionResponse> | undefined;
  #data: MessageStream<Elements, Elements> | undefined;
  #state: MessageStream<StateResponse, StateRequest> | undefined;
  #serial = 0;

  constructor(conversation: Conversation) {
    this.#recorded = new RecordedBundles(conversation);
    this.#left = new Set(this.#recorded.bundles);
  }

  /** The stages of recorded bundles that the engine never made. */
  get missed(): readonly string[] {
    return [...this.#left].map(({ stage }) => stage);
  }

  async pool(): Promise<string> {
    const pool = offer(WORKER_POOL_SERVICE, {
      StartWorker: async (request) => {
        await this.#start(request);
        return {};
      },
      StopWorker: () => ({}),
    });
    this.#serving = await serve({ offers: [pool] });
    return this.#serving.address;
  }

  async close(): Promise<void> {
    this.#channel?.close();
    await this.#serving?.close();
  }

  async #start({ workerId, controlEndpoint }: StartWorkerRequest): Promise<void> {
    const headers = { [WORKER_ID_HEADER]: workerId };
    const channel = await connect(controlEndpoint!.url, { headers });
    this.#channel = channel;
    const end = (): void => undefined;
    this.#data = channel.bidi(DATA_SERVICE.Data);
    const message = (elements: Elements): void => {
      this.#inputs.add(elements);
      for (const running of this.#running.values()) this.#beginIfComplete(running);
    };
    this.#data.listen({ message, end });
    this.#state = channel.bidi(STATE_SERVICE.State);
    this.#state.listen({ message: (response) => this.#answers.get(response.id)?.(response), end });
    const control = channel.bidi(CONTROL_SERVICE.Control);
    this.#control = control;
    control.listen({
      message: (request) => {
        this.#instruct(request).catch((e: unknown) => this.differences.push(inspect(e)));
      },
      end: () => control.end(),
    });
  }

  async #instruct({ instructionId: id, request }: InstructionRequest): Promise<void> {
    if (request?.case === 'processBundle') {
      if (request.value.elements !== undefined) this.#inputs.add(request.value.elements);
      const stage = await this.#stage(request.value.processBundleDescriptorId);
      this.#running.set(id, { id, request: request.value, stage });
      this.#beginIfComplete(this.#running.get(id)!);
    } else if (request?.case === 'monitoringInfos') {
      const infos = this.#recorded.answers.flatMap(({ response }) =>
        response?.case === 'monitoringInfos' ? [...response.value.monitoringInfo] : [],
      );
      this.#say(id, { case: 'monitoringInfos', value: { monitoringInfo: new Map(infos) } });
    } else {
      // How far a bundle is, and what could be given away of it, depends on the moment.
      this.#say(id, { case: request!.case, value: {} });
    }
  }

  #say(instructionId: string, response: Init<NonNullable<InstructionResponse['response']>>): void {
    this.#control!.send({ instructionId, response });
  }

  #stage(id: string): Promise<StageSeen> {
    let asked = this.#asked.get(id);
    if (asked === undefined) this.#asked.set(id, (asked = this.#describe(id)));
    return asked;
  }

  async #describe(processBundleDescriptorId: string): Promise<StageSeen> {
    const rpc = CONTROL_SERVICE.GetProcessBundleDescriptor;
    const descriptor = await this.#channel!.unary(rpc, { processBundleDescriptorId });
    this.stages.set(stageOf(processBundleDescriptorId), descriptor);
    const streams = [...descriptor.transforms].flatMap(([id, { spec }]) => {
      if (spec?.urn === TRANSFORM_URN.DATA_SOURCE) return [id];
      if (spec?.urn !== TRANSFORM_URN.PAR_DO) return [];
      const families = decodeParDoPayload(spec.payload).timerFamilySpecs.keys();
      return [...families].map((family) => familyStream(id, family));
    });
    return { descriptor, streams };
  }

  #beginIfComplete(running: Running): void {
    const { id, request, stage } = running;
    if (!stage.streams.every((stream) => this.#inputs.isEnded(id, stream))) return;
    this.#running.delete(id);
    const recorded = this.#match(id, request);
    if (recorded !== undefined) {
      this.#left.delete(recorded);
      void this.#play(id, recorded);
      return;
    }
    const given = [stageOf(request.processBundleDescriptorId), ...this.#inputs.of(id)].join('\n  ');
    this.differences.push(`no such bundle was recorded: ${given}`);
    this.#control!.send({ instructionId: id, error: 'this is not in the recording' });
  }

  #match(id: string, request: ProcessBundleRequest): RecordedBundle | undefined {
    const given = {
      stage: stageOf(request.processBundleDescriptorId),
      cacheTokens: request.cacheTokens.map(({ type }) => type?.case),
      inputs: this.#inputs.of(id),
    };
    return [...this.#left].find(({ id: was, stage, cacheTokens }) =>
      isDeepStrictEqual(given, { stage, cacheTokens, inputs: this.#recorded.inputs.of(was) }),
    );
  }

  async #play(instructionId: string, { acts }: RecordedBundle): Promise<void> {
    const heard = new Map<string, Promise<StateResponse>>();
    const now = <T>(part: T): T => ({ ...part, instructionId });
    for (const act of acts) {
      if (act.kind === 'emit') {
        const { data, timers } = act.elements;
        this.#data!.send({ data: data.map(now), timers: timers.map(now) });
      } else if (act.kind === 'ask') {
        heard.set(act.request.id, this.#ask(now(act.request)));
      } else if (act.kind === 'hear') {
        const { id, ...expected } = act.response;
        const { id: _, ...got } = await heard.get(id)!;
        if (isDeepStrictEqual(plain(got), plain(expected))) continue;
        this.differences.push(`state answered ${inspect(got)} instead of ${inspect(expected)}`);
      } else this.#control!.send(now(act.response));
    }
  }

  #ask(request: StateRequest): Promise<StateResponse> {
    const id = `replayed-${String(this.#serial++)}`;
    const answer = new Promise<StateResponse>((resolve) => this.#answers.set(id, resolve));
    this.#state!.send({ ...request, id });
    return answer;
  }
}
