import type { RunningStage } from '../stage/running-stage.js';
import type { Step } from '../steps/step.js';

/** Takes an element; its time, windows and pane are in the registers of the stage. */
export type Emit = (x: unknown) => void;

/**
 * The running side of one transform on one instance of a stage. Compiled code calls operators for
 * what is not a plain call of a user's function.
 *
 *   O1. `emits[k]` leads to all consumers of output k; an output without a consumer takes and forgets.
 *   O2. Between `startBundle` and the end of `finishBundle` everything an operator emits belongs to
 *       that bundle. `finishBundle` is called in topological order: nothing comes in after it.
 *   O3. An instance whose bundle failed is never used again; only `close` is still called.
 */
export abstract class Operator {
  readonly stage: RunningStage;
  readonly step: Step;
  emits: readonly Emit[] = [];

  constructor(stage: RunningStage, step: Step) {
    this.stage = stage;
    this.step = step;
  }

  /** Whether a call of the user's function has not answered yet. */
  get isWaiting(): boolean {
    return false;
  }

  /** Called once, when all compiled functions exist. */
  connect(emits: readonly Emit[]): void {
    this.emits = emits;
  }

  /** For transforms whose elements are given to the operator itself. */
  process(x: unknown): void {
    this.emits[0]!(x);
  }

  startBundle(): void | Promise<void> {}

  finishBundle(): void | Promise<void> {}

  close(): void | Promise<void> {}
}
