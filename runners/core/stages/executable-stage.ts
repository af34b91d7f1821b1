import type { BundleOutcome } from '#portability/fnapi/connection.js';
import type { BundleId } from '#portability/model/ids.js';
import type { ProcessingTime } from '#portability/model/time.js';
import type { Frame } from '#portability/wire/frames.js';
import { elementsOf, framesOf, type Bundle } from '../bundle.js';
import { commit } from '../commit.js';
import { cutFrames, PendingFrames } from '../input/pending.js';
import type { Edge, ExecutableStage } from '../plan/plan.js';
import { BundleAttempts } from './bundle-attempts.js';
import { plainRequest } from './plain-request.js';
import type { RunningStage, StageHost } from './running-stage.js';
import { checkSplit } from './split-answer.js';
import { SplitQuestion } from './split-question.js';
import { BundleState } from '../side-inputs/bundle-state.js';
import { SideInputGate } from '../side-inputs/side-input-gate.js';
import type { Views } from '../side-inputs/views.js';
import type { Spillable } from '../spill/spillable.js';
import { isThenable } from '../thenable.js';
import { Watermarks, type Bound } from '../time/watermarks.js';

/** User code that processes elements: forms bundles, has them processed, and commits what they decided. */
export class RunningExecutable implements RunningStage {
  readonly planned: ExecutableStage;
  readonly watermarks: Watermarks = new Watermarks();
  readonly resumeAt = undefined;
  readonly #views: Views;
  readonly #pending = new PendingFrames();
  readonly #gate: SideInputGate | undefined;
  readonly #attempts = new BundleAttempts();
  readonly #question = new SplitQuestion();
  /** Elements that the bundle was given. */
  #given = 0;

  constructor(planned: ExecutableStage, views: Views) {
    this.planned = planned;
    this.#views = views;
    if (planned.sideInputs.length > 0) this.#gate = new SideInputGate(planned.sideInputs, views);
    for (const { view, mainLateness } of planned.sideInputs) {
      views.get(view)!.addReader(() => this.watermarks.input, mainLateness);
    }
  }

  get pendingElements(): number {
    return this.#pending.elements + this.#attempts.failedElements + (this.#gate?.elements ?? 0);
  }

  get pendingBytes(): number {
    return this.#pending.bytes;
  }

  get running(): BundleId | undefined {
    return this.#attempts.running;
  }

  get runningSince(): ProcessingTime | undefined {
    return this.#attempts.runningSince;
  }

  receive(edge: Edge, frames: readonly Frame[]): void {
    const accept = (from: Edge, frame: Frame): void => this.#pending.add(from, frame);
    for (const frame of frames) {
      if (this.#gate === undefined) accept(edge, frame);
      else this.#gate.receive(edge, frame, accept);
    }
  }

  *spillables(): Iterable<Spillable> {
    yield this.#pending;
    if (this.#gate !== undefined) yield* this.#gate.spillables();
  }

  pendingBounds(): readonly Bound[] {
    const bounds: Bound[] = [];
    if (!this.#pending.empty) {
      bounds.push({ time: this.#pending.least, holder: { kind: 'pending' } });
    }
    const waiting = this.#gate?.bound();
    if (waiting !== undefined) bounds.push(waiting);
    return [...bounds, ...this.#attempts.bounds()];
  }

  holds(): readonly Bound[] {
    return [];
  }

  isReady(): boolean {
    if (this.running !== undefined || this.#gate?.asking === true) return false;
    return this.#attempts.retries || !this.#pending.empty || this.#gate?.unmapped === true;
  }

  moved(): void {
    this.#gate?.recheck((edge, frame) => this.#pending.add(edge, frame));
    for (const { view } of this.planned.sideInputs) this.#views.get(view)!.collect();
  }

  step(host: StageHost): void | Promise<void> {
    const { planned } = this;
    if (this.#gate?.unmapped === true) {
      return this.#gate.map(host.connection, (edge, frame) => this.#pending.add(edge, frame));
    }
    return this.#attempts.step(
      host,
      {
        process: (bundle) => {
          this.#given = elementsOf(bundle.input);
          const outcome = this.#process(bundle, host);
          return isThenable(outcome) ? this.#question.after(outcome) : outcome;
        },
        commit: (bundle, outcome) =>
          commit({ stage: planned, bundle, now: host.env.clock.now() }, outcome),
        perform: () => undefined,
      },
      () => ({ kind: 'elements', frames: this.#pending.take(host.policy.take()) }),
    );
  }

  /** Only where splits are drawn: one bundle of elements runs at a time, so nobody is idle. */
  share(host: StageHost): void {
    const { running, inHand } = this.#attempts;
    if (running === undefined || inHand?.input.kind !== 'elements') return;
    const fractionOfRemainder = host.policy.splitFraction();
    if (fractionOfRemainder === undefined) return;
    const { frames } = inHand.input;
    // Indexes count what the bundle was given, whatever it gave away since.
    const inputElements = this.#given;
    const desired = { transform: this.planned.source, fractionOfRemainder, inputElements };
    this.#question.ask(host.connection, running, desired, (split) => {
      if (split === undefined) return;
      checkSplit(split, elementsOf(inHand.input));
      const [kept, back] = cutFrames(frames, split.firstResidual);
      this.#attempts.narrow({ kind: 'elements', frames: kept });
      for (const { edge, frame } of back) this.#pending.add(edge, frame);
      host.wake();
    });
  }

  #process(
    bundle: Bundle,
    { connection, policy, signal }: StageHost,
  ): BundleOutcome | Promise<BundleOutcome> {
    const { id: stage, source, sideInputs, boundedness } = this.planned;
    const state = new BundleState(sideInputs, this.#views, framesOf(bundle.input));
    const limits = policy.limits(boundedness);
    return connection.process(plainRequest(bundle, { stage, source }, { state, limits, signal }));
  }
}
