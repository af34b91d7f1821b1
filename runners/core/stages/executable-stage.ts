import type { BundleOutcome } from '#portability/fnapi/connection.js';
import type { BundleId } from '#portability/model/ids.js';
import { NO_TIMES } from '#portability/fnapi/no-state.js';
import { TIMESTAMP_MIN, type ProcessingTime } from '#portability/model/time.js';
import type { Frame } from '#portability/wire/frames.js';
import { framesOf, type Bundle, type BundleInput } from '../bundle.js';
import { commit } from '../commit.js';
import { PendingFrames } from '../input/pending.js';
import type { Edge, ExecutableStage } from '../plan/plan.js';
import { Restrictions, restrictionsOf, sizeOf, type Restriction } from '../input/restrictions.js';
import { BundleAttempts } from './bundle-attempts.js';
import type { RunningStage, StageHost } from './running-stage.js';
import { BundleState, SideInputGate, type Views } from '../side-inputs/side-inputs.js';
import { Watermarks, type Bound } from '../time/watermarks.js';

/** User code: forms bundles, has them processed, and commits what they decided. */
export class RunningExecutable implements RunningStage {
  readonly planned: ExecutableStage;
  readonly watermarks: Watermarks = new Watermarks();
  /** Sizes of all restrictions that ever arrived, in the sources' units. */
  totalSize = 0;
  readonly #views: Views;
  readonly #pending = new PendingFrames();
  readonly #restrictions = new Restrictions();
  readonly #gate: SideInputGate | undefined;
  readonly #attempts = new BundleAttempts();
  #draining = false;

  constructor(planned: ExecutableStage, views: Views) {
    this.planned = planned;
    this.#views = views;
    if (planned.sideInputs.length > 0) this.#gate = new SideInputGate(planned.sideInputs, views);
    // A restriction keeps no input watermark, so nothing says when it reads a view for the last time.
    const times = planned.input === 'elements' ? this.watermarks : { input: TIMESTAMP_MIN };
    for (const { view, mainLateness } of planned.sideInputs) {
      views.get(view)!.addReader(times, mainLateness);
    }
  }

  get pendingElements(): number {
    const waiting = this.#pending.elements + this.#restrictions.count;
    return waiting + this.#attempts.failedElements + (this.#gate?.elements ?? 0);
  }

  get pendingBytes(): number {
    return this.#pending.bytes + this.#restrictions.bytes;
  }

  get running(): BundleId | undefined {
    return this.#attempts.running;
  }

  get runningSince(): ProcessingTime | undefined {
    return this.#attempts.runningSince;
  }

  get resumeAt(): ProcessingTime | undefined {
    return this.running === undefined ? this.#restrictions.resumeAt : undefined;
  }

  /** What is not read to its end, whether it waits or runs. */
  get unfinished(): readonly Restriction[] {
    const input = this.#attempts.inHand?.input;
    return [
      ...(input?.kind === 'restrictions' ? input.restrictions : []),
      ...this.#restrictions.all,
    ];
  }

  /** Work that no bundle has taken, and work of the bundle that is running. */
  get remainingSize(): { readonly waiting: number; readonly running: number } {
    const input = this.#attempts.inHand?.input;
    const restrictions = input?.kind === 'restrictions' ? input.restrictions : [];
    const running = restrictions.reduce((sum, r) => sum + sizeOf(r), 0);
    return { waiting: this.#restrictions.size, running };
  }

  receive(edge: Edge, frames: readonly Frame[], now: ProcessingTime): void {
    const accept = (from: Edge, frame: Frame): void => this.#accept(from, frame, now);
    for (const frame of frames) {
      if (this.#gate === undefined) accept(edge, frame);
      else this.#gate.receive(edge, frame, accept);
    }
  }

  /** WM-1: restrictions are not pending. They hold the output watermark instead. */
  pendingBounds(): readonly Bound[] {
    const bounds: Bound[] = [];
    if (!this.#pending.empty) {
      bounds.push({ time: this.#pending.least, holder: { kind: 'pending' } });
    }
    const waiting = this.#gate?.bound();
    if (waiting !== undefined) bounds.push(waiting);
    return this.planned.input === 'elements' ? [...bounds, ...this.#attempts.bounds()] : bounds;
  }

  holds(): readonly Bound[] {
    if (this.planned.input === 'elements') return [];
    const waiting = { time: this.#restrictions.least, holder: { kind: 'restriction' } } as const;
    return [...this.#attempts.bounds(), waiting];
  }

  isReady(now: ProcessingTime): boolean {
    if (this.running !== undefined) return false;
    if (this.#attempts.retries || !this.#pending.empty) return true;
    const resumeAt = this.#restrictions.resumeAt;
    return resumeAt !== undefined && resumeAt <= now;
  }

  moved(): void {
    // Restrictions that waited for a side input start when they are let through.
    this.#gate?.recheck((edge, frame) => this.#accept(edge, frame, 0 as ProcessingTime));
    for (const { view } of this.planned.sideInputs) this.#views.get(view)!.collect();
  }

  step(host: StageHost): void | Promise<void> {
    const { planned } = this;
    return this.#attempts.step(
      host,
      {
        process: (bundle) => this.#process(bundle, host),
        commit: (bundle, outcome) =>
          commit({ stage: planned, bundle, now: host.env.clock.now() }, outcome),
        perform: (effect) => {
          if (effect.kind === 'defer') this.#wait(effect.restriction);
        },
      },
      () => this.#take(host.env.clock.now(), host.policy),
    );
  }

  #process(
    bundle: Bundle,
    { connection, policy, signal }: StageHost,
  ): BundleOutcome | Promise<BundleOutcome> {
    return connection.process({
      bundle: bundle.id,
      stage: this.planned.id,
      inputs: [{ transform: this.planned.source, frames: framesOf(bundle.input) }],
      timers: [],
      times: NO_TIMES,
      state: new BundleState(this.planned.sideInputs, this.#views),
      limits: policy.limits(this.planned.boundedness),
      signal,
    });
  }

  /** The bundle that runs ends at its limit; what it leaves over is cut off when it comes back. */
  drain(): void {
    this.#draining = true;
    if (this.planned.boundedness === 'unbounded') this.#restrictions.clear();
  }

  #wait(restriction: Restriction): void {
    if (this.#draining && this.planned.boundedness === 'unbounded') return;
    this.#restrictions.add(restriction);
  }

  #accept(edge: Edge, frame: Frame, now: ProcessingTime): void {
    if (this.planned.input === 'elements') {
      this.#pending.add(edge, frame);
      return;
    }
    for (const restriction of restrictionsOf(frame, edge, now)) {
      this.totalSize += sizeOf(restriction);
      this.#wait(restriction);
    }
  }

  #take(now: ProcessingTime, policy: StageHost['policy']): BundleInput {
    if (this.planned.input === 'elements') {
      return { kind: 'elements', frames: this.#pending.take(policy.take()) };
    }
    const limit = policy.restrictions(this.planned.boundedness);
    return { kind: 'restrictions', restrictions: this.#restrictions.take(now, limit) };
  }
}
