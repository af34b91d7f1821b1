import { StrahlError } from '../../errors.js';
import { bundleId, type BundleId } from '../../model/ids.js';
import type { Init } from '../../proto/codec.js';
import {
  decodeInstructionRequest,
  encodeInstructionResponse,
  type Elements,
  type InstructionRequest,
  type InstructionResponse,
  type ProcessBundleRequest,
  type ProcessBundleSplitRequest,
  type ProcessBundleSplitResponse,
} from '../../proto/generated/fn-api.js';
import type { MonitoringInfo } from '../../proto/generated/metrics.js';
import type { BundleProgress, Connection } from '../connection.js';
import { Backlog } from '../elements/backlog.js';
import { decodeElementsViews } from '../elements/elements-message.js';
import { IncomingElements } from '../elements/incoming-elements.js';
import { TimersInbox } from '../elements/timers-proto.js';
import type { LinkEnd, RunnerLink, Service } from '../link.js';
import { isAbort, limitsOf, timesOf } from '../messages/bundle-limits.js';
import { errorText } from '../messages/error-text.js';
import { MetricIds } from '../messages/metric-ids.js';
import { progressToProto } from '../messages/progress-proto.js';
import { desiredSplitFromProto, splitToProto } from '../messages/split-proto.js';
import { CacheTokens } from '../state/cache-tokens.js';
import { StateCache } from '../state/state-cache.js';
import { StateClient } from '../state/state-proto.js';
import type { HarnessStatus } from '../worker-status.js';
import { BundleOutputs } from './bundle-outputs.js';
import { countedBefore, responseOf } from './bundle-response.js';
import { BundleSignals } from './bundle-signals.js';
import { KnownStages, type KnownStage } from './known-stages.js';

type Answer = Init<NonNullable<InstructionResponse['response']>>;

interface RunningBundle {
  readonly stage: KnownStage;
  readonly request: ProcessBundleRequest;
  readonly abort: AbortController;
  started: boolean;
}

/**
 * The harness's end of the Fn API: what messages ask for is done by a `Connection`, which has nothing of
 * the runner but what was decoded from bytes.
 */
export class BundleHarness implements LinkEnd {
  readonly #link: RunnerLink;
  readonly #inner: Connection;
  readonly #stages: KnownStages;
  /** Those of `#bundles`, and those whose stage the runner is still to describe. */
  readonly #announced = new Set<BundleId>();
  readonly #bundles = new Map<BundleId, RunningBundle>();
  readonly #elements: IncomingElements;
  readonly #timers = new TimersInbox((bundle) => {
    this.#startIfComplete(bundle);
  });
  readonly #metricIds = new MetricIds();
  readonly #cache = new StateCache();
  readonly #state: StateClient;
  readonly #signals = new BundleSignals();
  readonly #onFailure: (error: unknown) => void;

  /** `onFailure` hears what a bundle failed with, beside the runner. */
  constructor(
    link: RunnerLink,
    inner: Connection,
    onFailure: (error: unknown) => void = () => undefined,
  ) {
    this.#onFailure = onFailure;
    this.#link = link;
    this.#inner = inner;
    this.#stages = new KnownStages(link, inner);
    const backlog = new Backlog(
      () => link.pauseInput?.(),
      () => link.resumeInput?.(),
    );
    this.#elements = new IncomingElements(backlog);
    this.#state = new StateClient((message, endpoint) => {
      void link.toRunner('state', message, endpoint);
    }, this.#cache);
  }

  get status(): HarnessStatus {
    return {
      bundles: [...this.#bundles].map(([id, { stage, started }]) => ({
        ...{ id, stage: stage.descriptor.id, isWaiting: !started },
      })),
      cachedStates: this.#cache.entries,
      cachedBytes: this.#cache.bytes,
    };
  }

  receive(service: Service, message: Uint8Array): void {
    if (service === 'data') this.#take(decodeElementsViews(message));
    else if (service === 'state') this.#state.receive(message);
    else this.#instruct(decodeInstructionRequest(message));
  }

  #take(elements: Elements): void {
    for (const data of elements.data) this.#elements.receive(data);
    if (elements.timers.length > 0) this.#timers.add(elements);
  }

  #instruct(instruction: InstructionRequest): void {
    const { instructionId, request, unknownFields } = instruction;
    if (isAbort(unknownFields)) this.#abort(bundleId(instructionId));
    else if (request?.case === 'processBundle') this.#announce(instructionId, request.value);
    else void this.#respond(instructionId, () => this.#answer(request));
  }

  async #answer(request: InstructionRequest['request']): Promise<Answer> {
    switch (request?.case) {
      case 'register':
        await this.#stages.register(request.value.processBundleDescriptor);
        return { case: 'register', value: {} };
      case 'processBundleProgress': {
        const bundle = bundleId(request.value.instructionId);
        const progress = (await this.#inner.progress(bundle)) ?? this.#notBegun(bundle);
        return { case: 'processBundleProgress', value: this.#named(progressToProto(progress)) };
      }
      case 'processBundleSplit':
        return { case: 'processBundleSplit', value: await this.#split(request.value) };
      case 'finalizeBundle':
        await this.#inner.finalize(bundleId(request.value.instructionId));
        return { case: 'finalizeBundle', value: {} };
      case 'monitoringInfos': {
        const { monitoringInfoId } = request.value;
        return { case: 'monitoringInfos', value: this.#metricIds.metadata(monitoringInfoId) };
      }
      case 'harnessMonitoringInfos':
        // All that is counted here belongs to a bundle.
        return { case: 'harnessMonitoringInfos', value: {} };
      default:
        throw new StrahlError('unsupportedFeature', {
          title: `the harness knows no instruction ${request?.case ?? 'without a request'}`,
        });
    }
  }

  /** A runner that is told of an error may not ask again. */
  #notBegun(bundle: BundleId): BundleProgress {
    if (this.#announced.has(bundle)) return { metrics: [] };
    throw new StrahlError('protocolBroken', { title: `no bundle ${bundle} runs` });
  }

  /** Whoever asks too late gets nothing (SDF-3). */
  async #split(request: ProcessBundleSplitRequest): Promise<Init<ProcessBundleSplitResponse>> {
    const running = this.#bundles.get(bundleId(request.instructionId));
    if (running?.started !== true) return {};
    const desired = desiredSplitFromProto(request);
    const split = await this.#inner.split(bundleId(request.instructionId), desired);
    return splitToProto(split, desired.transform, running.stage.descriptor);
  }

  /** The metrics of an answer as the runner wants them. */
  #named<M extends { readonly monitoringInfos?: readonly Init<MonitoringInfo>[] | undefined }>(
    answer: M,
  ): M {
    const { monitoringInfos = [] } = answer;
    if (this.#link.shortIds !== true || monitoringInfos.length === 0) return answer;
    const monitoringData = this.#metricIds.dataOf(monitoringInfos);
    return { ...answer, monitoringInfos: [], monitoringData };
  }

  /** Elements may come before the request of their bundle, with it, and while it runs. */
  #announce(instructionId: string, request: ProcessBundleRequest): void {
    const bundle = bundleId(instructionId);
    this.#announced.add(bundle);
    const stage = this.#stages.of(request.processBundleDescriptorId);
    if (!('then' in stage)) {
      this.#expect(bundle, stage, request);
      return;
    }
    stage.then(
      (known) => this.#expect(bundle, known, request),
      (e: unknown) => {
        this.#drop(bundle);
        void this.#respond(instructionId, () => {
          throw e;
        });
      },
    );
  }

  #expect(bundle: BundleId, stage: KnownStage, request: ProcessBundleRequest): void {
    // Two readers of the same elements would wake each other for ever.
    if (this.#bundles.has(bundle)) {
      void this.#respond(bundle, () => {
        throw new StrahlError('protocolBroken', { title: `bundle ${bundle} runs already` });
      });
      return;
    }
    this.#bundles.set(bundle, { stage, request, abort: this.#signals.open(), started: false });
    if (request.dataStreamId !== '')
      void this.#link.prepare?.(stage.endpoints, request.dataStreamId);
    if (request.elements !== undefined) this.#take(request.elements);
    this.#startIfComplete(bundle);
  }

  /** Timers are sorted into the bundle's own, so a stage that has any waits for all of them. */
  #startIfComplete(bundle: BundleId): void {
    const running = this.#bundles.get(bundle);
    if (running === undefined || running.started) return;
    if (!this.#timers.isComplete(bundle, running.stage.ports.families)) return;
    running.started = true;
    void this.#respond(bundle, async () => this.#process(bundle, running), this.#onFailure);
  }

  async #process(bundle: BundleId, { stage, request, abort }: RunningBundle): Promise<Answer> {
    const { ports, endpoints, descriptor } = stage;
    const outputs = new BundleOutputs(bundle, stage, this.#link, request.dataStreamId);
    const tokens = new CacheTokens(request.cacheTokens);
    try {
      const outcome = await this.#inner.process({
        bundle,
        stage: descriptor.id,
        inputs: ports.sources.map((transform) => {
          const supply = this.#elements.supply(bundle, transform, ports.of(transform));
          return { transform, frames: [], supply };
        }),
        timers: this.#timers.take(bundle, ports.families),
        times: timesOf(request.unknownFields),
        state: this.#state.access(bundle, tokens, endpoints.state, this.#link.wholeMaps),
        limits: limitsOf(request.unknownFields),
        signal: abort.signal,
        outlet: outputs,
      });
      const elements = outputs.end(outcome);
      const finalize =
        outcome.finalize && (stage.asksForFinalization || this.#link.finalizesOnlyIfAsked !== true);
      const response = responseOf({ ...outcome, finalize }, descriptor);
      return { case: 'processBundle', value: this.#named({ ...response, elements }) };
    } finally {
      this.#drop(bundle);
    }
  }

  #abort(bundle: BundleId): void {
    const running = this.#bundles.get(bundle);
    if (running === undefined) return;
    if (running.started) {
      running.abort.abort();
      this.#inner.abort(bundle);
      return;
    }
    this.#drop(bundle);
    void this.#respond(bundle, () => {
      throw new StrahlError('jobCancelled', { title: 'the bundle was ended before it started' });
    });
  }

  #drop(bundle: BundleId): void {
    const running = this.#bundles.get(bundle);
    if (running !== undefined) this.#signals.close(running.abort);
    this.#bundles.delete(bundle);
    this.#announced.delete(bundle);
    this.#elements.drop(bundle);
    this.#timers.drop(bundle);
  }

  async #respond(
    instructionId: string,
    answer: () => Promise<Answer>,
    onFailure?: (error: unknown) => void,
  ): Promise<void> {
    let response: Init<InstructionResponse>;
    try {
      response = { instructionId, response: await answer() };
    } catch (e) {
      onFailure?.(e);
      response = { instructionId, error: errorText(e), ...countedBefore(e) };
    }
    void this.#link.toRunner('control', encodeInstructionResponse(response));
  }

  close(failure: unknown): void | Promise<void> {
    if (failure !== undefined) this.#signals.abortAll(failure);
    return this.#inner.close(failure);
  }
}
