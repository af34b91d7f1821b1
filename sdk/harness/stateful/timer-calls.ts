import { StrahlError } from '#portability/errors.js';
import { formatTime } from '#portability/model/time.js';
import type { Window } from '#portability/model/windows.js';
import { isAsyncIterable, isThenable } from '../answers.js';
import type { Registers, RunningStage } from '../stage/running-stage.js';
import { preview } from '../steps/preview.js';
import type { Step } from '../steps/step.js';
import type { BundleTimers } from './bundle-timers.js';
import type { DueTimer } from './due-timers.js';
import { FiredTimers } from './fired-timers.js';
import type { KeyCall } from './key-call.js';
import type { StatefulPlan } from './stateful-plan.js';

/** To look at the clock costs as much as a short callback. */
const AT_ONCE = 16;

/** What the callbacks of timers need of their step. */
export interface TimerCallsOwner {
  readonly stage: RunningStage;
  readonly step: Step;
  /** Resolves when what a call reads is there; `undefined` if it is. */
  readonly prepare: (call: KeyCall, window: Window) => Promise<void> | undefined;
  /** Gives on what a callback answered with. */
  readonly emit: (answer: unknown) => void;
}

/** What is told of a timer whose callback fails. */
type Fired = Pick<DueTimer, 'family' | 'fire'>;

/** Calls the callbacks of the timers of a bundle, one after the other (TMR-4). */
export class TimerCalls {
  readonly #plan: StatefulPlan;
  readonly #timers: BundleTimers;
  readonly #owner: TimerCallsOwner;
  /** Callbacks until the clock is looked at. */
  #left = AT_ONCE;
  /** The family that fired last, known to have a callback: most fire one after the other. */
  #family: string | undefined = undefined;
  #isEvent = false;

  constructor(plan: StatefulPlan, timers: BundleTimers, owner: TimerCallsOwner) {
    this.#plan = plan;
    this.#timers = timers;
    this.#owner = owner;
  }

  /** Fires all that is due, also what callbacks set meanwhile. */
  run(call: KeyCall): void | Promise<void> {
    for (let timer = this.#timers.next(); timer !== undefined; timer = this.#timers.next()) {
      const answer = this.#fire(call, timer);
      const pause = isThenable(answer) ? answer : this.#pause();
      if (pause !== undefined) return pause.then(() => this.run(call));
    }
  }

  #pause(): Promise<void> | undefined {
    const { stage } = this.#owner;
    stage.throwIfFailed();
    if (stage.blocked > 0) return stage.wait();
    if (--this.#left > 0) return undefined;
    this.#left = AT_ONCE;
    stage.bundle.throwIfAborted();
    return stage.bundle.sliceIsOver() ? stage.bundle.breathe() : undefined;
  }

  #fire(call: KeyCall, timer: DueTimer | FiredTimers): void | Promise<void> {
    const { stage } = this.#owner;
    if (timer.family !== this.#family) this.#enterFamily(timer.family);
    const isEvent = this.#isEvent;
    const isGiven = timer instanceof FiredTimers;
    const windows = isGiven ? timer.windows : [timer.window];
    const window = windows[0];
    if (window === undefined || windows.length > 1) throw severalWindows(windows.length);
    stage.windows = windows;
    stage.pane = timer.pane;
    // TMR-9; without an output timestamp there is only the fire time, or the end of the window.
    stage.timestamp = timer.hold ?? (isEvent ? timer.fire : window.maxTimestamp);
    call.tag = timer.tag;
    call.firedAt = timer.fire;
    call.firedFrom = isEvent ? timer.fire : undefined;
    call.isExpiring = timer.family === this.#plan.expiration;
    call.begin(isGiven ? timer : timer.located);
    return this.#answer(call, timer, window);
  }

  /** @throws STRAHL-1303 for a family without a callback */
  #enterFamily(family: string): void {
    const { onTimer } = this.#plan.fn.fn;
    const isKnown = onTimer !== undefined && Object.hasOwn(onTimer, family);
    if (!isKnown && family !== this.#plan.expiration) {
      throw this.#owner.step.error('undeclaredState', {
        title: `timer "${family}" fires, but the step has no callback for it`,
      });
    }
    this.#family = family;
    this.#isEvent = this.#plan.domains.get(family) === 'event-time';
  }

  #answer(call: KeyCall, timer: DueTimer | FiredTimers, window: Window): void | Promise<void> {
    const { family } = timer;
    const loading = this.#owner.prepare(call, window);
    if (loading !== undefined) {
      return this.#settleLater(
        call,
        loading.then(() => this.#callBack(call, family)),
        timer,
      );
    }
    let answer: unknown;
    try {
      answer = this.#callBack(call, family);
    } catch (e) {
      throw this.#wrapped(e, call, timer);
    }
    if (answer === undefined) return;
    if (isThenable(answer) || isAsyncIterable(answer)) {
      return this.#settleLater(call, answer, timer);
    }
    this.#owner.emit(answer);
  }

  /** Calls them as methods: the user's object is their `this`. */
  #callBack({ context }: KeyCall, family: string): unknown {
    const { fn } = this.#plan.fn;
    if (family === this.#plan.expiration) return fn.onWindowExpiration?.(context);
    return fn.onTimer![family]!(context);
  }

  /** The registers are those of the timer until all of its answer is given on. */
  async #settleLater(call: KeyCall, answer: unknown, timer: DueTimer | FiredTimers): Promise<void> {
    const { family, fire } = timer;
    const { timestamp, windows, pane } = this.#owner.stage;
    const at = { timestamp, windows, pane };
    call.goOn();
    try {
      const settled = await answer;
      if (!isAsyncIterable(settled)) {
        this.#emitAt(at, settled);
        return;
      }
      for await (const output of settled) this.#emitAt(at, [output]);
    } catch (e) {
      throw this.#wrapped(e, call, { family, fire });
    } finally {
      // What follows is another timer's.
      call.renew();
    }
  }

  /** BND-2: a timer has no element, but it has a key and a time. */
  #wrapped(e: unknown, call: KeyCall, { family, fire }: Fired): StrahlError {
    const what = family === this.#plan.expiration ? 'end of window' : `timer "${family}"`;
    const position = `${what} of key ${preview(call.scope.key)}, ${formatTime(fire)}`;
    return this.#owner.step.wrap(e, { position });
  }

  #emitAt(at: Registers, answer: unknown): void {
    const { stage, emit } = this.#owner;
    Object.assign(stage, at);
    stage.throwIfFailed();
    emit(answer);
  }
}

function severalWindows(count: number): StrahlError {
  return new StrahlError('protocolBroken', {
    title: `a timer fires in ${String(count)} windows at once`,
  });
}
