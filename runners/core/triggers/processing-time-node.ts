import type { ProcessingTime } from '#portability/model/time.js';
import type { TimestampTransform } from '#portability/model/triggers.js';
import type { TriggerMoment } from './trigger-moment.js';
import { TriggerNode, type CellLayout, type Cells, type MergedStates } from './trigger-node.js';

/**
 * Once, a while after the first element of the pane: later ones do not put it off. The while is counted
 * on the clock or, downstream of such a trigger, on synchronized time.
 */
export class ProcessingTimeNode extends TriggerNode {
  readonly #transforms: readonly TimestampTransform[];
  readonly #isSynchronized: boolean;
  /** When it is due, NaN before the first element. */
  readonly #due: number;

  constructor(
    layout: CellLayout,
    transforms: readonly TimestampTransform[],
    isSynchronized: boolean,
  ) {
    super(layout);
    this.#transforms = transforms;
    this.#isSynchronized = isSynchronized;
    this.#due = layout.cell(NaN);
  }

  override onElements(cells: Cells, at: number, moment: TriggerMoment): void {
    if (!Number.isNaN(cells[at + this.#due]!)) return;
    const due = transformed(this.#now(moment), this.#transforms);
    cells[at + this.#due] = due;
    moment.wake(due, this.#isSynchronized);
  }

  override shouldFire(cells: Cells, at: number, moment: TriggerMoment): boolean {
    // False while it is NaN.
    return this.#now(moment) > cells[at + this.#due]!;
  }

  override onFire(cells: Cells, at: number): void {
    this.clear(cells, at);
    this.setFinished(cells, at, true);
  }

  /** The earliest of all; a window that it was finished in says nothing more. */
  override merge(sources: MergedStates, cells: Cells, at: number, moment: TriggerMoment): void {
    if (this.finishedInAll(sources)) {
      this.setFinished(cells, at, true);
      return;
    }
    let due = NaN;
    for (const from of sources.places) {
      const other = sources.cells[from + this.#due]!;
      if (!(due <= other) && !Number.isNaN(other)) due = other;
    }
    if (Number.isNaN(due)) return;
    cells[at + this.#due] = due;
    moment.wake(due as ProcessingTime, this.#isSynchronized);
  }

  override clear(cells: Cells, at: number): void {
    cells[at + this.#due] = NaN;
  }

  #now({ clock, synchronized }: TriggerMoment): ProcessingTime {
    return this.#isSynchronized ? synchronized : clock;
  }
}

/** `align-to` moves a time up to the next multiple of the period; an aligned time stays. */
export function transformed(
  time: ProcessingTime,
  transforms: readonly TimestampTransform[],
): ProcessingTime {
  let t: number = time;
  for (const transform of transforms) {
    if (transform.kind === 'delay') t += transform.delay;
    else {
      const { period, offset } = transform;
      t = Math.ceil((t - offset) / period) * period + offset;
    }
  }
  return t as ProcessingTime;
}
