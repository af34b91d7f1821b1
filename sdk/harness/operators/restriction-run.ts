import type { ElementCoder } from '#portability/coders/coder.js';
import { duration, type Duration, type EventTime } from '#portability/model/time.js';
import type { Window } from '#portability/model/windows.js';
import { frameOfOne } from '../frame-of-one.js';
import type { RunningStage, Registers } from '../running-stage.js';
import { Operator } from './operator.js';
import type { Step } from '../step.js';
import { sizeOf, type RestrictionSpec } from './restriction-operators.js';

/** How restrictions come in and go back: the element coder and the names of the input. */
export interface RestrictionInput {
  readonly name: string;
  readonly coder: ElementCoder<unknown>;
  readonly windowCoder: ElementCoder<Window>;
}

export interface RestrictionRange {
  readonly from: number;
  readonly to: number;
}

type SizedRestriction = readonly [readonly [unknown, RestrictionRange], number];

/**
 * The part that all processing of restrictions shares: which one is processed, and how the rest of it
 * goes back.
 *
 *   P1. One restriction at a time: the root gives the next one when this one is finished.
 *   P2. The element of a residual is stamped with the watermark that was reached, so that whoever goes
 *       on starts from there. Outputs of a source have times of their own.
 */
export abstract class RestrictionRun extends Operator {
  protected readonly spec: RestrictionSpec;
  readonly #input: RestrictionInput;
  #element: unknown;
  protected restriction: RestrictionRange = { from: 0, to: 0 };
  protected at: Registers;

  constructor(stage: RunningStage, step: Step, spec: RestrictionSpec, input: RestrictionInput) {
    super(stage, step);
    this.spec = spec;
    this.#input = input;
    this.at = { timestamp: stage.timestamp, windows: stage.windows, pane: stage.pane };
  }

  override process(x: unknown): void {
    const [[element, restriction]] = x as SizedRestriction;
    const { timestamp, windows, pane } = this.stage;
    this.#element = element;
    this.restriction = restriction;
    this.at = { timestamp, windows, pane };
    if (this.stage.bundle.limitReached) this.giveBack(restriction.from, timestamp);
    else this.begin();
  }

  protected abstract begin(): void;

  /** 0…1 of the restriction that is processed. */
  abstract fraction(): number | undefined;

  /** The rest, from position `from` on, goes back to the input of the stage (S3). */
  protected giveBack(
    from: number,
    watermark: EventTime,
    resumeAfter: Duration = duration(0),
  ): void {
    const rest = { ...this.restriction, from };
    const sized = [[this.#element, rest], sizeOf(this.spec, rest)];
    const { coder, windowCoder, name } = this.#input;
    const at = { ...this.at, timestamp: watermark };
    this.stage.bundle.residuals.push({
      transform: this.step.transform,
      input: name,
      element: frameOfOne(sized, at, coder, windowCoder),
      resumeAfter,
      watermark,
    });
  }
}
