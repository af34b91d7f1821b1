import { isDeepStrictEqual, inspect } from 'node:util';
import {
  CONTROL_SERVICE,
  DATA_SERVICE,
  PROVISION_SERVICE,
  STATE_SERVICE,
} from '#portability/fnapi/services.js';
import { offer } from '#portability/grpc/handlers.js';
import type { MessageStream } from '#portability/grpc/message-stream.js';
import { serve, type Serving } from '#portability/grpc/serve.js';
import {
  decodeElements,
  decodeInstructionRequest,
  decodeInstructionResponse,
  decodeProcessBundleDescriptor,
  decodeStateRequest,
  decodeStateResponse,
  type Elements,
  type InstructionRequest,
  type InstructionResponse,
  type StateRequest,
  type StateResponse,
} from '#portability/proto/generated/fn-api.js';
import type { Conversation, Said } from './conversation.js';
import { stageAt } from './endpoints.js';
import { MetricNames } from './metric-names.js';
import { plain } from './plain.js';
import { Streams } from './streams.js';

type Answer = Omit<InstructionResponse, 'instructionId'>;

/**
 * A runner that says what the recorded one said, each message as soon as the worker has done all that the recorded
 * worker had done before it.
 *
 *   R1. How elements are cut into messages is free, and so are the ids of state requests, the short ids of metrics, and
 *       the order of answers to different bundles, whose elements may end behind them. What is said of progress
 *       depends on the moment; that it is answered does not. So does a split that gives nothing.
 *   R2. All else must be as recorded: what comes out of a bundle, its residuals and metrics, and what it asks.
 *   R3. A part of a bundle is asked for when the bundle is where it was.
 */
export class ReplayedRunner {
  /** What the worker did otherwise than it was recorded. */
  readonly differences: string[] = [];
  readonly #conversation: Conversation;
  readonly #recorded = new Streams();
  readonly #got = new Streams();
  readonly #answers = new Map<string, InstructionResponse>();
  readonly #asked: StateRequest[] = [];
  /** Ids of state requests: as recorded, and as they are now. */
  readonly #ids = new Map<string, string>();
  readonly #names = { now: new MetricNames(), then: new MetricNames() };
  /** What was answered to an instruction, now and then. */
  readonly #pairs: (readonly [id: string, now: Answer, then: Answer])[] = [];
  /** Instructions of which only that they are answered is the same each time. */
  readonly #ofTheMoment = new Set<string>();
  /** The bundle that each question for progress was about, and the last recorded answer by bundle. */
  readonly #asksProgress = new Map<string, string>();
  readonly #progress = new Map<string, readonly string[]>();
  /** Splits that gave a part of a bundle away. */
  readonly #givers: ReadonlySet<string>;
  #questions = 0;
  #wake: () => void = () => undefined;
  #serving: Serving | undefined;
  #hasDataEnded = false;
  #control: MessageStream<InstructionResponse, InstructionRequest> | undefined;
  #data: MessageStream<Elements, Elements> | undefined;
  #state: MessageStream<StateRequest, StateResponse> | undefined;

  constructor(conversation: Conversation) {
    this.#conversation = conversation;
    this.#givers = new Set(conversation.said.flatMap(splitIn));
  }

  /** Serves the worker; answers the address. */
  async start(): Promise<string> {
    const listen = <In>(stream: MessageStream<In, never>, message: (message: In) => void): void => {
      stream.listen({
        message: (each) => {
          message(each);
          this.#wake();
        },
        end: () => {
          if ((stream as unknown) === this.#data) this.#hasDataEnded = true;
          stream.end();
          this.#wake();
        },
      });
      this.#wake();
    };
    const { runnerCapabilities, descriptors } = this.#conversation;
    const offers = [
      offer(CONTROL_SERVICE, {
        Control: (stream) => {
          this.#control = stream;
          listen(stream as never, (answer: InstructionResponse) => {
            this.#answers.set(answer.instructionId, answer);
          });
        },
        GetProcessBundleDescriptor: ({ processBundleDescriptorId: id }) =>
          stageAt(decodeProcessBundleDescriptor(descriptors.get(id)!), this.#serving!.address),
      }),
      offer(DATA_SERVICE, {
        Data: (stream) => {
          this.#data = stream;
          listen(stream as never, (elements: Elements) => this.#got.add(elements));
        },
      }),
      offer(STATE_SERVICE, {
        State: (stream) => {
          this.#state = stream;
          listen(stream as never, (request: StateRequest) => this.#asked.push(request));
        },
      }),
      offer(PROVISION_SERVICE, { GetProvisionInfo: () => ({ info: { runnerCapabilities } }) }),
    ];
    this.#serving = await serve({ offers });
    return this.#serving.address;
  }

  /** Says all of it; resolves when the worker has said its part. */
  async play(): Promise<void> {
    await this.#until(() => this.#control);
    for (const said of this.#conversation.said) {
      if (said.from === 'runner') await this.#say(said);
      else await this.#hear(said);
    }
  }

  /** Compares what the worker has said; to be called when it is done. */
  async compare(): Promise<void> {
    if (this.#data !== undefined) await this.#until(() => this.#hasDataEnded || undefined);
    const { now, then } = this.#names;
    for (const [id, got, recorded] of this.#pairs) {
      this.#compare(`the answer to ${id}`, now.spelt(plain(got)), then.spelt(plain(recorded)));
    }
    this.#compare('what metrics mean', now.all, then.all);
    for (const id of this.#answers.keys()) {
      this.#compare(`the elements of ${id}`, this.#got.of(id), this.#recorded.of(id));
    }
    for (const request of this.#asked) this.differences.push(`it asked for ${inspect(request)}`);
  }

  async close(): Promise<void> {
    this.#control?.end();
    await this.#serving?.close();
  }

  async #until<T>(have: () => T | undefined): Promise<T> {
    for (;;) {
      const value = have();
      if (value !== undefined) return value;
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }

  async #say({ service, bytes }: Said): Promise<void> {
    if (service === 'data') {
      (await this.#until(() => this.#data)).send(decodeElements(bytes));
    } else if (service === 'state') {
      const response = decodeStateResponse(bytes);
      this.#state!.send({ ...response, id: this.#ids.get(response.id)! });
    } else {
      const instruction = decodeInstructionRequest(bytes);
      const { instructionId: id, request } = instruction;
      if (request?.case === 'processBundleProgress') {
        this.#asksProgress.set(id, request.value.instructionId);
      } else if (request?.case === 'processBundleSplit') {
        if (this.#givers.has(id)) await this.#arrive(request.value.instructionId);
        else this.#ofTheMoment.add(id);
      }
      this.#control!.send(instruction);
    }
  }

  /** R3: how far it was is what it had said last of its progress. */
  async #arrive(bundle: string): Promise<void> {
    const then = this.#progress.get(bundle);
    for (;;) {
      const value = { instructionId: bundle };
      const now = await this.#ask({ case: 'processBundleProgress', value });
      if (!isDeepStrictEqual(countsIn(now), then)) continue;
      // The recorded questions for names may have come before there were any.
      const monitoringInfoId = namesIn(now);
      const { response } = await this.#ask({
        case: 'monitoringInfos',
        value: { monitoringInfoId },
      });
      if (response?.case === 'monitoringInfos') this.#names.now.learn(response.value);
      return;
    }
  }

  /** Asks the worker what the recorded runner did not. */
  async #ask(request: InstructionRequest['request']): Promise<Answer> {
    const instructionId = `asked now ${String(this.#questions++)}`;
    this.#control!.send({ instructionId, request });
    const answer = await this.#until(() => this.#answers.get(instructionId));
    this.#answers.delete(instructionId);
    return answer;
  }

  async #hear({ service, bytes }: Said): Promise<void> {
    if (service === 'data') {
      // Elements come when they come; they are compared at the end.
      this.#recorded.add(decodeElements(bytes));
    } else if (service === 'state') {
      await this.#hearQuestion(decodeStateRequest(bytes));
    } else {
      const { instructionId: id, ...recorded } = decodeInstructionResponse(bytes);
      const { instructionId: _, ...got } = await this.#until(() => this.#answers.get(id));
      if (
        got.response?.case === 'monitoringInfos' &&
        recorded.response?.case === 'monitoringInfos'
      ) {
        this.#names.now.learn(got.response.value);
        this.#names.then.learn(recorded.response.value);
      } else if (this.#asksProgress.has(id)) {
        this.#progress.set(this.#asksProgress.get(id)!, countsIn(recorded));
      } else if (!this.#ofTheMoment.has(id)) this.#pairs.push([id, got, recorded]);
    }
  }

  async #hearQuestion({ id, ...recorded }: StateRequest): Promise<void> {
    const index = await this.#until(() => {
      const at = this.#asked.findIndex(({ id: _, ...got }) =>
        isDeepStrictEqual(plain(got), plain(recorded)),
      );
      return at < 0 ? undefined : at;
    });
    const [request] = this.#asked.splice(index, 1);
    this.#ids.set(id, request!.id);
  }

  #compare(what: string, now: unknown, then: unknown): void {
    if (isDeepStrictEqual(now, then)) return;
    const text = (value: unknown): string => inspect(value, { depth: null });
    this.differences.push(`${what} is ${text(now)} and was ${text(then)}`);
  }
}

/** The id of a split that gave something, if that is what a worker says. */
function splitIn({ from, service, bytes }: Said): readonly string[] {
  if (from !== 'worker' || service !== 'control') return [];
  const { instructionId, response } = decodeInstructionResponse(bytes);
  const isSplit =
    response?.case === 'processBundleSplit' && response.value.channelSplits.length > 0;
  return isSplit ? [instructionId] : [];
}

/** The values of the metrics of a progress answer: the names are given out as it happens. */
function countsIn({ response }: Answer): readonly string[] {
  if (response?.case !== 'processBundleProgress') return [];
  const payloads = [...response.value.monitoringData.values()];
  return payloads.map((payload) => Buffer.from(payload).toString('hex')).sort();
}

function namesIn({ response }: Answer): string[] {
  return response?.case === 'processBundleProgress'
    ? [...response.value.monitoringData.keys()]
    : [];
}
