import type { TimerFrame } from '#portability/fnapi/connection.js';
import type { Window } from '#portability/model/windows.js';
import type { Frame } from '#portability/wire/frames.js';
import { ByteReader } from '#portability/wire/reader.js';
import type { KV } from '../../dofn/dofn.js';
import { isStamped } from '../../dofn/stamped.js';
import type { ErasedStatefulFn } from '../../dofn/stateful.js';
import { isAsyncIterable, isThenable } from '../answers.js';
import type { CallSetting } from '../operators/call-operator.js';
import { SpreadOperator } from '../operators/spread-operator.js';
import type { StageInput } from '../operators/stage-input.js';
import { inTurn } from '../stage/in-turn.js';
import { BundleTimers } from './bundle-timers.js';
import { FiredTimers } from './fired-timers.js';
import { HeldElement } from './held-element.js';
import { stateOfKey, type KeptState, type StateOfKey } from './kept-state.js';
import { KeyCall } from './key-call.js';
import { KeyLocks } from './key-locks.js';
import type { LocatedKey } from './key-scope.js';
import type { StatefulPlan } from './stateful-plan.js';
import { TimerCalls } from './timer-calls.js';

/**
 * So many calls have ended before one serves another key: what a function does with its state too late is refused
 * meanwhile. A call for each element would cost several times the element.
 */
const RESTING = 64;

/**
 * Runs a function with state and timers: the root of its stage.
 *
 *   S1. Calls for a key in a window are made one after the other, in the order of its elements (STA-4). Those
 *       for others overlap while they are asynchronous.
 *   S2. First all elements of the bundle, then its timers (TMR-4).
 *   S3. While calls are synchronous and the runner is in this process, nothing is allocated per element.
 */
export class StatefulOperator extends SpreadOperator implements LocatedKey {
  /** Where the elements come from; set when the stage is connected. */
  source: StageInput | undefined;
  readonly #plan: StatefulPlan;
  readonly #fn: ErasedStatefulFn;
  readonly #timers: BundleTimers;
  readonly #firing: TimerCalls;
  readonly #calls: KeyCall[] = [];
  /** Have ended; the longest ago first. */
  readonly #idle: KeyCall[] = [];
  /** For whatever is called next. */
  #call: KeyCall;
  readonly #locks = new KeyLocks((window) => this.#call.scope.textOf(window));
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
    super(setting, plan.fn.fn);
    this.#plan = plan;
    this.#fn = plan.fn.fn;
    const endings = plan.setsEndings ? plan.expiration : undefined;
    const fired = new FiredTimers(plan.keyCoder, plan.windowCoder, endings);
    this.#timers = new BundleTimers(this.step.transform, plan.domains, fired);
    this.#call = this.#newCall();
    this.#firing = new TimerCalls(plan, this.#timers, {
      stage: this.stage,
      step: this.step,
      prepare: (call, window) => this.#prepare(call, window),
      emit: (answer) => {
        if (Array.isArray(answer)) this.#emit(answer);
        else if (answer !== undefined) this.spread(answer, undefined);
      },
    });
  }

  /** For somebody who looks on, with an instance of the step that runs nothing. */
  stateOf(key: unknown, kept: KeptState): Promise<readonly StateOfKey[]> {
    const { scope, stateHandles: handles } = this.#call;
    return stateOfKey(this.#plan, { scope, handles }, key, kept);
  }

  #newCall(): KeyCall {
    const call = new KeyCall(this, this.#timers, this.#plan);
    this.#calls.push(call);
    return call;
  }

  /** A generator reads and writes the state of the key that is in scope, so it is run to its end. */
  protected override get mayPause(): boolean {
    return false;
  }

  /** A call that goes on keeps what it has been given, see `#handOver`. */
  override detach(): void {}

  override startBundle(): void | Promise<void> {
    const { bundle } = this.stage;
    for (const call of this.#calls) call.open(bundle);
    this.#timers.open(bundle);
    this.#locks.clear();
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
    this.#places = this.#call.scope.direct?.places(frame);
  }

  #element(value: unknown): void {
    if (this.busy) {
      this.hold(this.#held(value));
      return;
    }
    if (this.#mayWait()) {
      const held = this.#held(value);
      const answer = this.call(held);
      if (isThenable(answer)) this.later(answer, held);
      else if (isAsyncIterable(answer)) this.gatherLater(answer, held);
      else this.done(answer, held);
      return;
    }
    const call = this.#call;
    call.beginElement(this);
    let answer: unknown;
    try {
      answer = this.#fn.element(value, call.context);
    } catch (e) {
      throw this.step.wrap(e, { value: [call.scope.key, value] });
    }
    if (answer === undefined) return;
    if (Array.isArray(answer)) this.#emit(answer);
    else this.#answered(answer, this.#held(value));
  }

  /** Whether a call may have to wait: for another of its key, for a runner elsewhere, for side inputs. */
  #mayWait(): boolean {
    const { sides } = this;
    if (this.#locks.size > 0 || this.#call.scope.direct === undefined) return true;
    return sides !== undefined && sides.now(this.stage.windows[0]!) === undefined;
  }

  #answered(answer: unknown, held: HeldElement): void {
    if (isThenable(answer)) {
      this.later(this.#follow(answer, held, this.#handOver(held)), held);
    } else if (isAsyncIterable(answer)) {
      held.call = this.#handOver(held);
      this.gatherLater(answer, held);
    } else {
      this.spread(answer, held);
    }
  }

  #held(value: unknown): HeldElement {
    return new HeldElement(value, this.stage.windows[0]!, this);
  }

  /** The turn of an element has come. */
  override call(x: unknown): unknown {
    const held = x as HeldElement;
    if (this.#locks.isTaken(held)) return this.#callLater(held, this.#locks.take(held)!);
    const call = this.#call;
    call.beginElement(held);
    const loading = this.#prepare(call, held.window);
    if (loading !== undefined) {
      const answer = loading.then(() => this.#fn.element(held.value, call.context));
      return this.#follow(answer, held, this.#handOver(held));
    }
    const answer = this.#fn.element(held.value, call.context);
    if (isThenable(answer)) return this.#follow(answer, held, this.#handOver(held));
    if (isAsyncIterable(answer)) held.call = this.#handOver(held);
    return answer;
  }

  /** S1: a call for the key has not ended. */
  async #callLater(held: HeldElement, free: Promise<void>): Promise<unknown> {
    const { stage } = this;
    const { timestamp, windows, pane } = stage;
    await free;
    stage.throwIfFailed();
    const before = { timestamp: stage.timestamp, windows: stage.windows, pane: stage.pane };
    Object.assign(stage, { timestamp, windows, pane });
    const call = this.#take();
    call.beginElement(held);
    call.goOn();
    Object.assign(stage, before);
    const loading = this.#prepare(call, held.window);
    if (loading !== undefined) await loading;
    return this.#follow(this.#fn.element(held.value, call.context), held, call);
  }

  /** The call that was just begun goes on, and the next one gets another; its key is taken until it ends. */
  #handOver(held: HeldElement): KeyCall {
    void this.#locks.take(held);
    const call = this.#take();
    call.goOn();
    return call;
  }

  #take(): KeyCall {
    const call = this.#call;
    if (this.#idle.length > RESTING) this.#call = this.#idle.shift()!;
    else (this.#call = this.#newCall()).open(this.stage.bundle);
    return call;
  }

  /** What a call answers with in the end. What a generator does belongs to its call, so it ends before that. */
  async #follow(answer: unknown, held: HeldElement, call: KeyCall): Promise<unknown> {
    let result = await answer;
    if (isGenerator(result)) result = [...result];
    if (isAsyncIterable(result)) held.call = call;
    else this.#end(held, call);
    return result;
  }

  #end(held: HeldElement, call: KeyCall): void {
    call.end();
    this.#idle.push(call);
    this.#locks.give(held);
  }

  /** What must be there before a function is called for the key in scope. */
  #prepare({ scope }: KeyCall, window: Window): Promise<void> | undefined {
    const loading = scope.load();
    const sides = this.sides;
    if (sides === undefined || sides.now(window) !== undefined) return loading ?? undefined;
    return Promise.all([loading, sides.fetch(window)]).then(() => undefined);
  }

  override done(result: unknown, x: unknown): void {
    if (Array.isArray(result)) this.#emit(result);
    else if (result !== undefined) this.spread(result, x);
    if (x instanceof HeldElement && x.call !== undefined) this.#end(x, x.call);
  }

  #emit(outputs: readonly unknown[]): void {
    for (let i = 0; i < outputs.length; i++) {
      const output = outputs[i];
      if (isStamped(output)) this.stamped(output);
      else this.emits[0]!(output);
    }
  }

  override fail(error: unknown, x: unknown): never {
    if (!(x instanceof HeldElement)) throw this.step.wrap(error, { value: x });
    const key = this.#plan.keyCoder.decode(new ByteReader(x.bytes, x.start, x.end));
    throw this.step.wrap(error, { value: [key, x.value] });
  }

  override finishBundle(): void | Promise<void> {
    return inTurn([
      () => super.finishBundle(),
      () => this.#firing.run(this.#call),
      () => {
        this.#call.endFiring();
        this.#call.scope.leave();
        return this.#settled();
      },
    ]);
  }

  #settled(): void | Promise<void> {
    return inTurn(
      this.#calls.map(
        ({ scope }) =>
          () =>
            scope.settled(),
      ),
    );
  }

  /** What the bundle set and cleared. */
  takeTimers(): readonly TimerFrame[] {
    return this.#timers.take();
  }
}

function isGenerator(x: unknown): x is Iterable<unknown> {
  return typeof x === 'object' && x !== null && Symbol.iterator in x && !Array.isArray(x);
}
