import type { MetricUpdate } from '#portability/fnapi/connection.js';
import { isThenable } from '../thenable.js';
import type { Frame } from '#portability/wire/frames.js';
import { minTime, type EventTime, type ProcessingTime } from '#portability/model/time.js';
import type { AbsorbedFrame, Grouping, GroupingRoom } from '../grouping/grouping.js';
import { groupingOf } from '../grouping/grouping-of.js';
import { LateDrops } from '../grouping/late-drops.js';
import { indexOf } from '../input/frame-scan.js';
import type { Edge, GroupingStage } from '../plan/plan.js';
import { firstOf } from '../time/first-of.js';
import {
  DROPPED_DUE_TO_CLOSED_WINDOW,
  DROPPED_DUE_TO_LATENESS,
  ENGINE_NAMESPACE,
} from './engine-counters.js';
import { QueuedStage } from './queued-stage.js';
import type { StageHost } from './running-stage.js';
import type { Spillable } from '../spill/spillable.js';
import type { Bound } from '../time/watermarks.js';

/**
 * About so many bytes of panes are emitted, and of elements absorbed, before others have their turn: many
 * short ones take a few tens of milliseconds.
 */
const EMIT_BYTES = 512 * 1024;
const ABSORB_BYTES = 128 * 1024;

/**
 * Groups, and emits panes as the input watermark moves.
 *
 *   G1. What is due is emitted before another bundle is absorbed, so a late arrival never joins a pane
 *       that was due before it.
 *   G2. Groups with too many accumulators are merged before anything else happens to them.
 *   G3. While user code merges windows, the bundle holds the input watermark as if it were still pending,
 *       and nothing becomes due: its elements are not in their groups yet.
 */
export class RunningGrouping extends QueuedStage<GroupingStage> {
  readonly grouping: Grouping;
  readonly late: LateDrops;
  readonly #pendingUpstream: () => ProcessingTime | undefined;
  /** User code merges accumulators or windows. */
  #merging = false;
  /** Least timestamp of the bundle whose windows are being merged. */
  #absorbing: EventTime | undefined;
  /** Bytes that were absorbed since others were last asked to make room for them. */
  #taken = 0;
  /** The first wake time of what is due, from when it became due until its panes are out. */
  #woken: ProcessingTime | undefined;
  #lateBefore = 0;
  #closedBefore = 0;

  /**
   * `inputs` share their coders (P3 of the plan). `pendingUpstream`: the first time at which something is
   * pending on the clock upstream, which synchronized time does not pass.
   */
  constructor(
    planned: GroupingStage,
    inputs: readonly Edge[],
    pendingUpstream: () => ProcessingTime | undefined = () => undefined,
    room: GroupingRoom = {},
  ) {
    super(planned);
    this.#pendingUpstream = pendingUpstream;
    const { windowing, keyed, counted, compaction, merged } = planned;
    const [shape] = inputs;
    if (shape === undefined) throw new TypeError(`${planned.name} has no input`);
    const accumulators = compaction !== undefined;
    this.late = new LateDrops({ windowing, keyed, counted, shape });
    this.grouping = groupingOf({
      ...room,
      windowing,
      keyed,
      counted,
      accumulators,
      shape,
      ...(merged === undefined ? {} : { merged: { ...shape, elementCoder: merged } }),
      times: this.watermarks,
      pendingUpstream,
    });
  }

  override holds(): readonly Bound[] {
    const reason = this.grouping.holds.reason();
    if (reason === undefined) return [];
    return [{ time: this.grouping.holds.least(), holder: { kind: 'hold', reason } }];
  }

  override *spillables(): Iterable<Spillable> {
    yield this.pending;
    yield* this.grouping.spillables();
  }

  get stateBytes(): number {
    return this.grouping.heldBytes;
  }

  get droppedAsLate(): number {
    return this.grouping.droppedDueToLateness;
  }

  override get resumeAt(): ProcessingTime | undefined {
    return this.#merging ? undefined : this.grouping.resumeAt;
  }

  /** A trigger is asked when its clock is beyond its wake time. */
  get pendingOnClock(): ProcessingTime | undefined {
    const { resumeAt } = this.grouping;
    const wake = resumeAt === undefined ? undefined : ((resumeAt - 1) as ProcessingTime);
    return firstOf([wake, this.#woken]);
  }

  override get pendingElements(): number {
    return super.pendingElements + (this.grouping.waiting?.elements ?? 0);
  }

  override pendingBounds(): readonly Bound[] {
    const bounds = [...super.pendingBounds()];
    for (const time of [this.#absorbing, this.grouping.waiting?.least])
      if (time !== undefined) bounds.push({ time, holder: { kind: 'pending' } });
    return bounds;
  }

  override isReady(now: ProcessingTime, isIdle?: boolean): boolean {
    if (this.#merging) return false;
    const { due, resumeAt, waiting } = this.grouping;
    if (due || !this.pending.empty) return true;
    if (waiting !== undefined && (waiting.isUrgent || isIdle === true)) return true;
    return resumeAt !== undefined && resumeAt <= now;
  }

  override moved(): void {
    if (this.#absorbing === undefined) this.grouping.advance();
  }

  override step(host: StageHost): void | Promise<void> {
    const { grouping } = this;
    // Between bundles, where groups may leave memory whole.
    host.memory.took(this.#taken);
    this.#taken = 0;
    const now = host.env.clock.now();
    if ((grouping.resumeAt ?? Infinity) <= now) this.#woken = this.pendingOnClock;
    grouping.tick(now, firstOf([now, this.#pendingUpstream()])!);
    if (grouping.due) {
      const frames = grouping.emit(EMIT_BYTES);
      if (frames.length > 0) for (const edge of this.planned.outputs) host.deliver(edge, frames);
      if (!this.grouping.due) this.#woken = undefined;
    } else {
      this.#woken = undefined;
      const { waiting } = grouping;
      const isNext = waiting !== undefined && (waiting.isUrgent || this.pending.empty);
      const absorbed = isNext ? this.#absorbWaiting() : this.#absorb(host);
      const under = this.#merge(host, absorbed);
      if (isThenable(under)) return under.then(() => this.#mergeOverfull(host));
    }
    return this.#mergeOverfull(host);
  }

  #absorbWaiting(): readonly AbsorbedFrame[] {
    const absorbed = this.grouping.absorbWaiting!();
    if (absorbed === undefined) return [];
    this.#absorbed(absorbed);
    return [absorbed];
  }

  #absorb(host: StageHost): readonly AbsorbedFrame[] {
    // All frames are indexed before the first is absorbed: a damaged one fails here and changes nothing.
    const { bytes, elements } = host.policy.take();
    const limits = { bytes: Math.min(bytes, ABSORB_BYTES), elements };
    const indexed = this.pending.take(limits).map(({ edge, frame }) => ({
      frame,
      index: indexOf(frame, edge),
    }));
    for (const each of indexed) {
      this.grouping.absorb(each.frame, each.index);
      this.#absorbed(each);
    }
    return indexed;
  }

  #absorbed({ frame, index }: AbsorbedFrame): void {
    this.#taken += frame.bytes.length;
    this.late.note(this.grouping.droppedDueToLateness, frame, index, this.watermarks.input);
  }

  /** Has user code merge windows, where it does, and ends the bundle. */
  #merge(host: StageHost, absorbed: readonly AbsorbedFrame[]): void | Promise<void> {
    const { grouping } = this;
    const windows = grouping.windowsToMerge?.();
    if (windows === undefined) {
      this.#endBundle(host);
      return;
    }
    const answer = host.connection.mergeWindows(this.planned.merging!, windows);
    if (!isThenable(answer)) {
      grouping.takeMerged!(answer);
      this.#endBundle(host);
      return;
    }
    this.#merging = true;
    this.#absorbing = absorbed.map(({ frame }) => frame.minTimestamp).reduce(minTime);
    return answer.then((merged) => {
      grouping.takeMerged!(merged);
      this.#endBundle(host);
      this.#merging = false;
      this.#absorbing = undefined;
    });
  }

  #endBundle(host: StageHost): void {
    this.grouping.endBundle();
    this.#countDropped(host);
  }

  /** LATE-3 */
  #countDropped(host: StageHost): void {
    const { droppedDueToLateness: late, droppedDueToClosedWindow: closed } = this.grouping;
    const metrics = [
      this.#droppedMetric(DROPPED_DUE_TO_LATENESS, late - this.#lateBefore),
      this.#droppedMetric(DROPPED_DUE_TO_CLOSED_WINDOW, closed - this.#closedBefore),
    ].filter((metric) => metric.value > 0);
    if (metrics.length === 0) return;
    this.#lateBefore = late;
    this.#closedBefore = closed;
    host.count(metrics, 'attempted');
    host.count(metrics, 'committed');
  }

  #droppedMetric(name: string, value: number): MetricUpdate & { readonly value: number } {
    const transform = this.planned.steps.at(-1)?.transform ?? ('' as never);
    return { kind: 'counter', transform, namespace: ENGINE_NAMESPACE, name, value };
  }

  #mergeOverfull({ connection }: StageHost): void | Promise<void> {
    const { overfull } = this.grouping;
    if (overfull.empty) return;
    const stage = this.planned.compaction!;
    const answers = overfull.frames().map((frame) => connection.mergeAccumulators(stage, frame));
    const ready = answers.filter((answer): answer is Frame => !isThenable(answer));
    if (ready.length === answers.length) {
      this.#replace(ready);
      return;
    }
    this.#merging = true;
    return Promise.all(answers.map((answer) => Promise.resolve(answer))).then((frames) => {
      this.#replace(frames);
      this.#merging = false;
    });
  }

  #replace(frames: readonly Frame[]): void {
    this.grouping.buffered -= this.grouping.overfull.replace(frames);
  }
}
