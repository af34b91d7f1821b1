import type { BundleOutcome, BundleSplit, MetricUpdate } from '#portability/fnapi/connection.js';
import type { BundleId } from '#portability/model/ids.js';
import type { EventTime, ProcessingTime } from '#portability/model/time.js';
import type { Frame } from '#portability/wire/frames.js';
import type { Bundle } from '../bundle.js';
import { commit } from '../commit.js';
import {
  boundOf,
  residualOf,
  Restrictions,
  restrictionsOf,
  sizeOf,
  type Restriction,
} from '../input/restrictions.js';
import type { Edge, RestrictionStage } from '../plan/plan.js';
import { rootOf } from '../plan/source-outputs.js';
import { BundleState } from '../side-inputs/bundle-state.js';
import { SideInputGate } from '../side-inputs/side-input-gate.js';
import type { Views } from '../side-inputs/views.js';
import { Watermarks, type Bound } from '../time/watermarks.js';
import { plainRequest } from './plain-request.js';
import { RestrictionLane } from './restriction-lane.js';
import type { RunningStage, StageHost } from './running-stage.js';
import { Truncation } from './truncation.js';

/**
 * User code that processes restrictions: each is taken by one bundle at a time, and comes back as long as
 * something of it is left.
 *
 *   R1. At any time each part of the work is in one place: it waits, or a bundle has it (SDF-2).
 *   R2. Restrictions hold the output watermark, wherever they are (WM-1, SDF-5); idle ones do not, as long
 *       as others do (WM-10).
 *   R3. When the job is drained, every restriction is truncated once before it goes on (DRN-1).
 */
export class RunningRestrictions implements RunningStage {
  readonly planned: RestrictionStage;
  readonly watermarks: Watermarks = new Watermarks();
  /** Sizes of all restrictions that ever arrived, in the sources' units. */
  totalSize = 0;
  /** When elements that were read were last kept, whatever became of them behind the read. */
  readAt: ProcessingTime | undefined;
  readonly #views: Views;
  readonly #waiting = new Restrictions();
  readonly #gate: SideInputGate | undefined;
  readonly #lanes: readonly RestrictionLane[];
  readonly #truncation: Truncation;
  readonly #isRead: (metric: MetricUpdate) => boolean;
  /** Restrictions that ever arrived. */
  #arrived = 0;
  #draining = false;
  #host: StageHost | undefined;

  /** `lanes`: bundles that may run at the same time, if their user code is asynchronous. */
  constructor(planned: RestrictionStage, views: Views, lanes: number) {
    this.planned = planned;
    this.#views = views;
    this.#truncation = new Truncation(planned, views);
    const read = new Set<string>(rootOf(planned)?.outputs.values());
    this.#isRead = (metric) => metric.kind === 'element-count' && read.has(metric.pcollection);
    this.#lanes = Array.from({ length: lanes }, () => new RestrictionLane());
    if (planned.sideInputs.length > 0) this.#gate = new SideInputGate(planned.sideInputs, views);
    const oldest = (): EventTime => this.#oldestElement();
    for (const use of planned.sideInputs) views.get(use.view)!.addReader(oldest, use.mainLateness);
  }

  get pendingElements(): number {
    const failed = this.#lanes.reduce((sum, { attempts }) => sum + attempts.failedElements, 0);
    const truncated = this.#truncation.inHand.length;
    return this.#waiting.count + truncated + failed + (this.#gate?.elements ?? 0);
  }

  get pendingBytes(): number {
    return this.#waiting.bytes;
  }

  get running(): BundleId | undefined {
    return this.bundles[0];
  }

  get bundles(): readonly BundleId[] {
    const ids = this.#lanes.map(({ attempts }) => attempts.running);
    return [...ids, this.#truncation.running].filter((id) => id !== undefined);
  }

  get runningSince(): ProcessingTime | undefined {
    return leastTime(this.#lanes.map(({ attempts }) => attempts.runningSince));
  }

  get resumeAt(): ProcessingTime | undefined {
    const splits = this.#lanes.map((lane) => this.#splitAt(lane));
    const waits = this.#hasFreeLane ? this.#waiting.resumeAt : undefined;
    return leastTime([waits, ...splits]);
  }

  get #hasFreeLane(): boolean {
    return this.#lanes.some(({ attempts }) => attempts.running === undefined);
  }

  /** What is not processed to its end, whether it waits or runs. */
  get unfinished(): readonly Restriction[] {
    const inHand = this.#lanes.flatMap((lane) => lane.restrictions);
    return [...inHand, ...this.#truncation.inHand, ...this.#waiting.all];
  }

  /** SID-6: an unfinished restriction reads the side windows of its element however far the watermark is. */
  #oldestElement(): EventTime {
    let oldest = this.watermarks.input;
    for (const { element } of this.unfinished) {
      if (element.minTimestamp < oldest) oldest = element.minTimestamp;
    }
    return oldest;
  }

  /** Work that no bundle is doing. */
  get waitingSize(): number {
    return this.#lanes.reduce(
      (sum, lane) => sum + (lane.attempts.running === undefined ? lane.size : 0),
      this.#waiting.size,
    );
  }

  /** The bundles that run, each with all the work that it was given. */
  get runningWork(): readonly { readonly bundle: BundleId; readonly size: number }[] {
    return this.#lanes.flatMap(({ attempts: { running: bundle }, size }) =>
      bundle === undefined ? [] : [{ bundle, size }],
    );
  }

  receive(edge: Edge, frames: readonly Frame[], now: ProcessingTime): void {
    const accept = (from: Edge, frame: Frame): void => this.#accept(from, frame, now);
    for (const frame of frames) {
      if (this.#gate === undefined) accept(edge, frame);
      else this.#gate.receive(edge, frame, accept);
    }
  }

  #accept(edge: Edge, frame: Frame, now: ProcessingTime): void {
    for (const restriction of restrictionsOf(frame, edge, now)) {
      this.totalSize += sizeOf(restriction);
      this.#waiting.add({ ...restriction, part: this.#arrived++ });
    }
  }

  pendingBounds(): readonly Bound[] {
    const waiting = this.#gate?.bound();
    return waiting === undefined ? [] : [waiting];
  }

  holds(): readonly Bound[] {
    const bound = boundOf(this.unfinished);
    return bound === undefined ? [] : [bound];
  }

  isReady(now: ProcessingTime): boolean {
    if (this.#draining && this.#truncation.isReady(this.#waiting)) return true;
    if (this.#gate?.unmapped === true) return true;
    return this.#lanes.some((lane) => this.#isLaneReady(lane, now));
  }

  #isLaneReady({ attempts }: RestrictionLane, now: ProcessingTime): boolean {
    if (attempts.running !== undefined) return false;
    if (attempts.retries) return true;
    const resumeAt = this.#waiting.resumeAt;
    return resumeAt !== undefined && resumeAt <= now;
  }

  moved(): void {
    // Restrictions that waited for a side input start when they are let through.
    this.#gate?.recheck((edge, frame) => this.#accept(edge, frame, 0 as ProcessingTime));
    for (const { view } of this.planned.sideInputs) this.#views.get(view)!.collect();
  }

  step(host: StageHost): void | Promise<void> {
    this.#host = host;
    const now = host.env.clock.now();
    if (this.#gate?.unmapped === true) {
      return this.#gate.map(host.connection, (edge, frame) => this.#accept(edge, frame, now));
    }
    if (this.#draining && this.#truncation.isReady(this.#waiting)) {
      return this.#truncation.step(host, this.#waiting);
    }
    const ready = this.#lanes.filter((lane) => this.#isLaneReady(lane, now));
    const lane = ready.find(({ attempts }) => attempts.retries) ?? ready[0]!;
    return this.#run(lane, host);
  }

  #run(lane: RestrictionLane, host: StageHost): void | Promise<void> {
    const { planned } = this;
    const { env, policy } = host;
    lane.splitSince = env.clock.now();
    return lane.attempts.step(
      host,
      {
        process: (bundle) => lane.process(bundle, (b) => this.#process(b, host)),
        commit: (bundle, outcome) =>
          commit({ stage: planned, bundle, now: env.clock.now() }, outcome),
        perform: (effect) => {
          if (effect.kind === 'defer') this.#defer(effect.restriction, lane, env.clock.now());
        },
        counted: (metrics) => {
          if (metrics.some(this.#isRead)) this.readAt = env.clock.now();
        },
      },
      () => {
        const limit = policy.restrictions(planned.boundedness);
        const restrictions = this.#waiting.take(env.clock.now(), limit);
        return { kind: 'restrictions', restrictions };
      },
    );
  }

  #process(
    bundle: Bundle,
    { connection, policy, signal }: StageHost,
  ): BundleOutcome | Promise<BundleOutcome> {
    const { id: stage, source, sideInputs, boundedness } = this.planned;
    const state = new BundleState(sideInputs, this.#views);
    const limits = policy.limits(boundedness);
    return connection.process(plainRequest(bundle, { stage, source }, { state, limits, signal }));
  }

  /** What is left of one restriction goes on as the same part. */
  #defer(rest: Restriction, lane: RestrictionLane, now: ProcessingTime): void {
    const [of, ...others] = lane.restrictions;
    this.#waiting.add(residualOf(rest, others.length === 0 ? of : undefined, now));
  }

  /**
   * When a bundle has run for so long that it is asked for a part of its work. One of an unbounded read ends
   * soon by itself, or waits for input, of which it has nothing to give.
   */
  #splitAt(lane: RestrictionLane): ProcessingTime | undefined {
    const { attempts, splitSince, refusals } = lane;
    const host = this.#host;
    if (host === undefined || this.planned.boundedness === 'unbounded') return undefined;
    if (attempts.running === undefined || !this.#hasFreeLane) return undefined;
    if (lane.isAsked || refusals >= MAX_REFUSALS) return undefined;
    return (splitSince + host.policy.splitAfter * 2 ** refusals) as ProcessingTime;
  }

  share(host: StageHost): void {
    const now = host.env.clock.now();
    const fraction = host.policy.splitFraction();
    for (const lane of this.#lanes) {
      if (lane.attempts.running === undefined) continue;
      const splitAt = this.#splitAt(lane);
      const isIdle = splitAt !== undefined && splitAt <= now && !this.isReady(now);
      if (fraction !== undefined) this.#split(lane, host, fraction);
      else if (isIdle) this.#split(lane, host, HALF);
    }
  }

  #split(lane: RestrictionLane, host: StageHost, fractionOfRemainder: number): void {
    const now = host.env.clock.now();
    lane.splitSince = now;
    const desired = { transform: this.planned.source, fractionOfRemainder };
    lane.split(host.connection, desired, (split, back) => {
      this.#goesBack(split, back, lane, now);
      host.wake();
    });
  }

  /** SDF-3: what a split gave away waits for another bundle. */
  #goesBack(
    { residuals }: BundleSplit,
    back: readonly Restriction[],
    lane: RestrictionLane,
    now: ProcessingTime,
  ): void {
    const of = lane.restrictions.at(-1);
    for (const { element, watermark, resumeAfter, idle } of residuals) {
      const resumeAt = (now + resumeAfter) as ProcessingTime;
      const rest = { element, watermark, resumeAt, ...(idle === undefined ? {} : { idle }) };
      this.#waiting.add(residualOf(rest, of, now));
    }
    for (const restriction of back) this.#waiting.add(restriction);
  }

  /** DRN-1: what waits is truncated before it goes on; what runs ends as soon as it can. */
  drain(): void {
    if (this.#draining) return;
    this.#draining = true;
    const host = this.#host;
    if (host === undefined) return;
    for (const lane of this.#lanes) this.#split(lane, host, 0);
  }
}

/** A bundle that had so often nothing to give is not asked any more; each time it is left alone for longer. */
const MAX_REFUSALS = 6;
/** An idle worker takes half of what is left. */
const HALF = 0.5;

function leastTime(times: readonly (ProcessingTime | undefined)[]): ProcessingTime | undefined {
  let least: ProcessingTime | undefined;
  for (const time of times) {
    if (time !== undefined && (least === undefined || time < least)) least = time;
  }
  return least;
}
