import type { TriggerMoment } from './trigger-moment.js';
import { TriggerNode, type CellLayout, type Cells, type MergedStates } from './trigger-node.js';

/** Once, when every subtrigger has become ready. */
export class AllNode extends TriggerNode {
  override onElements(cells: Cells, at: number, moment: TriggerMoment): void {
    for (const sub of this.subs) {
      if (!sub.isFinished(cells, at)) sub.onElements(cells, at, moment);
    }
  }

  override shouldFire(cells: Cells, at: number, moment: TriggerMoment): boolean {
    return this.subs.every((sub) => sub.isFinished(cells, at) || sub.shouldFire(cells, at, moment));
  }

  override onFire(cells: Cells, at: number, moment: TriggerMoment): void {
    for (const sub of this.subs) {
      if (!sub.isFinished(cells, at)) sub.onFire(cells, at, moment);
    }
    this.setFinished(cells, at, true);
  }

  override merge(sources: MergedStates, cells: Cells, at: number, moment: TriggerMoment): void {
    for (const sub of this.subs) sub.merge(sources, cells, at, moment);
    this.setFinished(
      cells,
      at,
      this.subs.every((sub) => sub.isFinished(cells, at)),
    );
  }
}

/** Once, when the first of the subtriggers becomes ready. */
export class AnyNode extends TriggerNode {
  override onElements(cells: Cells, at: number, moment: TriggerMoment): void {
    for (const sub of this.subs) sub.onElements(cells, at, moment);
  }

  override shouldFire(cells: Cells, at: number, moment: TriggerMoment): boolean {
    return this.subs.some((sub) => isReady(sub, cells, at, moment));
  }

  override onFire(cells: Cells, at: number, moment: TriggerMoment): void {
    for (const sub of this.subs) {
      if (!sub.isFinished(cells, at) && sub.shouldFire(cells, at, moment)) {
        sub.onFire(cells, at, moment);
      } else {
        sub.clear(cells, at);
      }
    }
    this.setFinished(cells, at, true);
  }

  override merge(sources: MergedStates, cells: Cells, at: number, moment: TriggerMoment): void {
    for (const sub of this.subs) sub.merge(sources, cells, at, moment);
    this.setFinished(
      cells,
      at,
      this.subs.some((sub) => sub.isFinished(cells, at)),
    );
  }
}

function isReady(sub: TriggerNode, cells: Cells, at: number, moment: TriggerMoment): boolean {
  return sub.isFinished(cells, at) || sub.shouldFire(cells, at, moment);
}

/** One subtrigger after the other, each until it is finished. */
export class EachNode extends TriggerNode {
  readonly #merges: boolean;

  constructor(layout: CellLayout, subs: readonly TriggerNode[], merges: boolean) {
    super(layout, subs);
    this.#merges = merges;
  }

  /** Where windows merge, all run: a merge may make one of them active again. */
  override onElements(cells: Cells, at: number, moment: TriggerMoment): void {
    if (!this.#merges) this.#active(cells, at)?.onElements(cells, at, moment);
    else for (const sub of this.subs) sub.onElements(cells, at, moment);
  }

  override shouldFire(cells: Cells, at: number, moment: TriggerMoment): boolean {
    return this.#active(cells, at)?.shouldFire(cells, at, moment) ?? false;
  }

  override onFire(cells: Cells, at: number, moment: TriggerMoment): void {
    this.#active(cells, at)!.onFire(cells, at, moment);
    if (this.#merges) for (const sub of this.subs) sub.clear(cells, at);
    this.setFinished(cells, at, this.#active(cells, at) === undefined);
  }

  /** In order as far as they are finished; what comes behind has not begun. */
  override merge(sources: MergedStates, cells: Cells, at: number, moment: TriggerMoment): void {
    for (const sub of this.subs) {
      sub.merge(sources, cells, at, moment);
      if (!sub.isFinished(cells, at)) return;
    }
    this.setFinished(cells, at, true);
  }

  #active(cells: Cells, at: number): TriggerNode | undefined {
    return this.subs.find((sub) => !sub.isFinished(cells, at));
  }
}

/** The first subtrigger until the second becomes ready, which is the end. */
export class OrFinallyNode extends TriggerNode {
  readonly #main: TriggerNode;
  readonly #finally: TriggerNode;

  constructor(layout: CellLayout, main: TriggerNode, last: TriggerNode) {
    super(layout, [main, last]);
    this.#main = main;
    this.#finally = last;
  }

  override onElements(cells: Cells, at: number, moment: TriggerMoment): void {
    this.#main.onElements(cells, at, moment);
    this.#finally.onElements(cells, at, moment);
  }

  override shouldFire(cells: Cells, at: number, moment: TriggerMoment): boolean {
    return this.#main.shouldFire(cells, at, moment) || this.#finally.shouldFire(cells, at, moment);
  }

  override onFire(cells: Cells, at: number, moment: TriggerMoment): void {
    if (this.#finally.shouldFire(cells, at, moment)) {
      this.#finally.onFire(cells, at, moment);
      this.#main.clear(cells, at);
      this.setFinished(cells, at, true);
    } else {
      // What the end of it depends on goes on counting.
      this.#main.onFire(cells, at, moment);
      this.setFinished(cells, at, this.#main.isFinished(cells, at));
    }
  }

  override merge(sources: MergedStates, cells: Cells, at: number, moment: TriggerMoment): void {
    for (const sub of this.subs) sub.merge(sources, cells, at, moment);
    this.setFinished(
      cells,
      at,
      this.subs.some((sub) => sub.isFinished(cells, at)),
    );
  }
}

/** The subtrigger again and again. */
export class RepeatNode extends TriggerNode {
  readonly #sub: TriggerNode;

  constructor(layout: CellLayout, sub: TriggerNode) {
    super(layout, [sub]);
    this.#sub = sub;
  }

  override onElements(cells: Cells, at: number, moment: TriggerMoment): void {
    this.#sub.onElements(cells, at, moment);
  }

  override shouldFire(cells: Cells, at: number, moment: TriggerMoment): boolean {
    return this.#sub.shouldFire(cells, at, moment);
  }

  override onFire(cells: Cells, at: number, moment: TriggerMoment): void {
    this.#sub.onFire(cells, at, moment);
    if (this.#sub.isFinished(cells, at)) this.#sub.reset(cells, at);
  }

  override merge(sources: MergedStates, cells: Cells, at: number, moment: TriggerMoment): void {
    this.#sub.merge(sources, cells, at, moment);
    if (this.#sub.isFinished(cells, at)) this.#sub.reset(cells, at);
  }
}
