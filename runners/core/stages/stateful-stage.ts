import type { BundleOutcome, BundleRequest } from '#portability/fnapi/connection.js';
import type { BundleId } from '#portability/model/ids.js';
import { TIMESTAMP_MIN, type EventTime, type ProcessingTime } from '#portability/model/time.js';
import type { Frame } from '#portability/wire/frames.js';
import { framesOf, type Bundle, type BundleInput, type KeyedInput } from '../bundle.js';
import { commit, type Effect } from '../commit.js';
import type { LateDrops } from '../grouping/late-drops.js';
import { StatefulInput } from '../input/stateful-input.js';
import type { Edge, StatefulStage } from '../plan/plan.js';
import { BundleState } from '../side-inputs/bundle-state.js';
import { SideInputGate } from '../side-inputs/side-input-gate.js';
import type { Views } from '../side-inputs/views.js';
import { BundleCells } from '../state/bundle-cells.js';
import { KeyedState } from '../state/keyed-state.js';
import { StageTimers } from '../timers/stage-timers.js';
import type { Spillable } from '../spill/spillable.js';
import { Watermarks, type Bound } from '../time/watermarks.js';
import { BundleAttempts, type OwnEffect } from './bundle-attempts.js';
import { isThenable } from '../thenable.js';
import type { DueBatch } from '../timers/due-batch.js';
import type { RunningStage, StageHost } from './running-stage.js';
import { StatefulTurns } from './stateful-turns.js';

const NO_HOLD: Bound = { time: TIMESTAMP_MIN, holder: { kind: 'pending' } };

/**
 * User code whose root keeps state and timers.
 *
 *   F1. One bundle at a time, so no key is in two (STA-4). It holds elements or timers, never both.
 *   F2. Elements whose window is over never reach state (STA-5).
 *   F3. Timers that were due when the first waiting element came, and are before the least one, fire first; then
 *       come elements, then the other due timers, then the ends of windows (TMR-4, TMR-11).
 *   F4. A bundle that fails changes neither cells nor timers; the timers that it was given are in its
 *       input and come again with it (STA-3, WM-5).
 *   F5. While a bundle runs, timers hold the watermark as they did before it: what it sets and clears may
 *       yet be taken back.
 */
export class RunningStateful implements RunningStage {
  readonly planned: StatefulStage;
  readonly watermarks: Watermarks = new Watermarks();
  readonly state: KeyedState;
  readonly timers: StageTimers;
  readonly #views: Views;
  readonly #input: StatefulInput;
  readonly #gate: SideInputGate | undefined;
  readonly #attempts = new BundleAttempts();
  readonly #turns: StatefulTurns;
  /** Of the bundle that runs. */
  #cells: BundleCells | undefined;
  /** F5: the hold of timers before the bundle that runs. */
  #heldBefore: Bound | undefined;

  constructor(planned: StatefulStage, inputs: readonly Edge[], views: Views) {
    this.planned = planned;
    this.#views = views;
    const [shape] = inputs;
    if (shape === undefined) throw new TypeError(`${planned.name} has no input`);
    const { windowing, states, mapValues } = planned;
    const { windowCoder } = shape;
    const lateness = windowing.allowedLateness;
    this.state = new KeyedState({ states, mapValues, windowCoder, lateness });
    this.timers = new StageTimers(planned, this.state);
    this.#input = new StatefulInput(planned, shape, this.watermarks);
    if (planned.sideInputs.length > 0) this.#gate = new SideInputGate(planned.sideInputs, views);
    for (const { view, mainLateness } of planned.sideInputs) {
      views.get(view)!.addReader(() => this.#oldestWindow(), mainLateness);
    }
    this.#shape = shape;
    this.#turns = new StatefulTurns(planned, {
      state: this.state,
      timers: this.timers,
      input: this.#input,
      watermarks: this.watermarks,
    });
  }

  /** SID-6: also who hears of the end of a window reads the side input of that window. */
  #oldestWindow(): EventTime {
    const { input } = this.watermarks;
    const end = this.state.windows.firstToEnd()?.maxTimestamp ?? input;
    return end < input ? end : input;
  }

  readonly #shape: Edge;

  get pendingElements(): number {
    return this.#input.elements + this.#attempts.failedElements + (this.#gate?.elements ?? 0);
  }

  get pendingBytes(): number {
    return this.#input.bytes;
  }

  get running(): BundleId | undefined {
    return this.#attempts.running;
  }

  get runningSince(): ProcessingTime | undefined {
    return this.#attempts.runningSince;
  }

  get stateBytes(): number {
    return this.state.heldBytes;
  }

  get droppedAsLate(): number {
    return this.#input.droppedAsLate;
  }

  get late(): LateDrops {
    return this.#input.drops;
  }

  get resumeAt(): ProcessingTime | undefined {
    if (this.running !== undefined) return undefined;
    const least = this.timers.least('processing-time');
    return least === Infinity ? undefined : (least as ProcessingTime);
  }

  receive(edge: Edge, frames: readonly Frame[]): void {
    const accept = (from: Edge, frame: Frame): void => this.#input.add(from, frame);
    for (const frame of frames) {
      if (this.#gate === undefined) accept(edge, frame);
      else this.#gate.receive(edge, frame, accept);
    }
  }

  spillables(): Iterable<Spillable> {
    return this.#input.spillables();
  }

  pendingBounds(): readonly Bound[] {
    const bounds = [...this.#input.bounds(), ...this.#attempts.bounds()];
    const waiting = this.#gate?.bound();
    if (waiting !== undefined) bounds.push(waiting);
    // W4: the windows of a batch are open until the clock has reached all timers.
    if (this.watermarks.batch && this.timers.least('processing-time') < Infinity) {
      bounds.push(this.timers.bound() ?? NO_HOLD);
    }
    return bounds;
  }

  /** WM-4: timers, those that are firing included, and windows whose end keys wait for. */
  holds(): readonly Bound[] {
    const bounds: Bound[] = [];
    const bundle = this.#attempts.inHand;
    if (bundle?.input.kind === 'keyed') {
      bounds.push({ time: bundle.input.due.least, holder: { kind: 'bundle', bundle: bundle.id } });
    }
    const timer = this.running === undefined ? this.timers.bound() : this.#heldBefore;
    if (timer !== undefined) bounds.push(timer);
    const window =
      this.planned.expiration === undefined ? undefined : this.state.windows.firstToEnd();
    if (window !== undefined) {
      const holder = { kind: 'window-expiration', window: window.bytes } as const;
      bounds.push({ time: window.maxTimestamp, holder });
    }
    return bounds;
  }

  isReady(now: ProcessingTime): boolean {
    if (this.running !== undefined || this.#gate?.asking === true) return false;
    return this.#gate?.unmapped === true || this.#attempts.retries || this.#turns.isDue(now);
  }

  moved(): void {
    this.#gate?.recheck((edge, frame) => this.#input.add(edge, frame));
    for (const { view } of this.planned.sideInputs) this.#views.get(view)!.collect();
  }

  step(host: StageHost): void | Promise<void> {
    if (this.#gate?.unmapped === true) {
      return this.#gate.map(host.connection, (edge, frame) => this.#input.add(edge, frame));
    }
    if (this.#attempts.retries) return this.#try(host, () => NOTHING);
    const input = this.#turns.take(host);
    this.#input.countDropped(host);
    const empty = input.frames.length === 0 && input.due.count === 0;
    if (empty) this.#forgetAll(input);
    else return this.#try(host, () => input);
  }

  #try(host: StageHost, take: () => BundleInput): void | Promise<void> {
    return this.#attempts.step(
      host,
      {
        process: (bundle) => this.#process(bundle, host),
        commit: (bundle, outcome) => this.#commit(bundle, outcome, host),
        perform: (effect) => this.#perform(effect, host),
      },
      take,
    );
  }

  #process(bundle: Bundle, host: StageHost): BundleOutcome | Promise<BundleOutcome> {
    const { input } = bundle;
    const due = input.kind === 'keyed' ? input.due : this.timers.none();
    this.#heldBefore = this.timers.bound();
    this.#cells = new BundleCells(
      this.state,
      new BundleState(this.planned.sideInputs, this.#views),
      this.timers.settings(due),
    );
    return this.#unlessFailed(() => {
      const outcome = host.connection.process(this.#request(bundle, due, this.#cells!, host));
      if (!isThenable(outcome)) return outcome;
      return outcome.then(undefined, (e: unknown) => this.#takeBack(e));
    });
  }

  #request(
    { id, attempt, input }: Bundle,
    due: DueBatch,
    state: BundleCells,
    { env, policy, signal }: StageHost,
  ): BundleRequest {
    return {
      bundle: id,
      attempt,
      stage: this.planned.id,
      inputs: [{ transform: this.planned.source, frames: framesOf(input) }],
      // Only who has no direct access to them reads these.
      get timers() {
        return due.frames;
      },
      times: { input: this.watermarks.input, processing: env.clock.now() },
      state,
      limits: policy.limits('bounded'),
      signal,
    };
  }

  #commit(bundle: Bundle, outcome: BundleOutcome, host: StageHost): readonly Effect[] {
    const before = { stage: this.planned, bundle, now: host.env.clock.now() };
    return this.#unlessFailed(() => commit(before, outcome, this.#shape));
  }

  #unlessFailed<T>(f: () => T): T {
    try {
      return f();
    } catch (e) {
      return this.#takeBack(e);
    }
  }

  /** F4 */
  #takeBack(error: unknown): never {
    this.#cells?.takeBack((place) => this.#forget(place));
    this.#cells = undefined;
    throw error;
  }

  #perform(effect: OwnEffect, { env }: StageHost): void {
    const { input } = this.#attempts.inHand!;
    switch (effect.kind) {
      case 'write-state':
        this.#cells!.apply();
        return;
      case 'set-timers':
        this.timers.absorb(effect.frame, effect.index, this.#touch, env.workersAhead?.());
        return;
      case 'settle': {
        for (const place of this.#touched) this.#forget(place);
        this.#touched.length = 0;
        this.#cells!.forEachPlace((place) => this.#forget(place));
        this.#cells = undefined;
        if (input.kind === 'keyed') this.#forgetAll(input);
        return;
      }
      case 'defer':
        throw new TypeError('commit defers restrictions only, and here are none');
    }
  }

  readonly #touched: number[] = [];
  readonly #touch = (place: number): void => void this.#touched.push(place);

  #forgetAll({ places, expired }: KeyedInput): void {
    if (expired) places.forEach((place) => this.#remove(place));
    else places.forEach((place) => this.#forget(place));
  }

  /** K1: drops a place that holds nothing and is not owed the end of its window. */
  #forget(place: number): void {
    if (this.planned.expiration !== undefined || !this.state.places.has(place)) return;
    if (this.timers.store.has(place) || !this.state.isEmpty(place)) return;
    this.state.remove(place);
  }

  #remove(place: number): void {
    if (!this.state.places.has(place)) return;
    this.timers.store.removeAll(place);
    this.state.remove(place);
  }
}

/** Of a try for which nothing is taken. */
const NOTHING: BundleInput = { kind: 'elements', frames: [] };
