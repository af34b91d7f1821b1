import type { Window } from '#portability/model/windows.js';
import type { RunningStage } from '../stage/running-stage.js';
import type { Step } from '../steps/step.js';
import type { KnownWindows, WindowAssigner } from '../windows/assign-windows.js';
import { Operator, type Emit } from './operator.js';

/** Puts elements into new windows, once per old window (WIN-10). */
export class WindowOperator extends Operator implements KnownWindows {
  from: number = NaN;
  until: number = NaN;
  windows: readonly Window[] = [];
  readonly #assigner: WindowAssigner;

  constructor(stage: RunningStage, step: Step, assigner: (known: KnownWindows) => WindowAssigner) {
    super(stage, step);
    this.#assigner = assigner(this);
  }

  /** The new windows of the current element; it vanishes if there are none. Custom windows ask for its value. */
  assign(x?: unknown): readonly Window[] {
    try {
      return this.#assigner(this.stage.timestamp, x);
    } catch (e) {
      throw this.step.wrap(e, { value: x });
    }
  }

  explode(x: unknown, node: Emit): void {
    const { stage } = this;
    const { windows } = stage;
    for (const window of windows) {
      stage.windows = [window];
      node(x);
    }
    stage.windows = windows;
  }
}
