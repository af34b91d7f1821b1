import { StrahlError } from '../errors.js';
import { bundleId, type BundleId, type StageId } from '../model/ids.js';
import { duration } from '../model/time.js';
import type { Init } from '../proto/codec.js';
import {
  decodeInstructionResponse,
  encodeInstructionRequest,
  type InstructionRequest,
  type InstructionResponse,
  type ProcessBundleResponse,
} from '../proto/generated/fn-api.js';
import { joinFrames } from '../wire/join-frames.js';
import type { Frame } from '../wire/frames.js';
import { abortField, limitsField, timesField } from './bundle-limits.js';
import type {
  BundleOutcome,
  BundleProgress,
  BundleRequest,
  BundleSplit,
  Connection,
  DesiredSplit,
  MetricUpdate,
  StageDescriptor,
  StageFrames,
} from './connection.js';
import { descriptorToProto } from './descriptor-proto.js';
import { ElementsInbox, elementsMessages } from './elements-inbox.js';
import { noteFailedMetrics } from './failed-metrics.js';
import { errorFromText } from './error-text.js';
import type { Link, LinkEnd, Service } from './link.js';
import { metricFromProto } from './metrics-proto.js';
import { NO_STATE, NO_TIMES } from './no-state.js';
import { progressFromProto } from './progress-proto.js';
import { residualFromProto } from './residual-proto.js';
import { desiredSplitToProto, splitFromProto } from './split-proto.js';
import { StagePorts } from './stage-ports.js';
import { answerState } from './state-proto.js';
import { TimersInbox, timersMessages } from './timers-proto.js';

interface Waiting {
  readonly resolve: (response: InstructionResponse) => void;
  readonly reject: (error: Error) => void;
}

type Instruction = NonNullable<InstructionRequest['request']>;

/**
 * The runner's end of the Fn API: every call becomes messages, every answer comes from messages, and
 * nothing else is shared with the harness.
 *
 *   B1. The outputs of a bundle come before its response, because a link keeps the order.
 *   B2. What the Fn API has no message for travels in fields that other harnesses pass over.
 */
export class BytesConnection implements Connection, LinkEnd {
  readonly #link: Link;
  readonly #closePeer: (failure: unknown) => void | Promise<void>;
  readonly #stages = new Map<StageId, StagePorts>();
  readonly #waiting = new Map<string, Waiting>();
  readonly #running = new Map<BundleId, BundleRequest>();
  readonly #timers = new TimersInbox(() => undefined);
  // The outputs of a bundle are complete before its response arrives (B1): nobody waits for them alone.
  readonly #outputs = new ElementsInbox(() => undefined);
  #serial = 0;

  /** `closePeer` ends the transport: the Fn API has no message for it. */
  constructor(link: Link, closePeer: (failure: unknown) => void | Promise<void>) {
    this.#link = link;
    this.#closePeer = closePeer;
  }

  receive(service: Service, message: Uint8Array): void {
    if (service === 'data') {
      this.#timers.receive(message);
      this.#outputs.receive(message);
    } else if (service === 'state') void this.#answerState(message);
    else this.#receiveResponse(decodeInstructionResponse(message));
  }

  #receiveResponse(response: InstructionResponse): void {
    const waiting = this.#waiting.get(response.instructionId);
    this.#waiting.delete(response.instructionId);
    if (response.error === '') waiting?.resolve(response);
    else waiting?.reject(failureOf(response));
  }

  async #answerState(message: Uint8Array): Promise<void> {
    const answer = await answerState(message, (bundle) => this.#running.get(bundle)?.state);
    this.#link.toHarness('state', answer);
  }

  #ask(
    id: string,
    request: Init<Instruction>,
    extension?: Uint8Array,
  ): Promise<InstructionResponse> {
    const answer = new Promise<InstructionResponse>((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
    });
    this.#send({ instructionId: id, request, unknownFields: extension });
    return answer;
  }

  #send(request: Init<InstructionRequest>): void {
    this.#link.toHarness('control', encodeInstructionRequest(request));
  }

  #nextId(): string {
    return `instruction ${String(this.#serial++)}`;
  }

  async register(stages: readonly StageDescriptor[]): Promise<void> {
    for (const stage of stages) this.#stages.set(stage.id, new StagePorts(stage));
    const processBundleDescriptor = stages.map(descriptorToProto);
    await this.#ask(this.#nextId(), { case: 'register', value: { processBundleDescriptor } });
  }

  async process(request: BundleRequest): Promise<BundleOutcome> {
    const { bundle, stage, inputs, limits, signal } = request;
    const ports = this.#portsOf(stage);
    const onAbort = (): void => {
      this.abort(bundle);
    };
    this.#running.set(bundle, request);
    signal.addEventListener('abort', onAbort);
    try {
      const fields = Buffer.concat([limitsField(limits), timesField(request.times)]);
      const value = { processBundleDescriptorId: stage, unknownFields: fields };
      const answer = this.#ask(bundle, { case: 'processBundle', value });
      for (const message of elementsMessages(bundle, ports.sources, inputs)) {
        this.#link.toHarness('data', message);
      }
      for (const message of timersMessages(bundle, ports.families, request.timers)) {
        this.#link.toHarness('data', message);
      }
      if (signal.aborted) onAbort();
      return this.#outcome(await answer, request, ports);
    } finally {
      signal.removeEventListener('abort', onAbort);
      this.#running.delete(bundle);
      this.#outputs.drop(bundle);
      this.#timers.drop(bundle);
    }
  }

  #portsOf(stage: StageId): StagePorts {
    const ports = this.#stages.get(stage);
    if (ports !== undefined) return ports;
    throw new StrahlError('protocolBroken', { title: `the stage ${stage} was never registered` });
  }

  #outcome(
    { response }: InstructionResponse,
    { bundle }: BundleRequest,
    ports: StagePorts,
  ): BundleOutcome {
    if (response?.case !== 'processBundle') throw unexpected('processBundle', response?.case);
    const timers = this.#timers.take(bundle, ports.families);
    return {
      ...outcomeOf(response.value, this.#outputs.take(bundle, ports.sinks, ports), ports),
      timers,
    };
  }

  async progress(bundle: BundleId): Promise<BundleProgress | undefined> {
    if (!this.#running.has(bundle)) return undefined;
    const value = { instructionId: bundle };
    const answer = this.#ask(this.#nextId(), { case: 'processBundleProgress', value });
    // The bundle may have ended meanwhile: then the harness no longer knows it.
    const response = await answer.then(
      (r) => r.response,
      () => undefined,
    );
    if (response?.case !== 'processBundleProgress') return undefined;
    return progressFromProto(response.value);
  }

  async split(bundle: BundleId, desired: DesiredSplit): Promise<BundleSplit | undefined> {
    const running = this.#running.get(bundle);
    if (running === undefined) return undefined;
    const value = desiredSplitToProto(bundle, desired);
    const { response } = await this.#ask(this.#nextId(), { case: 'processBundleSplit', value });
    if (response?.case !== 'processBundleSplit') {
      throw unexpected('processBundleSplit', response?.case);
    }
    return splitFromProto(response.value, this.#portsOf(running.stage));
  }

  async finalize(bundle: BundleId): Promise<void> {
    const value = { instructionId: bundle };
    await this.#ask(this.#nextId(), { case: 'finalizeBundle', value });
  }

  abort(bundle: BundleId): void {
    if (this.#running.has(bundle)) {
      this.#send({ instructionId: bundle, unknownFields: abortField() });
    }
  }

  async mergeAccumulators(stage: StageId, groups: Frame): Promise<Frame> {
    return this.#throughStage(stage, groups);
  }

  async mergeWindows(stage: StageId, windows: Frame): Promise<Frame> {
    return this.#throughStage(stage, windows);
  }

  /** A stage that merges is a stage like others: source, merge, sink. */
  async #throughStage(stage: StageId, groups: Frame): Promise<Frame> {
    const [source] = this.#portsOf(stage).sources;
    const { outputs } = await this.process({
      bundle: bundleId(this.#nextId()),
      stage,
      inputs: [{ transform: source!, frames: [groups] }],
      timers: [],
      times: NO_TIMES,
      state: NO_STATE,
      limits: { elements: Infinity, outputBytes: Infinity, time: duration(Infinity) },
      signal: new AbortController().signal,
    });
    return joinFrames(outputs.flatMap(({ frames }) => frames));
  }

  async mapWindows(stage: StageId, windows: Frame): Promise<Frame> {
    return this.#throughStage(stage, windows);
  }

  async close(failure?: unknown): Promise<void> {
    await this.#closePeer(failure);
  }
}

function outcomeOf(
  { residualRoots, monitoringInfos, requiresFinalization }: ProcessBundleResponse,
  outputs: readonly StageFrames[] | undefined,
  ports: StagePorts,
): BundleOutcome {
  if (outputs === undefined) {
    throw new StrahlError('protocolBroken', {
      title: 'a bundle was answered before its outputs were complete',
    });
  }
  return {
    outputs,
    timers: [],
    residuals: residualRoots.map((root) => residualFromProto(root, ports)),
    metrics: metricsOf(monitoringInfos),
    finalize: requiresFinalization,
  };
}

function failureOf({ error, response }: InstructionResponse): StrahlError {
  const failure = errorFromText(error);
  if (response?.case === 'processBundle') {
    noteFailedMetrics(failure, metricsOf(response.value.monitoringInfos));
  }
  return failure;
}

function metricsOf(infos: ProcessBundleResponse['monitoringInfos']): readonly MetricUpdate[] {
  return infos.map(metricFromProto).filter((metric) => metric !== undefined);
}

function unexpected(expected: string, found: string | undefined): StrahlError {
  return new StrahlError('protocolBroken', {
    title: `the harness answered ${found ?? 'nothing'}, expected ${expected}`,
  });
}
