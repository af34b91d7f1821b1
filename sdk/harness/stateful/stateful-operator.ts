import type { TimerFrame } from '#portability/fnapi/connection.js';
import { StrahlError } from '#portability/errors.js';
import { NO_FIRING, type Pane } from '#portability/model/panes.js';
import { TIMESTAMP_MIN, type Duration, type EventTime } from '#portability/model/time.js';
import type { Window } from '#portability/model/windows.js';
import type { Frame } from '#portability/wire/frames.js';
import { ByteReader } from '#portability/wire/reader.js';
import type { KV } from '../../dofn/dofn.js';
import type { ErasedStatefulFn } from '../../dofn/stateful.js';
import { isStamped } from '../../dofn/stamped.js';
import { inTurn } from '../in-turn.js';
import { isThenable, type Turn } from '../operators/async-queue.js';
import type { CallSetting } from '../operators/call-operator.js';
import { isAsyncIterable, SpreadOperator } from '../operators/spread-operator.js';
import type { StageInput } from '../operators/stage-input.js';
import type { Registers } from '../running-stage.js';
import { BundleTimers } from './bundle-timers.js';
import type { DueTimer } from './due-timers.js';
import { FiredTimers } from './fired-timers.js';
import { stateOfKey, type KeptState, type StateOfKey } from './kept-state.js';
import { KeyScope, type LocatedKey } from './key-scope.js';
import { StatefulContext, type StatefulOwner } from './stateful-context.js';
import { cellsOf, type StatefulPlan } from './stateful-plan.js';
import { TimerFamilyHandle, TimerHandle, type TimerSurroundings } from './timer-handles.js';

/** An element that waits for its turn, because a call before it has not answered. */
class HeldElement implements LocatedKey {
  readonly value: unknown;
  readonly place: number;
  readonly bytes: Uint8Array;
  readonly start: number;
  readonly end: number;
  readonly hash: number;

  constructor(value: unknown, located: LocatedKey) {
    this.value = value;
    this.place = located.place;
    this.bytes = located.bytes;
    this.start = located.start;
    this.end = located.end;
    this.hash = located.hash;
  }
}

/**
 * Runs a function with state and timers: the root of its stage.
 *
 *   S1. Calls are made one after the other, so those of a key are (STA-4).
 *   S2. First all elements of the bundle, then its timers (TMR-4).
 *   S3. While calls are synchronous and the runner is in this process, nothing is allocated per element.
 */
export class StatefulOperator
  extends SpreadOperator
  implements StatefulOwner, TimerSurroundings, LocatedKey
{
  /** Where the elements come from; set when the stage is connected. */
  source: StageInput | undefined;
  readonly scope: KeyScope;
  readonly timers: BundleTimers;
  readonly allowedLateness: Duration;
  readonly stateHandles: Readonly<Record<string, unknown>>;
  readonly timerHandles: Readonly<Record<string, unknown>>;
  isExpiring = false;
  tag = '';
  firedAt: EventTime = 0 as EventTime;
  /** Of the call that is under way. */
  timestamp: EventTime = TIMESTAMP_MIN;
  pane: Pane = NO_FIRING;
  /** Fire time of the event timer whose callback runs. */
  #base: EventTime | undefined;
  /** The timers that the runner fires. */
  readonly #fired: FiredTimers;
  readonly #plan: StatefulPlan;
  readonly #fn: ErasedStatefulFn;
  /** The places of the elements of `#frame`, if the runner told them. */
  #places: Int32Array | undefined;
  #frame: Frame | undefined;
  // The key of the current element, as `LocatedKey`.
  place = -1;
  bytes: Uint8Array = new Uint8Array(0);
  start = 0;
  end = 0;
  hash = 0;

  constructor(setting: CallSetting, plan: StatefulPlan) {
    super({ ...setting, concurrency: 1, ordered: true }, plan.fn.fn);
    this.#plan = plan;
    this.#fn = plan.fn.fn;
    this.allowedLateness = plan.allowedLateness;
    const { step } = this;
    this.scope = new KeyScope(step.transform, plan.keyCoder, plan.windowCoder);
    this.#fired = new FiredTimers(plan.keyCoder, plan.windowCoder);
    this.timers = new BundleTimers(step.transform, plan.domains, this.#fired);
    this.stateHandles = cellsOf(plan, this.scope, step);
    this.timerHandles = this.#timerHandles();
    this.context = new StatefulContext(this);
  }

  #timerHandles(): Readonly<Record<string, unknown>> {
    const handles = Object.entries(this.#plan.fn.timers).map(([name, { domain, tagged }]) => {
      const Handle = tagged ? TimerFamilyHandle : TimerHandle;
      return [name, new Handle(this, name, domain)] as const;
    });
    return Object.freeze(Object.fromEntries(handles));
  }

  /** For somebody who looks on, with an instance of the step that runs nothing. */
  stateOf(key: unknown, kept: KeptState): Promise<readonly StateOfKey[]> {
    return stateOfKey(this.#plan, { scope: this.scope, handles: this.stateHandles }, key, kept);
  }

  get currentKey(): unknown {
    return this.scope.key;
  }

  get firing(): { readonly tag: string; readonly firedAt: EventTime } {
    return this;
  }

  get base(): EventTime {
    return this.#base ?? this.timestamp;
  }

  get isFiring(): boolean {
    return this.#base !== undefined;
  }

  override detach(registers: Readonly<Registers>): void {
    this.context.detach(registers);
    this.context = new StatefulContext(this);
  }

  override startBundle(): void | Promise<void> {
    const { bundle } = this.stage;
    // Timers fire behind the elements, so what the last one left would be taken for the element's.
    this.#base = undefined;
    this.isExpiring = false;
    this.scope.open(bundle.state);
    this.timers.open(bundle);
    this.#frame = undefined;
    return super.startBundle();
  }

  override process(x: unknown): void {
    const source = this.source!;
    const { reader, frame } = source;
    if (frame !== this.#frame) this.#enterFrame(frame);
    if (!source.keysAreLeft) reader.findKey(this.#plan.keyCoder);
    this.place = this.#places === undefined ? -1 : this.#places[reader.ordinal - 1]!;
    this.bytes = reader.input.bytes;
    this.start = reader.elementStart;
    this.end = reader.keyEnd;
    this.hash = reader.keyHash;
    const value = source.keysAreLeft ? x : (x as KV<unknown, unknown>)[1];
    if (this.stage.windows.length === 1) this.#element(value);
    else this.explode(value, (y) => this.#element(y));
  }

  #enterFrame(frame: Frame): void {
    this.#frame = frame;
    this.#places = this.scope.direct?.places(frame);
  }

  #element(value: unknown): void {
    if (this.busy) {
      this.hold(new HeldElement(value, this));
      return;
    }
    const window = this.#begin(this);
    const loading = this.#prepare(window);
    if (loading !== undefined) {
      const held = new HeldElement(value, this);
      this.later(this.#callWhenLoaded(held, loading), held);
      return;
    }
    let answer: unknown;
    try {
      answer = this.#fn.element(value, this.context as never);
    } catch (e) {
      throw this.step.wrap(e, { value: [this.scope.key, value] });
    }
    if (answer === undefined) return;
    if (isThenable(answer)) this.later(answer, new HeldElement(value, this));
    else if (Array.isArray(answer)) this.#emit(answer);
    else this.spread(answer, new HeldElement(value, this));
  }

  /** Starts the call for a key, in the window and at the time that the stage is at. */
  #begin(located: LocatedKey): Window {
    const { timestamp, pane, windows } = this.stage;
    this.timestamp = timestamp;
    this.pane = pane;
    const window = windows[0]!;
    this.scope.enter(located, window);
    return window;
  }

  #emit(outputs: readonly unknown[]): void {
    for (let i = 0; i < outputs.length; i++) {
      const output = outputs[i];
      if (isStamped(output)) this.stamped(output);
      else this.emits[0]!(output);
    }
  }

  /** What must be there before a function is called for the key in scope. */
  #prepare(window: Window): Promise<void> | undefined {
    const loading = this.scope.load();
    const sides = this.sides;
    if (sides === undefined || sides.now(window) !== undefined) return loading ?? undefined;
    return Promise.all([loading, sides.fetch(window)]).then(() => undefined);
  }

  /** The turn of an element that was held has come. */
  override call(x: unknown): unknown {
    const held = x as HeldElement;
    const window = this.#begin(held);
    const loading = this.#prepare(window);
    if (loading !== undefined) return this.#callWhenLoaded(held, loading);
    return this.#fn.element(held.value, this.context as never);
  }

  #callWhenLoaded({ value }: HeldElement, loading: Promise<void>): Promise<unknown> {
    return this.#afterwards(loading, () => this.#fn.element(value, this.context as never));
  }

  /** Calls `f` once `loading` is over, with the registers of now. */
  async #afterwards(loading: Promise<void>, f: () => unknown): Promise<unknown> {
    const { stage } = this;
    const { timestamp, windows, pane } = stage;
    const at = { timestamp, windows, pane };
    await loading;
    const before = { timestamp: stage.timestamp, windows: stage.windows, pane: stage.pane };
    const { context } = this;
    Object.assign(stage, at);
    try {
      return f();
    } finally {
      Object.assign(stage, before);
      // The call may still go on: its context is not for the next element.
      if (this.context === context) this.detach(at);
    }
  }

  /** S1: what a generator does belongs to its call, so it ends before the next call begins. */
  override gather(result: unknown, turn: Turn): PromiseLike<unknown> | undefined {
    if (!isGenerator(result)) return super.gather(result, turn);
    try {
      return Promise.resolve([...result]);
    } catch (e) {
      // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- passed on as it is
      return Promise.reject(e);
    }
  }

  override done(result: unknown, x: unknown): void {
    if (Array.isArray(result)) this.#emit(result);
    else if (result !== undefined) this.spread(result, x);
  }

  override fail(error: unknown, x: unknown): never {
    const value = x instanceof HeldElement ? [this.#keyOf(x), x.value] : x;
    throw this.step.wrap(error, { value });
  }

  #keyOf({ bytes, start, end }: HeldElement): unknown {
    return this.#plan.keyCoder.decode(new ByteReader(bytes, start, end));
  }

  override finishBundle(): void | Promise<void> {
    return inTurn([
      () => super.finishBundle(),
      () => this.#fireAll(),
      () => {
        this.#base = undefined;
        this.isExpiring = false;
        this.scope.leave();
        return this.scope.settled();
      },
    ]);
  }

  /** What the bundle set and cleared. */
  takeTimers(): readonly TimerFrame[] {
    return this.timers.take();
  }

  #fireAll(): void | Promise<void> {
    for (let timer = this.timers.next(); timer !== undefined; timer = this.timers.next()) {
      const answer = this.#fire(timer);
      const pause = isThenable(answer) ? answer : this.#pause();
      if (pause !== undefined) return pause.then(() => this.#fireAll());
    }
  }

  #pause(): Promise<void> | undefined {
    const { stage } = this;
    stage.throwIfFailed();
    stage.bundle.throwIfAborted();
    if (stage.blocked > 0) return stage.wait();
    return stage.bundle.sliceIsOver() ? stage.bundle.breathe() : undefined;
  }

  #fire(timer: DueTimer | FiredTimers): void | Promise<void> {
    const { stage } = this;
    const isEvent = this.#plan.domains.get(timer.family) === 'event-time';
    const windows = timer === this.#fired ? this.#fired.windows : [(timer as DueTimer).window];
    const [window] = windows;
    if (window === undefined || windows.length > 1) throw severalWindows(windows.length);
    stage.windows = windows;
    stage.pane = timer.pane;
    // TMR-9; without an output timestamp there is only the fire time, or the end of the window.
    stage.timestamp = timer.hold ?? (isEvent ? timer.fire : window.maxTimestamp);
    this.tag = timer.tag;
    this.firedAt = timer.fire;
    this.#base = isEvent ? timer.fire : undefined;
    this.isExpiring = timer.family === this.#plan.expiration;
    this.#begin(timer === this.#fired ? this.#fired : (timer as DueTimer).located);
    const loading = this.#prepare(window);
    if (loading !== undefined) {
      return this.#settle(this.#afterwards(loading, () => this.#callBack(timer.family)));
    }
    let answer: unknown;
    try {
      answer = this.#callBack(timer.family);
    } catch (e) {
      throw this.step.wrap(e);
    }
    if (answer !== undefined) return this.#settle(answer);
  }

  /** Calls them as methods: the user's object is their `this`. */
  #callBack(family: string): unknown {
    const { onTimer, onWindowExpiration } = this.#fn;
    const context = this.context as never;
    if (family === this.#plan.expiration) {
      return onWindowExpiration === undefined ? undefined : this.#fn.onWindowExpiration!(context);
    }
    if (onTimer?.[family] !== undefined) return onTimer[family](context);
    throw this.step.error('undeclaredState', {
      title: `timer "${family}" fires, but the step has no callback for it`,
    });
  }

  /** Emits what a callback answered with; the registers are those of its timer until that is done. */
  #settle(answer: unknown): void | Promise<void> {
    if (isThenable(answer) || isAsyncIterable(answer)) {
      const { timestamp, windows, pane } = this.stage;
      this.detach({ timestamp, windows, pane });
      return this.#settleLater(answer, { timestamp, windows, pane });
    }
    this.#emitAnswer(answer);
  }

  async #settleLater(answer: unknown, at: Registers): Promise<void> {
    try {
      const settled = await answer;
      if (!isAsyncIterable(settled)) {
        this.#emitAt(at, settled);
        return;
      }
      for await (const output of settled) this.#emitAt(at, [output]);
    } catch (e) {
      throw this.step.wrap(e);
    }
  }

  #emitAt(at: Registers, answer: unknown): void {
    Object.assign(this.stage, at);
    this.stage.throwIfFailed();
    this.#emitAnswer(answer);
  }

  #emitAnswer(answer: unknown): void {
    if (Array.isArray(answer)) this.#emit(answer);
    else if (answer !== undefined) this.spread(answer, undefined);
  }
}

function isGenerator(x: unknown): x is Iterable<unknown> {
  return typeof x === 'object' && x !== null && Symbol.iterator in x && !Array.isArray(x);
}

function severalWindows(count: number): StrahlError {
  return new StrahlError('protocolBroken', {
    title: `a timer fires in ${String(count)} windows at once`,
  });
}
