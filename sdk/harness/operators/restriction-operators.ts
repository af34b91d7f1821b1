import type { SourceSpec } from '../../dofn/source.js';
import type { RunningStage, Registers, Unfinished } from '../running-stage.js';
import type { Step } from '../step.js';
import { isThenable } from './async-queue.js';
import { Operator } from './operator.js';

/** What a source answers before anything is read. */
export type RestrictionSpec = Pick<SourceSpec<unknown, unknown>, 'initial' | 'split' | 'size'>;

/** Work in a restriction, in its source's unit. */
export function sizeOf(spec: RestrictionSpec, restriction: unknown): number {
  if (spec.size !== undefined) return spec.size(restriction);
  const { from, to } = restriction as { readonly from: number; readonly to: number };
  return to - from;
}

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

/** Asks a source's function and hands its answer on, now or when it comes. */
abstract class AskingOperator extends Operator {
  protected readonly spec: RestrictionSpec;

  constructor(stage: RunningStage, step: Step, spec: RestrictionSpec) {
    super(stage, step);
    this.spec = spec;
  }

  protected ask<T>(question: () => T | PromiseLike<T>, done: (answer: T) => void): void {
    let answer: T | PromiseLike<T>;
    try {
      answer = question();
    } catch (e) {
      throw this.step.wrap(e);
    }
    if (!isThenable(answer)) {
      done(answer);
      return;
    }
    const promised = answer.then(undefined, (e: unknown) => {
      throw this.step.wrap(e);
    });
    this.stage.defer(new Awaiting(this.stage, promised, done as (answer: unknown) => void));
  }
}

/** E → KV<E, R>: looks up what there is to read. */
export class PairOperator extends AskingOperator {
  override process(x: unknown): void {
    this.ask(
      () => this.spec.initial(),
      (restriction) => {
        this.emits[0]!([x, restriction]);
      },
    );
  }
}

/** KV<E, R> → KV<KV<E, R>, double>: parts that together cover the restriction, each with its size. */
export class SplitRestrictionOperator extends AskingOperator {
  override process(x: unknown): void {
    const [element, restriction] = x as readonly [unknown, unknown];
    this.ask(
      () => this.spec.split?.(restriction) ?? [restriction],
      (parts) => {
        for (const part of parts) this.emits[0]!([[element, part], sizeOf(this.spec, part)]);
      },
    );
  }
}
