import type { Connection, MetricUpdate } from '#portability/fnapi/connection.js';
import type { BundleId, StageId } from '#portability/model/ids.js';
import type { ProcessingTime } from '#portability/model/time.js';
import type { Frame } from '#portability/wire/frames.js';
import type { BundlePolicy } from './bundle-policy.js';
import type { Env } from './env.js';
import { RunningExecutable } from './stages/executable-stage.js';
import { RunningGrouping } from './stages/grouping-stage.js';
import { RunningImpulse } from './stages/impulse-stage.js';
import { MetricSums } from './metrics.js';
import type { Edge, EdgeId, Plan, PlannedStage } from './plan/plan.js';
import { RunningReshuffle } from './stages/reshuffle-stage.js';
import { isSource, type RunningStage, type StageHost } from './stages/running-stage.js';
import { nextToPlay, RunningTestStream } from './stages/test-stream-stage.js';
import { isThenable } from './thenable.js';
import { RunningView } from './stages/view-stage.js';
import type { ViewStore } from './side-inputs/view-store.js';
import { leastOf, UNBOUNDED, type Bound } from './time/watermarks.js';

export interface TaskOptions {
  readonly plan: Plan;
  readonly connection: Connection;
  readonly env: Env;
  readonly policy: BundlePolicy;
  readonly signal: AbortSignal;
}

/** Beyond this much waiting, sources rest as long as anything else can run. */
const PENDING_BYTES = 256 * 1024 * 1024;

/**
 * The engine for one part of a plan: its stages, the edges between them, and their watermarks. It decides
 * nothing about time: `Scheduler` calls it.
 *
 *   K1. After each step the watermarks of all stages that it touched are computed anew, upstream first.
 *   K2. A stage that reads a view is touched whenever the view is.
 */
export class Task implements StageHost {
  readonly stages: readonly RunningStage[];
  readonly env: Env;
  readonly connection: Connection;
  readonly policy: BundlePolicy;
  readonly signal: AbortSignal;
  readonly attempted: MetricSums = new MetricSums();
  readonly committed: MetricSums = new MetricSums();
  /** Commit callbacks that have not ended. */
  readonly finalizing: Set<Promise<void>> = new Set();
  /** The first commit callback that rejected; the job fails with it at its end. */
  finalizeFailure: { readonly cause: unknown } | undefined;
  readonly #plan: Plan;
  readonly #ranks = new Map<StageId, number>();
  /** Per stage, the stages that its output or its view leads to. */
  readonly #followers: number[][];
  readonly #touched: Uint8Array;
  /** Tells whoever runs the task that something happened outside of a step. */
  wake: () => void = () => undefined;

  constructor({ plan, connection, env, policy, signal }: TaskOptions) {
    this.#plan = plan;
    this.connection = connection;
    this.env = env;
    this.policy = policy;
    this.signal = signal;
    const views = new Map<StageId, ViewStore>();
    plan.stages.forEach(({ id }, rank) => this.#ranks.set(id, rank));
    this.stages = plan.stages.map((planned) => this.#start(planned, views));
    this.#followers = plan.stages.map(() => []);
    plan.stages.forEach((planned, rank) => this.#follow(planned, rank));
    this.#touched = new Uint8Array(plan.stages.length).fill(1);
    this.#refresh();
  }

  /** The stages that could run now, in topological order; sources rest while too much waits. */
  ready(): readonly RunningStage[] {
    const now = this.env.clock.now();
    const ready = this.stages.filter((stage) => stage.isReady(now));
    if (!ready.some(isSource)) return ready;
    const waiting = this.stages.reduce((sum, stage) => sum + stage.pendingBytes, 0);
    if (waiting <= PENDING_BYTES) return ready;
    const others = ready.filter((stage) => !isSource(stage));
    // A source must go on if all others wait for what it will bring, for example a side input.
    return others.length > 0 ? others : ready;
  }

  /** Runs one step of a ready stage; a promise if it is not over when this returns. */
  step(stage: RunningStage): void | Promise<void> {
    const rank = this.#ranks.get(stage.planned.id)!;
    const under = stage.step(this);
    // Not before the step: what it calls may drain the task, which looks at all that is touched.
    this.#touched[rank] = 1;
    this.#refresh();
    if (!isThenable(under)) return;
    return under.then(() => {
      this.#touched[rank] = 1;
      this.#refresh();
    });
  }

  /** The test stream whose event is next; it is played when nothing else can happen (TST-1). */
  get toPlay(): RunningStage | undefined {
    return nextToPlay(this.stages);
  }

  /** When the first delayed work may go on. */
  get resumeAt(): ProcessingTime | undefined {
    let first: ProcessingTime | undefined;
    for (const { resumeAt } of this.stages) {
      if (resumeAt !== undefined && (first === undefined || resumeAt < first)) first = resumeAt;
    }
    return first;
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
    const rank = this.#ranks.get(edge.to)!;
    this.stages[rank]!.receive(edge, frames, this.env.clock.now());
    this.#touched[rank] = 1;
  }

  count(metrics: readonly MetricUpdate[], kind: 'attempted' | 'committed'): void {
    this[kind].add(metrics);
  }

  finalize(bundle: BundleId): void {
    const under = this.connection.finalize(bundle);
    if (!isThenable(under)) return;
    const ended: Promise<void> = under
      .then(undefined, (cause: unknown) => {
        this.finalizeFailure ??= { cause };
      })
      .then(() => void this.finalizing.delete(ended));
    this.finalizing.add(ended);
  }

  #start(planned: PlannedStage, views: Map<StageId, ViewStore>): RunningStage {
    const inputs = planned.inputs.map((id) => this.#plan.edges.get(id)!);
    switch (planned.kind) {
      case 'impulse':
        return new RunningImpulse(planned);
      case 'test-stream':
        return new RunningTestStream(planned);
      case 'executable':
        return new RunningExecutable(planned, views);
      case 'grouping':
        return new RunningGrouping(planned, inputs);
      case 'reshuffle':
        return new RunningReshuffle(planned);
      case 'view': {
        const view = new RunningView(planned, inputs[0]!);
        views.set(planned.id, view.store);
        return view;
      }
    }
  }

  #follow(planned: PlannedStage, rank: number): void {
    for (const edge of this.#edgesInto(planned)) {
      this.#followers[this.#ranks.get(edge.from)!]!.push(rank);
    }
    if (planned.kind !== 'executable') return;
    for (const { view } of planned.sideInputs) {
      const viewRank = this.#ranks.get(view)!;
      if (viewRank > rank) throw new RangeError(`${planned.id} comes before its view ${view}`);
      this.#followers[viewRank]!.push(rank);
    }
  }

  #edgesInto({ inputs }: PlannedStage): readonly Edge[] {
    return inputs.map((id) => this.#plan.edges.get(id)!);
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
      const moved = watermarks.advanceInput(this.#upstreamOf(stage), stage.pendingBounds(), now);
      if (moved) stage.moved();
      const advanced = watermarks.advanceOutput(stage.holds(), now);
      if (!advanced && stage.planned.kind !== 'view') continue;
      for (const follower of this.#followers[rank]!) this.#touched[follower] = 1;
    }
  }

  /** WM-9: the least of all inputs; a stage without inputs has nothing to wait for. */
  #upstreamOf({ planned }: RunningStage): Bound {
    const bounds = this.#edgesInto(planned).map(({ from }) => ({
      time: this.stages[this.#ranks.get(from)!]!.watermarks.output,
      holder: { kind: 'upstream', stage: from } as const,
    }));
    return bounds.length === 0 ? UNBOUNDED : leastOf(bounds);
  }
}
