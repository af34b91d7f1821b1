import type { BundleOutcome } from '#portability/fnapi/connection.js';
import type { BundleId } from '#portability/model/ids.js';
import { TIMESTAMP_MAX, type ProcessingTime } from '#portability/model/time.js';
import type { Frame } from '#portability/wire/frames.js';
import { framesOf, type Bundle, type BundleInput, type KeyedInput } from '../bundle.js';
import { commit, type Effect } from '../commit.js';
import type { TakeLimits } from '../input/pending.js';
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
import type { RunningStage, StageHost } from './running-stage.js';

/** Keys of an expired window that are told of its end, or forgotten, in one step. */
const EXPIRED_AT_ONCE = 20_000;
/** Bundles of elements after which due timers have their turn, whatever still waits (TMR-5). */
const BEFORE_TIMERS = 16;
/** What a bundle reads and writes stays in the caches of the processor until it is committed. */
const BUNDLE_BYTES = 512 * 1024;

/**
 * User code whose root keeps state and timers.
 *
 *   F1. One bundle at a time, so no key is in two (STA-4). It holds elements or timers, never both.
 *   F2. Elements whose window is over never reach state (STA-5).
 *   F3. Timers before the least waiting element fire first, then elements, then the other due timers,
 *       then the ends of windows (TMR-4, TMR-11).
 *   F4. A bundle that fails changes neither cells nor timers; the timers that it was given are in its
 *       input and come again with it (STA-3, WM-5).
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
  #cells: BundleCells | undefined;
  #sinceTimers = 0;

  constructor(planned: StatefulStage, inputs: readonly Edge[], views: Views) {
    this.planned = planned;
    this.#views = views;
    const [shape] = inputs;
    if (shape === undefined) throw new TypeError(`${planned.name} has no input`);
    const { windowing, states } = planned;
    const { windowCoder } = shape;
    const lateness = windowing.allowedLateness;
    this.state = new KeyedState({ states, windowCoder, lateness });
    this.timers = new StageTimers(planned, this.state);
    this.#input = new StatefulInput(planned, shape, this.watermarks);
    if (planned.sideInputs.length > 0) this.#gate = new SideInputGate(planned.sideInputs, views);
    for (const { view, mainLateness } of planned.sideInputs) {
      views.get(view)!.addReader(() => this.watermarks.input, mainLateness);
    }
    this.#shape = shape;
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
    return [this.#input.pending];
  }

  pendingBounds(): readonly Bound[] {
    const bounds = [...this.#input.bounds(), ...this.#attempts.bounds()];
    const waiting = this.#gate?.bound();
    return waiting === undefined ? bounds : [...bounds, waiting];
  }

  /** WM-4: timers, those that are firing included, and windows whose end keys wait for. */
  holds(): readonly Bound[] {
    const bounds: Bound[] = [];
    const bundle = this.#attempts.inHand;
    if (bundle?.input.kind === 'keyed') {
      bounds.push({ time: bundle.input.hold, holder: { kind: 'bundle', bundle: bundle.id } });
    }
    const timer = this.timers.bound();
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
    return (
      this.#gate?.unmapped === true ||
      this.#attempts.retries ||
      this.#input.isDue() ||
      this.#timersAreDue(now) ||
      this.state.windows.expired(this.watermarks.input) !== undefined
    );
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
    const input = this.#take(host);
    this.#input.countDropped(host);
    const empty = input.frames.length === 0 && input.timers.length === 0;
    if (empty) this.#forgetAll(input);
    else return this.#try(host, () => input);
  }

  #try(host: StageHost, take: () => BundleInput): void | Promise<void> {
    return this.#attempts.step(
      host,
      {
        process: (bundle) => this.#process(bundle, host),
        commit: (bundle, outcome) => this.#commit(bundle, outcome, host),
        perform: (effect) => this.#perform(effect),
      },
      take,
    );
  }

  #process(
    bundle: Bundle,
    { connection, env, policy, signal }: StageHost,
  ): BundleOutcome | Promise<BundleOutcome> {
    const { input } = bundle;
    // What a failed try has left behind are places that hold nothing.
    this.#cells?.forEachPlace((place) => this.#forget(place));
    this.#cells = new BundleCells(
      this.state,
      new BundleState(this.planned.sideInputs, this.#views),
      this.timers.writes(),
    );
    return connection.process({
      bundle: bundle.id,
      stage: this.planned.id,
      inputs: [{ transform: this.planned.source, frames: framesOf(input) }],
      timers: input.kind === 'keyed' ? input.timers : [],
      times: { input: this.watermarks.input, processing: env.clock.now() },
      state: this.#cells,
      limits: policy.limits('bounded'),
      signal,
    });
  }

  #commit(bundle: Bundle, outcome: BundleOutcome, host: StageHost): readonly Effect[] {
    const before = { stage: this.planned, bundle, now: host.env.clock.now() };
    return commit(before, outcome, this.#shape);
  }

  #perform(effect: OwnEffect): void {
    const { input } = this.#attempts.inHand!;
    switch (effect.kind) {
      case 'write-state':
        this.#cells!.apply();
        this.#cells!.timers.applyTo(this.timers.store, (place) => this.#touched.push(place));
        return;
      case 'set-timers':
        this.timers.absorb(effect.frame, effect.index, (place) => this.#touched.push(place));
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

  #timersAreDue(now: ProcessingTime): boolean {
    return (
      this.timers.least('event-time') <= this.watermarks.input ||
      this.timers.least('processing-time') <= now
    );
  }

  /** F3 */
  #take({ env, policy }: StageHost): KeyedInput {
    const now = env.clock.now();
    const limits = smaller(policy.take());
    const event = this.timers.least('event-time');
    const { input: watermark } = this.watermarks;
    const elements = this.#input.isDue();
    if (this.#timersAreDue(now)) {
      const { least } = this.#input;
      const first = event <= watermark && event < least;
      if (first || !elements || this.#sinceTimers >= BEFORE_TIMERS) {
        this.#sinceTimers = 0;
        const before = first ? least : Infinity;
        const fired = this.timers.fire({ before, now, watermark }, limits);
        return { kind: 'keyed', frames: [], ...fired, expired: false };
      }
    }
    if (!elements) return this.#expire();
    this.#sinceTimers++;
    const places: number[] = [];
    const frames = this.#input.take(limits);
    if (this.planned.expiration !== undefined) {
      this.#input.eachKey(frames, (bytes, windowStart, windowEnd, start, end, hash) => {
        const window = this.state.windows.at(bytes, windowStart, windowEnd);
        places.push(this.state.place(window, bytes, start, end, hash));
      });
    }
    return { kind: 'keyed', frames, timers: [], hold: TIMESTAMP_MAX, places, expired: false };
  }

  #expire(): KeyedInput {
    const nothing = { kind: 'keyed', frames: [], timers: [], hold: TIMESTAMP_MAX } as const;
    const window = this.state.windows.expired(this.watermarks.input);
    if (window === undefined) return { ...nothing, places: [], expired: false };
    const places: number[] = [];
    let place = this.state.places.first(window.id);
    for (; place >= 0 && places.length < EXPIRED_AT_ONCE; place = this.state.places.next(place)) {
      places.push(place);
    }
    const { expiration } = this.planned;
    if (expiration === undefined) return { ...nothing, places, expired: true };
    return { ...nothing, ...this.timers.expire(expiration, places), expired: true };
  }

  #forgetAll({ places, expired }: KeyedInput): void {
    for (const place of places) {
      if (expired) this.#remove(place);
      else this.#forget(place);
    }
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

const NOTHING: BundleInput = { kind: 'elements', frames: [] };

function smaller({ bytes, elements }: TakeLimits): TakeLimits {
  return { bytes: Math.min(bytes, BUNDLE_BYTES), elements };
}
