import type { Window } from '#portability/model/windows.js';
import type { Logger } from '../../dofn/dofn.js';
import type { SideInputs } from '../side-inputs/side-inputs.js';
import type { Registers, RunningStage } from '../stage/running-stage.js';
import type { Step } from '../steps/step.js';
import { StepContext, type ContextOwner } from '../steps/step-context.js';
import { stepLog } from '../steps/step-log.js';
import { AsyncQueue, type QueueOwner, type Turn } from './async-queue.js';
import { Operator, type Emit } from './operator.js';

/** What a call of a user's function needs, beside the function. */
export interface CallSetting {
  readonly stage: RunningStage;
  readonly step: Step;
  readonly log: Logger;
  readonly sides: SideInputs | undefined;
  readonly concurrency: number;
  readonly ordered: boolean;
}

/** The two functions that compiled code gives back to an operator. */
export interface CallCode {
  /** Calls the user's function with all that it takes. */
  readonly call: (x: unknown) => unknown;
  /** Hands a result on. */
  readonly done: (result: unknown, x: unknown) => void;
}

/**
 * A transform that calls a user's function for each element. The synchronous path is compiled code;
 * here is what it falls back to: failures, asynchronous answers, several windows.
 */
export class CallOperator extends Operator implements QueueOwner, ContextOwner {
  /** While true, elements go to `hold` instead of being called. */
  busy = false;
  context: StepContext;
  readonly log: Logger;
  /** What compiled code calls: the function, or the instance of a `DoFn`. */
  readonly fn: unknown;
  readonly sides: SideInputs | undefined;
  readonly #queue: AsyncQueue;
  #code: CallCode | undefined;

  constructor(setting: CallSetting, fn: unknown) {
    super(setting.stage, setting.step);
    this.log = stepLog(setting.log, setting.step);
    this.fn = fn;
    this.sides = setting.sides;
    this.context = new StepContext(this);
    this.#queue = new AsyncQueue(this, Math.max(1, setting.concurrency), setting.ordered);
  }

  override get isWaiting(): boolean {
    return this.#queue.unanswered > 0;
  }

  install(code: CallCode): void {
    this.#code = code;
  }

  call(x: unknown): unknown {
    const { sides } = this;
    if (sides !== undefined && sides.now(this.stage.windows[0]!) === undefined) {
      return this.#fetchThenCall(sides, x);
    }
    return this.#code!.call(x);
  }

  done(result: unknown, x: unknown): void {
    this.#code!.done(result, x);
  }

  /** Keeps the element until it may be called. */
  hold(x: unknown): void {
    this.#queue.hold(x);
  }

  /** The call for `x` answered with a promise. */
  later(answer: PromiseLike<unknown>, x: unknown): void {
    this.#queue.running(x, answer);
  }

  /** Whether the outputs of the element in hand had better be given later. */
  protected get mayPause(): boolean {
    return this.stage.blocked > 0 && this.#queue.mayPause;
  }

  protected gatherLater(answer: unknown, x: unknown): void {
    this.#queue.gathering(x, answer);
  }

  gather(_result: unknown, _turn: Turn): PromiseLike<unknown> | undefined {
    return undefined;
  }

  fail(error: unknown, x: unknown): never {
    throw this.step.wrap(error, { value: x });
  }

  rejected(error: unknown, x: unknown): void {
    this.fail(error, x);
  }

  detach(registers: Readonly<Registers>): void {
    this.context.detach(registers);
    this.context = new StepContext(this);
  }

  sidesFor(window: Window): Readonly<Record<string, unknown>> {
    const values = this.sides?.now(window);
    if (values !== undefined) return values;
    throw this.step.error('unsupportedFeature', {
      title: 'a side input is read before it was loaded',
      fix: 'read side inputs only where they are declared with .with(…)',
    });
  }

  /** The side inputs' values for the current element, which are loaded. */
  sidesNow(): Readonly<Record<string, unknown>> {
    return this.sidesFor(this.stage.windows[0]!);
  }

  /**
   * The side inputs' values for the current element, or `undefined` when they have to be fetched: then
   * the element has been given to the queue.
   */
  sidesOf(x: unknown): Readonly<Record<string, unknown>> | undefined {
    const sides = this.sides!;
    const values = sides.now(this.stage.windows[0]!);
    if (values === undefined) this.later(this.#fetchThenCall(sides, x), x);
    return values;
  }

  async #fetchThenCall(sides: SideInputs, x: unknown): Promise<unknown> {
    const { stage } = this;
    const { timestamp, windows, pane } = stage;
    const at = { timestamp, windows, pane };
    await sides.fetch(windows[0]!);
    const before = { timestamp: stage.timestamp, windows: stage.windows, pane: stage.pane };
    const { context } = this;
    Object.assign(stage, at);
    try {
      return this.#code!.call(x);
    } finally {
      Object.assign(stage, before);
      // The call may still go on: its context is not for the next element.
      if (this.context === context) this.detach(at);
    }
  }

  /** WIN-9: gives the element to `node` once per window. */
  explode(x: unknown, node: Emit): void {
    const { stage } = this;
    const { windows } = stage;
    for (const window of windows) {
      stage.windows = this.#single(window);
      node(x);
    }
    stage.windows = windows;
  }

  #last: readonly [Window] | undefined;

  /** The array of just this window; the last one is kept, so that equal windows share it. */
  #single(window: Window): readonly Window[] {
    if (this.#last?.[0] !== window) this.#last = [window];
    return this.#last;
  }

  override startBundle(): void | Promise<void> {
    this.sides?.forget();
  }

  override finishBundle(): void | Promise<void> {
    if (this.#queue.size > 0) return this.#idle();
  }

  async #idle(): Promise<void> {
    while (this.#queue.size > 0) {
      this.stage.throwIfFailed();
      await this.stage.wait();
    }
    this.stage.throwIfFailed();
  }
}
