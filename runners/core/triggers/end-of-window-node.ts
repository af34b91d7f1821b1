import { isEndPassed, type TriggerMoment } from './trigger-moment.js';
import { TriggerNode, type CellLayout, type Cells, type MergedStates } from './trigger-node.js';

/** Once, when the watermark passes the end of the window. */
export class EndOfWindowNode extends TriggerNode {
  override onElements(): void {
    // Every window is looked at when its end is passed.
  }

  override shouldFire(_cells: Cells, _at: number, moment: TriggerMoment): boolean {
    return isEndPassed(moment);
  }

  override onFire(cells: Cells, at: number): void {
    this.setFinished(cells, at, true);
  }

  /** A window that is open again has its end before it again. */
  override merge(sources: MergedStates, cells: Cells, at: number, moment: TriggerMoment): void {
    this.setFinished(cells, at, this.finishedInAll(sources) && isEndPassed(moment));
  }
}

/**
 * Early panes, one when the watermark passes the end, then late panes. Early and late subtriggers repeat
 * by themselves; without a late one the trigger is finished at the end of the window.
 *
 *   E1. `#passed` says that the pane at the end of the window was fired; only then late panes come.
 */
export class EarlyAndLateNode extends TriggerNode {
  readonly #early: TriggerNode;
  readonly #late: TriggerNode | undefined;
  readonly #merges: boolean;
  readonly #passed: TriggerNode;

  constructor(
    layout: CellLayout,
    early: TriggerNode,
    late: TriggerNode | undefined,
    merges: boolean,
  ) {
    const passed = new EndOfWindowNode(layout);
    super(layout, late === undefined ? [early, passed] : [early, late, passed]);
    this.#early = early;
    this.#late = late;
    this.#merges = merges;
    this.#passed = passed;
  }

  /** Where windows merge, both run: a merge may make either of them the active one. */
  override onElements(cells: Cells, at: number, moment: TriggerMoment): void {
    const passed = this.#passed.isFinished(cells, at);
    if (!passed || this.#merges) this.#early.onElements(cells, at, moment);
    if (passed || this.#merges) this.#late?.onElements(cells, at, moment);
  }

  override shouldFire(cells: Cells, at: number, moment: TriggerMoment): boolean {
    if (this.#passed.isFinished(cells, at))
      return this.#late?.shouldFire(cells, at, moment) ?? false;
    return isEndPassed(moment) || this.#early.shouldFire(cells, at, moment);
  }

  override onFire(cells: Cells, at: number, moment: TriggerMoment): void {
    if (this.#passed.isFinished(cells, at)) {
      this.#again(this.#late!, cells, at, moment);
    } else if (isEndPassed(moment)) {
      this.#passed.setFinished(cells, at, true);
      this.#early.reset(cells, at);
      // It ran beside the early one where windows merge.
      if (this.#late === undefined) this.setFinished(cells, at, true);
      else this.#late.reset(cells, at);
    } else {
      this.#again(this.#early, cells, at, moment);
    }
  }

  #again(sub: TriggerNode, cells: Cells, at: number, moment: TriggerMoment): void {
    sub.onFire(cells, at, moment);
    sub.reset(cells, at);
  }

  /** Back to early panes unless all were beyond the end and the new end is passed, too. */
  override merge(sources: MergedStates, cells: Cells, at: number, moment: TriggerMoment): void {
    if (this.#passed.finishedInAll(sources) && isEndPassed(moment)) {
      this.#passed.setFinished(cells, at, true);
      if (this.#late === undefined) this.setFinished(cells, at, true);
      else this.#late.merge(sources, cells, at, moment);
    } else {
      this.#early.merge(sources, cells, at, moment);
    }
  }
}
