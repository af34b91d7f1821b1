import type { ElementCoder } from '#portability/coders/coder.js';
import type { Residual } from '#portability/fnapi/connection.js';
import { duration, type Duration, type EventTime } from '#portability/model/time.js';
import type { Window } from '#portability/model/windows.js';
import type { Frame } from '#portability/wire/frames.js';
import { frameOfOne } from '../stage/frame-of-one.js';
import type { RunningStage, Registers } from '../stage/running-stage.js';
import type { Step } from '../steps/step.js';
import { Operator } from '../operators/operator.js';

/** How restrictions come in and go back: the element coder and the names of the input. */
export interface RestrictionInput {
  readonly name: string;
  readonly coder: ElementCoder<unknown>;
  readonly windowCoder: ElementCoder<Window>;
}

/** What a running restriction keeps, and what it gave away, each as an element of the input. */
export interface RestrictionSplit {
  /** Together what the bundle has done of the element and will do, in order. */
  readonly primaries: readonly Frame[];
  readonly residual: Residual;
}

/** An element with a restriction, as it travels, and the work in it. */
export type SizedRestriction = readonly [readonly [element: unknown, restriction: unknown], number];

/** Where the rest of a restriction starts from. */
export interface RestState {
  readonly watermark: EventTime;
  readonly resumeAfter?: Duration;
  /** It has been silent for so long that it no longer holds the watermark (WM-10). */
  readonly idle?: boolean;
}

/**
 * The part that all processing of restrictions shares: which one is processed, and how the rest of it
 * goes back.
 *
 *   P1. One restriction at a time: the root gives the next one when this one is finished.
 *   P2. What goes back is the element as it came in, with its time and windows, and a smaller restriction.
 *   P3. A restriction that came while the bundle was over its limits goes back untouched.
 */
export abstract class RestrictionRun extends Operator {
  readonly #input: RestrictionInput;
  /** As it came in. */
  protected sized: SizedRestriction = [[undefined, undefined], 0];
  protected at: Registers;

  constructor(stage: RunningStage, step: Step, input: RestrictionInput) {
    super(stage, step);
    this.#input = input;
    this.at = { timestamp: stage.timestamp, windows: stage.windows, pane: stage.pane };
  }

  override process(x: unknown): void {
    const { timestamp, windows, pane } = this.stage;
    this.sized = x as SizedRestriction;
    this.at = { timestamp, windows, pane };
    if (this.stage.bundle.limitReached) this.giveBack(this.sized, this.untouched());
    else this.begin();
  }

  protected abstract begin(): void;

  /** Where a restriction stands that nobody has gone on with. */
  protected abstract untouched(): RestState;

  /** Whether a restriction is under way. */
  abstract readonly isActive: boolean;

  /** 0…1 of the restriction that is processed. */
  abstract fraction(): number | undefined;

  /** Gives away what lies behind this part of what is left; `undefined`: nothing, or no longer (SDF-3). */
  abstract split(fractionOfRemainder: number): RestrictionSplit | undefined;

  /** The rest goes back to the input of the stage. */
  protected giveBack(rest: SizedRestriction, state: RestState): void {
    this.stage.bundle.residuals.push(this.residual(rest, state));
  }

  protected residual(rest: SizedRestriction, state: RestState): Residual {
    return {
      transform: this.step.transform,
      input: this.#input.name,
      element: this.frame(rest),
      resumeAfter: state.resumeAfter ?? duration(0),
      watermark: state.watermark,
      ...(state.idle === true ? { idle: true } : {}),
    };
  }

  protected frame(sized: SizedRestriction): Frame {
    return frameOfOne(sized, this.at, this.#input.coder, this.#input.windowCoder);
  }
}
