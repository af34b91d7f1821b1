import type { Connection, MetricUpdate } from '#portability/fnapi/connection.js';
import type { BundleId, StageId } from '#portability/model/ids.js';
import type { ProcessingTime } from '#portability/model/time.js';
import type { Frame } from '#portability/wire/frames.js';
import type { BundlePolicy } from './bundle-policy.js';
import type { Env } from './env.js';
import { EdgeWatermarks } from './exchange/edge-watermarks.js';
import type { Exchange, TaskId } from './exchange/exchange.js';
import type { StageRecord } from './explain/job-record.js';
import type { Heartbeat } from './heartbeat.js';
import { MetricSums } from './metrics.js';
import { isUserStage, type Edge, type EdgeId, type Plan, type PlannedStage } from './plan/plan.js';
import { stagesOfSegment } from './plan/segments.js';
import { LocalInput, StageInputs, type StageInput } from './stage-inputs.js';
import type { RunningStage, StageHost } from './stages/running-stage.js';
import type { StageKinds } from './stages/stage-kinds.js';
import { startStage } from './stages/start-stage.js';
import { MemoryBudget } from './spill/memory-budget.js';
import { MemoryScratch } from './spill/memory-scratch.js';
import type { Spillable } from './spill/spillable.js';
import { isThenable } from './thenable.js';
import { ClockHolds, pendingOf } from './time/clock-holds.js';
import { firstOf } from './time/first-of.js';
import { usesSynchronizedTime } from './triggers/trigger-kinds.js';
import type { ViewStore } from './side-inputs/view-store.js';

export interface TaskOptions {
  readonly plan: Plan;
  readonly kinds: StageKinds;
  readonly connection: Connection;
  readonly env: Env;
  readonly policy: BundlePolicy;
  readonly signal: AbortSignal;
  /** Default: no limit. */
  readonly memory?: MemoryBudget;
  /** Default: the whole plan, and nothing leaves the task. */
  readonly part?: { readonly id: TaskId; readonly exchange: Exchange };
}

/**
 * The engine for one part of a plan: its stages, the edges between them, and their watermarks. It decides
 * nothing about time: `Scheduler` calls it.
 *
 *   K1. After each step the watermarks of all stages that it touched are computed anew, upstream first.
 *   K2. A stage that reads a view is touched whenever the view is.
 *   K3. What leaves the task is followed by the watermark of the stage that it comes from.
 */
export class Task implements StageHost {
  readonly stages: readonly RunningStage[];
  readonly env: Env;
  readonly connection: Connection;
  readonly policy: BundlePolicy;
  readonly signal: AbortSignal;
  readonly memory: MemoryBudget;
  readonly attempted: MetricSums = new MetricSums();
  readonly committed: MetricSums = new MetricSums();
  /** Commit callbacks that have not ended. */
  readonly finalizing: Set<Promise<void>> = new Set();
  /** The first commit callback that rejected; the job fails with it at its end. */
  finalizeFailure: { readonly cause: unknown } | undefined;
  /** Absent where one task runs the whole plan. */
  readonly id: TaskId | undefined;
  readonly #plan: Plan;
  readonly #part: TaskOptions['part'];
  readonly #ranks = new Map<StageId, number>();
  /** Per stage, the stages that its output or its view leads to. */
  readonly #followers: number[][];
  /** Per stage, the edges that leave the task. */
  readonly #leaving: Edge[][];
  /** Watermarks of the edges that enter the task. */
  readonly #entering = new Map<EdgeId, EdgeWatermarks>();
  readonly #touched: Uint8Array;
  /** What each stage is to those behind it; what is pending on its clock is kept only if a trigger asks. */
  readonly #asInput: readonly LocalInput[];
  /** Per stage, where its elements come from. */
  readonly #inputs: readonly StageInputs[];
  readonly #keepsPending: boolean;
  readonly #clockHolds: ClockHolds;
  /** Per stage, how many elements have arrived, and when it last emitted some. */
  readonly #received: Float64Array;
  readonly #emittedAt: Float64Array;
  /** Hears which stage is at work, for a watch from outside. */
  heartbeat: Heartbeat | undefined;
  /** Tells whoever runs the task that something happened outside of a step. */
  wake: () => void = () => undefined;

  constructor({ plan, kinds, connection, env, policy, signal, memory, part }: TaskOptions) {
    this.#plan = plan;
    this.#part = part;
    this.id = part?.id;
    this.connection = connection;
    this.env = env;
    this.policy = policy;
    this.signal = signal;
    this.memory = memory ?? new MemoryBudget(Infinity, new MemoryScratch());
    const views = new Map<StageId, ViewStore>();
    const own = part === undefined ? plan.stages : stagesOfSegment(plan, part.id.segment);
    own.forEach(({ id }, rank) => this.#ranks.set(id, rank));
    this.stages = own.map((planned, rank) =>
      startStage(planned, {
        ...{ plan, kinds, policy, memory: this.memory, views },
        pendingUpstream: () =>
          this.#clockHolds.before(this.stages[rank]!, rank, this.#inputs[rank]!),
        isHere: (id) => this.#ranks.has(id),
      }),
    );
    this.memory.add(this);
    this.#followers = own.map(() => []);
    this.#leaving = own.map(() => []);
    for (const edge of plan.edges.values()) this.#place(edge);
    this.#asInput = this.stages.map((stage) => new LocalInput(stage));
    this.#inputs = own.map(({ inputs }) => new StageInputs(inputs.map((id) => this.#inputOf(id))));
    own.forEach((planned, rank) => this.#follow(planned, rank));
    // Where the plan is cut, such a trigger may be in another task.
    this.#keepsPending = plan.stages.some(
      (planned) => planned.kind === 'grouping' && usesSynchronizedTime(planned.windowing.trigger),
    );
    this.#clockHolds = new ClockHolds(own.length);
    this.#received = new Float64Array(own.length);
    this.#emittedAt = new Float64Array(own.length).fill(NaN);
    this.#touched = new Uint8Array(own.length).fill(1);
    this.#refresh();
  }

  *spillables(): Iterable<Spillable> {
    for (const stage of this.stages) yield* stage.spillables?.() ?? [];
  }

  /** The stages that could run now, in topological order; `isIdle`: no stage of the job could otherwise. */
  ready(isIdle = false): readonly RunningStage[] {
    const now = this.env.clock.now();
    const isFull = (edge: Edge): boolean => this.#part!.exchange.isFull(this.#part!.id, edge);
    // X4
    return this.stages.filter((s, n) => s.isReady(now, isIdle) && !this.#leaving[n]!.some(isFull));
  }

  /** Takes in what other tasks have sent. */
  takeIn(): void {
    const { id, exchange } = this.#part ?? {};
    const arrivals = id === undefined ? [] : exchange!.take(id);
    if (arrivals.length === 0) return;
    for (const arrival of arrivals) {
      if (arrival.kind === 'frames') {
        this.deliver(arrival.edge, arrival.frames);
        continue;
      }
      this.#entering.get(arrival.edge)!.report(arrival);
      this.#touched[this.#ranks.get(this.#plan.edges.get(arrival.edge)!.to)!] = 1;
    }
    this.#refresh();
  }

  /** Runs one step of a ready stage; a promise if it is not over when this returns. */
  step(stage: RunningStage): void | Promise<void> {
    const rank = this.#ranks.get(stage.planned.id)!;
    const { heartbeat } = this;
    heartbeat?.enter(stage.planned.id);
    const under = stage.step(this);
    // Not before the step: what it calls may drain the task, which looks at all that is touched.
    this.#touched[rank] = 1;
    this.#refresh();
    if (!isThenable(under)) {
      heartbeat?.leave(stage.planned.id);
      return;
    }
    heartbeat?.pause(stage.planned.id);
    return under.then(() => {
      heartbeat?.leave(stage.planned.id);
      this.#touched[rank] = 1;
      this.#refresh();
    });
  }

  /** Asks bundles that run to give work away, where somebody could do it. */
  share(): void {
    for (const stage of this.stages) stage.share?.(this);
  }

  /** When the first delayed work may go on. */
  get resumeAt(): ProcessingTime | undefined {
    return firstOf(this.stages.map((stage) => stage.resumeAt));
  }

  /** DRN-1: sources stop, so that all watermarks go to their end and everything fires. */
  drain(): void {
    for (const [rank, stage] of this.stages.entries()) {
      if (stage.drain === undefined) continue;
      stage.drain();
      this.#touched[rank] = 1;
    }
    this.#refresh();
    this.wake();
  }

  deliver(edgeId: EdgeId, frames: readonly Frame[]): void {
    const edge = this.#plan.edges.get(edgeId)!;
    const rank = this.#ranks.get(edge.to);
    const from = this.#ranks.get(edge.from);
    const now = this.env.clock.now();
    if (from !== undefined) this.#emittedAt[from] = now;
    if (rank === undefined) {
      this.#part!.exchange.send(this.#part!.id, edge, frames);
      return;
    }
    const sender = from === undefined ? this.#entering.get(edgeId) : this.#asInput[from];
    if (this.#keepsPending) this.#clockHolds.note(rank, now, sender!.pendingOnClock);
    this.stages[rank]!.receive(edge, frames, now);
    this.#touched[rank] = 1;
    let bytes = 0;
    for (const frame of frames) {
      this.#received[rank]! += frame.count;
      bytes += frame.bytes.length;
    }
    this.memory.took(bytes);
  }

  /** What has come to a stage of this task so far, and when it last emitted something. */
  recordOf(stage: RunningStage): Pick<StageRecord, 'stage' | 'received' | 'emittedAt'> {
    const rank = this.#ranks.get(stage.planned.id)!;
    const at = this.#emittedAt[rank]!;
    const emission = Number.isNaN(at) ? {} : { emittedAt: at as ProcessingTime };
    return { stage, received: this.#received[rank]!, ...emission };
  }

  count(metrics: readonly MetricUpdate[], kind: 'attempted' | 'committed'): void {
    this[kind].add(metrics);
  }

  finalize(bundle: BundleId): void {
    const under = this.connection.finalize(bundle);
    if (!isThenable(under)) return;
    const ended: Promise<void> = under
      .then(undefined, (cause: unknown) => void (this.finalizeFailure ??= { cause }))
      .then(() => void this.finalizing.delete(ended));
    this.finalizing.add(ended);
  }

  #place(edge: Edge): void {
    const from = this.#ranks.get(edge.from);
    const to = this.#ranks.get(edge.to);
    if (from !== undefined && to !== undefined) this.#followers[from]!.push(to);
    else if (from !== undefined) this.#leaving[from]!.push(edge);
    else if (to !== undefined) this.#entering.set(edge.id, new EdgeWatermarks(edge));
  }

  #inputOf(id: EdgeId): StageInput {
    const from = this.#ranks.get(this.#plan.edges.get(id)!.from);
    return this.#entering.get(id) ?? this.#asInput[from!]!;
  }

  #follow(planned: PlannedStage, rank: number): void {
    if (!isUserStage(planned)) return;
    for (const { view } of planned.sideInputs) {
      const viewRank = this.#ranks.get(view)!;
      if (viewRank > rank) throw new RangeError(`${planned.id} comes before its view ${view}`);
      this.#followers[viewRank]!.push(rank);
    }
  }

  /** K1: in topological order, so each stage is looked at once. */
  #refresh(): void {
    const now = this.env.clock.now();
    for (let rank = 0; rank < this.stages.length; rank++) {
      if (this.#touched[rank] === 0) continue;
      this.#touched[rank] = 0;
      const stage = this.stages[rank]!;
      const { watermarks } = stage;
      // K2: what waits for a view may go on, and then waits as an ordinary element.
      stage.moved();
      const moved = watermarks.advanceInput(
        this.#inputs[rank]!.bound(),
        stage.pendingBounds(),
        now,
      );
      if (moved) stage.moved();
      const advanced = watermarks.advanceOutput(stage.holds(), now);
      const told = this.#keepsPending && this.#notePending(stage, rank);
      if (!advanced && !told && stage.planned.kind !== 'view') continue;
      for (const follower of this.#followers[rank]!) this.#touched[follower] = 1;
      // K3
      for (const edge of this.#leaving[rank]!) {
        const { pendingOnClock } = this.#asInput[rank]!;
        this.#part!.exchange.advance(this.#part!.id, edge, watermarks.output, pendingOnClock);
      }
    }
  }

  /** True if what is pending on the clock has changed for those downstream. */
  #notePending(stage: RunningStage, rank: number): boolean {
    const before = this.#clockHolds.before(stage, rank, this.#inputs[rank]!);
    const pending = firstOf([pendingOf(stage), before]);
    const asInput = this.#asInput[rank]!;
    const known = asInput.pendingOnClock;
    asInput.pendingOnClock = pending;
    return pending !== known;
  }
}
