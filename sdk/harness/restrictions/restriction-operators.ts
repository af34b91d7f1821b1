import type { RestrictionSpec } from '../plan/restriction-spec.js';
import type { RunningStage, Registers, Unfinished } from '../stage/running-stage.js';
import type { Step } from '../steps/step.js';
import { isThenable } from '../answers.js';
import { Operator } from '../operators/operator.js';
import type { SizedRestriction } from './restriction-run.js';

/** Hands a promised answer on, with the registers of the element that it answers. */
class Awaiting implements Unfinished {
  readonly #stage: RunningStage;
  readonly #at: Registers;
  readonly #answer: PromiseLike<unknown>;
  readonly #done: (answer: unknown) => void;
  #finished = false;

  constructor(stage: RunningStage, answer: PromiseLike<unknown>, done: (answer: unknown) => void) {
    const { timestamp, windows, pane } = stage;
    this.#stage = stage;
    this.#at = { timestamp, windows, pane };
    this.#answer = answer;
    this.#done = done;
  }

  advance(): boolean | Promise<void> {
    return this.#finished ? true : this.#wait();
  }

  async #wait(): Promise<void> {
    const answer = await this.#answer;
    Object.assign(this.#stage, this.#at);
    this.#finished = true;
    this.#done(answer);
  }
}

/** Asks a splittable function and hands its answer on, now or when it comes. */
abstract class AskingOperator extends Operator {
  protected readonly spec: RestrictionSpec;

  constructor(stage: RunningStage, step: Step, spec: RestrictionSpec) {
    super(stage, step);
    this.spec = spec;
  }

  protected ask<T>(
    x: unknown,
    question: () => T | PromiseLike<T>,
    done: (answer: T) => void,
  ): void {
    let answer: T | PromiseLike<T>;
    try {
      answer = question();
    } catch (e) {
      throw this.step.wrap(e, { value: x });
    }
    if (!isThenable(answer)) {
      done(answer);
      return;
    }
    const promised = answer.then(undefined, (e: unknown) => {
      throw this.step.wrap(e, { value: x });
    });
    // Who waits for it comes after a turn of the event loop, and Node ends a process at a rejection without a listener.
    void promised.then(undefined, () => undefined);
    this.stage.defer(new Awaiting(this.stage, promised, done as (answer: unknown) => void));
  }

  /** What only user code or a broken answer of it throws. */
  protected guarded<T>(x: unknown, f: () => T): T {
    try {
      return f();
    } catch (e) {
      throw this.step.wrap(e, { value: x });
    }
  }
}

/** E → KV<E, R>: looks up what there is to do, once per element and window (SDF-8). */
export class PairOperator extends AskingOperator {
  override process(x: unknown): void {
    const { stage } = this;
    const { windows } = stage;
    if (windows.length === 1) {
      this.#pair(x);
      return;
    }
    for (const window of windows) {
      stage.windows = [window];
      this.#pair(x);
    }
    stage.windows = windows;
  }

  #pair(x: unknown): void {
    this.ask(
      x,
      () => this.spec.initial(x, { now: () => this.stage.bundle.clock.now() }),
      (restriction) => {
        this.emits[0]!([x, this.guarded(x, () => this.spec.begin(restriction))]);
      },
    );
  }
}

/** KV<E, R> → KV<KV<E, R>, double>: parts that together cover the restriction, each with its size. */
export class SplitRestrictionOperator extends AskingOperator {
  override process(x: unknown): void {
    const [element, wire] = x as readonly [unknown, unknown];
    const { spec } = this;
    const whole = spec.restrictionOf(wire);
    this.ask(
      element,
      () => spec.split?.(whole, element) ?? [whole],
      (parts) => {
        for (const sized of this.guarded(element, () => this.#sized(element, whole, parts))) {
          this.emits[0]!(sized);
        }
      },
    );
  }

  /** All of them are looked at before the first one leaves. */
  #sized(element: unknown, whole: unknown, given: Iterable<unknown>): readonly SizedRestriction[] {
    const { spec } = this;
    const parts = [...given];
    if (spec.split !== undefined) spec.checkParts?.(whole, parts);
    return parts.map((part) => [[element, spec.begin(part)], spec.size(part, element)]);
  }
}

/** KV<KV<E, R>, double> → the same: what is still to be done of it when the job is drained (DRN-1). */
export class TruncateOperator extends AskingOperator {
  override process(x: unknown): void {
    const [[element, wire]] = x as SizedRestriction;
    const { spec } = this;
    this.ask(
      element,
      () => spec.truncate(spec.restrictionOf(wire), element),
      (rest) => {
        if (rest === undefined) return;
        const size = this.guarded(element, () => spec.size(rest, element));
        this.emits[0]!([[element, spec.replaced(wire, rest)], size]);
      },
    );
  }
}
