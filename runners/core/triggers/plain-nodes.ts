import { isEndPassed, type TriggerMoment } from './trigger-moment.js';
import { TriggerNode, type CellLayout, type Cells, type MergedStates } from './trigger-node.js';

/** A trigger that remembers nothing and stays open for ever. */
abstract class StatelessNode extends TriggerNode {
  override onElements(): void {
    // Nothing is counted.
  }
  override onFire(): void {
    // It stays open.
  }
  override merge(): void {
    // There is nothing to merge.
  }
}

/** When the watermark passes the end, then with every bundle of late elements. */
export class DefaultNode extends StatelessNode {
  override shouldFire(_cells: Cells, _at: number, moment: TriggerMoment): boolean {
    return isEndPassed(moment);
  }
}

/** Whenever elements arrived. */
export class AlwaysNode extends StatelessNode {
  override shouldFire(_cells: Cells, _at: number, moment: TriggerMoment): boolean {
    return moment.fresh;
  }
}

/** Not before the window is collected. */
export class NeverNode extends StatelessNode {
  override shouldFire(): boolean {
    return false;
  }
}

/** Once, when so many elements arrived. */
export class CountNode extends TriggerNode {
  readonly #count: number;
  readonly #seen: number;

  constructor(layout: CellLayout, count: number) {
    super(layout);
    this.#count = count;
    this.#seen = layout.cell(0);
  }

  override onElements(cells: Cells, at: number, moment: TriggerMoment): void {
    cells[at + this.#seen]! += moment.arriving;
  }

  override shouldFire(cells: Cells, at: number): boolean {
    return cells[at + this.#seen]! >= this.#count;
  }

  override onFire(cells: Cells, at: number): void {
    this.clear(cells, at);
    this.setFinished(cells, at, true);
  }

  /** Counts add; what was finished in one of the windows stays finished. */
  override merge(sources: MergedStates, cells: Cells, at: number): void {
    if (this.finishedInAny(sources)) {
      this.setFinished(cells, at, true);
      return;
    }
    let seen = 0;
    for (const from of sources.places) seen += sources.cells[from + this.#seen]!;
    cells[at + this.#seen] = seen;
  }

  override clear(cells: Cells, at: number): void {
    cells[at + this.#seen] = 0;
  }
}
