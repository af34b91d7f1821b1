import { randomUUID } from 'node:crypto';
import { StrahlError } from '../../errors.js';
import { bundleId, type BundleId, type StageId } from '../../model/ids.js';
import type { Init } from '../../proto/codec.js';
import {
  decodeStateRequest,
  type ProcessBundleRequest,
  type ProcessBundleResponse,
  type StateRequest,
} from '../../proto/generated/fn-api.js';
import type { Frame } from '../../wire/frames.js';
import { joinFrames } from '../../wire/join-frames.js';
import type {
  BundleOutcome,
  BundleProgress,
  BundleRequest,
  BundleSplit,
  Connection,
  DesiredSplit,
  StageDescriptor,
  StateAccess,
} from '../connection.js';
import { decodeElementsViews } from '../elements/elements-message.js';
import { StagePorts } from '../elements/stage-ports.js';
import { timersMessages } from '../elements/timers-proto.js';
import type { LinkEnd, Service } from '../link.js';
import { abortField, limitsField, timesField } from '../messages/bundle-limits.js';
import { descriptorToProto } from '../messages/descriptor-proto.js';
import { progressFromProto } from '../messages/progress-proto.js';
import { residualFromProto } from '../messages/residual-proto.js';
import { desiredSplitToProto, splitFromProto } from '../messages/split-proto.js';
import { StageTokens } from '../state/cache-tokens.js';
import { answerState } from '../state/state-proto.js';
import { wholePages } from '../state/whole-pages.js';
import { areFew, elementsParts, sendElements } from './bundle-inputs.js';
import { BundleResults } from './bundle-results.js';
import { Checkpoint, splitOfOnlyRestriction } from './checkpoint.js';
import { requestOfFrame } from './frame-request.js';
import type { HarnessLink, HarnessPeer } from './harness-peer.js';
import { Instructions, metricsOf } from './instructions.js';
import { ShortIds } from './short-ids.js';
import { silenceOf, type Silence } from './silence.js';

/**
 * The runner's end of the Fn API: every call becomes messages, every answer comes from messages, and
 * nothing else is shared with the harness.
 *
 *   B1. A bundle is over when its response is there and all its outputs and timers have ended, in any order.
 *   B2. What the Fn API has no message for travels in fields that other harnesses pass over.
 *   B3. Once the harness is lost, whatever waits for it fails, and so does whatever is asked of it.
 */
export class BytesConnection implements Connection, LinkEnd {
  readonly #link: HarnessLink;
  readonly #peer: HarnessPeer;
  readonly #stages = new Map<StageId, StagePorts>();
  readonly #tokens = new Map<StageId, StageTokens>();
  /** What no other connection of any runner is called. */
  readonly #name = randomUUID();
  readonly #instructions: Instructions;
  readonly #running = new Map<BundleId, BundleRequest>();
  readonly #results: BundleResults;
  readonly #shortIds = new ShortIds(async (monitoringInfoId) => {
    const value = { monitoringInfoId };
    const id = this.#instructions.newId();
    const answer = await this.#instructions.ask(id, { case: 'monitoringInfos', value });
    return answer.monitoringInfo;
  });
  readonly #silence: Silence | undefined;

  constructor(link: HarnessLink, peer: HarnessPeer) {
    this.#link = link;
    this.#peer = peer;
    this.#results = new BundleResults((bundle) => this.#portsFor(bundle), peer.silence);
    this.#silence = silenceOf(peer, () => {
      const [bundle] = this.#running.keys();
      this.#instructions.probe(bundle);
    });
    this.#instructions = new Instructions((message) => {
      void link.toHarness('control', message);
    }, this.#silence);
  }

  /** Whether bundles run. */
  get isBusy(): boolean {
    return this.#running.size > 0;
  }

  receive(service: Service, message: Uint8Array): void {
    this.#silence?.heard();
    if (service === 'data') {
      this.#results.receive(decodeElementsViews(message));
    } else if (service === 'state') void this.#answerState(decodeStateRequest(message));
    else this.#instructions.receive(message);
  }

  /** B3 */
  lost(failure: Error): void {
    this.#instructions.lose(failure);
    this.#results.failAll(failure);
  }

  async #answerState(request: StateRequest): Promise<void> {
    const answer = await answerState(request, (bundle) => this.#stateOf(bundle));
    await this.#link.toHarness('state', answer);
  }

  #stateOf(bundle: BundleId): StateAccess | undefined {
    const running = this.#running.get(bundle);
    if (running === undefined || this.#peer.obeysLimits !== false) return running?.state;
    const value = this.#stages.get(running.stage)?.groupValue;
    return value === undefined ? running.state : wholePages(running.state, value);
  }

  async register(stages: readonly StageDescriptor[]): Promise<void> {
    for (const stage of stages) {
      this.#stages.set(stage.id, new StagePorts(stage));
      this.#tokens.set(stage.id, new StageTokens(this.#name, stage));
    }
    if (this.#peer.offer !== undefined) {
      this.#peer.offer(stages);
      return;
    }
    const processBundleDescriptor = stages.map(descriptorToProto);
    const value = { processBundleDescriptor };
    await this.#instructions.ask(this.#instructions.newId(), { case: 'register', value });
  }

  async process(request: BundleRequest): Promise<BundleOutcome> {
    const { bundle, stage, signal } = request;
    const ports = this.#portsOf(stage);
    const onAbort = (): void => {
      this.abort(bundle);
    };
    this.#running.set(bundle, request);
    signal.addEventListener('abort', onAbort);
    const checkpoint = this.#checkpointOf(request, ports);
    try {
      const response = await this.#answerTo(request, ports);
      // A harness may answer with the elements instead of sending them apart.
      if (response.elements !== undefined) this.#results.receive(response.elements);
      await this.#results.completed(bundle, ports);
      const outcome = await this.#outcome(response, bundle, ports);
      const given = (await checkpoint?.end()) ?? [];
      return given.length === 0
        ? outcome
        : { ...outcome, residuals: [...outcome.residuals, ...given] };
    } catch (e) {
      this.#tokens.get(stage)?.failed();
      throw e;
    } finally {
      await checkpoint?.end();
      signal.removeEventListener('abort', onAbort);
      this.#running.delete(bundle);
      this.#results.drop(bundle);
    }
  }

  /** Sends a bundle with its elements and timers, and waits for its response. */
  async #answerTo(request: BundleRequest, ports: StagePorts): Promise<ProcessBundleResponse> {
    const { bundle, inputs, timers, signal } = request;
    const parts = elementsParts(bundle, ports.sources, inputs);
    const isEmbedded =
      this.#peer.takesEmbedded === true && ports.families.length === 0 && areFew(parts);
    const elements = isEmbedded ? { elements: { data: parts } } : {};
    const value = { ...this.#requestOf(request), ...elements };
    const answer = this.#instructions.ask(bundle, { case: 'processBundle', value });
    // It may fail while the elements are still on their way.
    answer.catch(() => undefined);
    if (!isEmbedded) await sendElements(this.#link, parts);
    for (const message of timersMessages(bundle, ports.families, timers)) {
      await this.#link.toHarness('data', message);
    }
    if (signal.aborted) this.abort(bundle);
    return answer;
  }

  #checkpointOf(
    { bundle, inputs, limits }: BundleRequest,
    ports: StagePorts,
  ): Checkpoint | undefined {
    if (this.#peer.obeysLimits !== false || !Number.isFinite(limits.time)) return undefined;
    const only = splitOfOnlyRestriction(inputs, ports);
    if (only === undefined) return undefined;
    return new Checkpoint(limits.time, only.whole, () => this.split(bundle, only.desired));
  }

  #requestOf({ stage, limits, times }: BundleRequest): Init<ProcessBundleRequest> {
    const processBundleDescriptorId = this.#peer.descriptorId?.(stage) ?? stage;
    const { obeysLimits = true, keepsState = obeysLimits } = this.#peer;
    const cacheTokens = keepsState ? (this.#tokens.get(stage)?.tokens ?? []) : [];
    if (!obeysLimits) return { processBundleDescriptorId, cacheTokens };
    const unknownFields = Buffer.concat([limitsField(limits), timesField(times)]);
    return { processBundleDescriptorId, cacheTokens, unknownFields };
  }

  /** Of a bundle that runs. */
  #portsFor(bundle: BundleId): StagePorts | undefined {
    const running = this.#running.get(bundle);
    return running && this.#stages.get(running.stage);
  }

  #portsOf(stage: StageId): StagePorts {
    const ports = this.#stages.get(stage);
    if (ports !== undefined) return ports;
    throw new StrahlError('protocolBroken', { title: `the stage ${stage} was never registered` });
  }

  async #outcome(
    response: ProcessBundleResponse,
    bundle: BundleId,
    ports: StagePorts,
  ): Promise<BundleOutcome> {
    const { residualRoots, monitoringInfos, monitoringData, requiresFinalization } = response;
    const named = monitoringInfos.length > 0 ? [] : await this.#shortIds.resolve(monitoringData);
    return {
      ...this.#results.take(bundle, ports),
      residuals: residualRoots.map((root) => residualFromProto(root, ports)),
      metrics: metricsOf([...monitoringInfos, ...named]),
      finalize: requiresFinalization,
    };
  }

  async progress(bundle: BundleId): Promise<BundleProgress | undefined> {
    if (!this.#running.has(bundle)) return undefined;
    const value = { instructionId: bundle };
    const id = this.#instructions.newId();
    // The bundle may have ended meanwhile: then the harness no longer knows it.
    const response = await this.#instructions
      .ask(id, { case: 'processBundleProgress', value })
      .catch(() => undefined);
    if (response === undefined) return undefined;
    const named = await this.#shortIds.resolve(response.monitoringData);
    return progressFromProto({
      ...response,
      monitoringInfos: [...response.monitoringInfos, ...named],
    });
  }

  async split(bundle: BundleId, desired: DesiredSplit): Promise<BundleSplit | undefined> {
    const running = this.#running.get(bundle);
    if (running === undefined) return undefined;
    const value = desiredSplitToProto(bundle, desired);
    const id = this.#instructions.newId();
    const response = await this.#instructions.ask(id, { case: 'processBundleSplit', value });
    return splitFromProto(response, this.#portsOf(running.stage));
  }

  async finalize(bundle: BundleId): Promise<void> {
    const value = { instructionId: bundle };
    await this.#instructions.ask(this.#instructions.newId(), { case: 'finalizeBundle', value });
  }

  abort(bundle: BundleId): void {
    if (!this.#running.has(bundle)) return;
    if (this.#peer.obeysLimits === false) this.#giveUp(bundle);
    else this.#instructions.tell({ instructionId: bundle, unknownFields: abortField() });
  }

  /** The harness goes on, but nobody hears of it. */
  #giveUp(bundle: BundleId): void {
    const failure = new StrahlError('jobCancelled', { title: 'the bundle was given up' });
    this.#instructions.giveUp(bundle, failure);
    this.#results.fail(bundle, failure);
  }

  async mergeAccumulators(stage: StageId, groups: Frame): Promise<Frame> {
    return this.#throughStage(stage, groups);
  }

  async mergeWindows(stage: StageId, windows: Frame): Promise<Frame> {
    return this.#throughStage(stage, windows);
  }

  async mapWindows(stage: StageId, windows: Frame): Promise<Frame> {
    return this.#throughStage(stage, windows);
  }

  /** A stage that merges or maps is a stage like others: source, step, sink. */
  async #throughStage(stage: StageId, frame: Frame): Promise<Frame> {
    const [source] = this.#portsOf(stage).sources;
    const bundle = bundleId(this.#instructions.newId());
    const { outputs } = await this.process(requestOfFrame(bundle, stage, source!, frame));
    return joinFrames(outputs.flatMap(({ frames }) => frames));
  }

  async close(failure?: unknown): Promise<void> {
    await this.#peer.close(failure);
  }
}
