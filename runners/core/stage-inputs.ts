import {
  TIMESTAMP_MAX,
  TIMESTAMP_MIN,
  type EventTime,
  type ProcessingTime,
} from '#portability/model/time.js';
import type { RunningStage } from './stages/running-stage.js';
import { firstOf } from './time/first-of.js';
import { UNBOUNDED, type Bound, type Holder } from './time/watermarks.js';

/** Where elements of a stage come from. */
export interface StageInput {
  /** No element below this time will come any more, and who says so. The time never moves back (WM-2). */
  bound(): Bound;
  /** When something is pending on the clock there or upstream of it. */
  readonly pendingOnClock: ProcessingTime | undefined;
}

/** A stage of the same task. */
export class LocalInput implements StageInput {
  /** Kept by the task, and only if a trigger asks. */
  pendingOnClock: ProcessingTime | undefined = undefined;
  readonly #stage: RunningStage;
  readonly #holder: Holder;

  constructor(stage: RunningStage) {
    this.#stage = stage;
    this.#holder = Object.freeze({ kind: 'upstream', stage: stage.planned.id });
  }

  bound(): Bound {
    return { time: this.#stage.watermarks.output, holder: this.#holder };
  }
}

/** All inputs of a stage. */
export class StageInputs {
  readonly #inputs: readonly StageInput[];
  /** The first of those that were the least when all were last looked at, and its time then. */
  #least: StageInput | undefined;
  #time: EventTime = TIMESTAMP_MIN;

  constructor(inputs: readonly StageInput[]) {
    this.#inputs = inputs;
    this.#least = inputs[0];
  }

  /**
   * WM-9: the least of all inputs; a stage without inputs has nothing to wait for. As none moves back, the others are
   * looked at only once the least has moved: there may be thousands, and this is asked after each of their bundles.
   */
  bound(): Bound {
    const least = this.#least?.bound();
    return least?.time === this.#time ? least : this.#find();
  }

  get pendingOnClock(): ProcessingTime | undefined {
    return firstOf(this.#inputs.map((input) => input.pendingOnClock));
  }

  #find(): Bound {
    let least = UNBOUNDED;
    this.#time = TIMESTAMP_MAX;
    this.#least = undefined;
    for (const input of this.#inputs) {
      const bound = input.bound();
      if (bound.time >= least.time) continue;
      least = bound;
      this.#least = input;
      this.#time = bound.time;
    }
    return least;
  }
}
