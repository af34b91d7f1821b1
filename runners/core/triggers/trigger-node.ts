import type { TriggerMoment } from './trigger-moment.js';

/** Bits of a cell that are used: the integers of a float64 keep all of them, and `&` sees them. */
const BITS_PER_CELL = 31;

/** Hands out the places of a machine's state while its nodes are made. */
export class CellLayout {
  /** Cells that hold the bits, in front of all others. */
  readonly bitCells: number;
  #bits = 0;
  #cells: number;
  readonly #initial: number[] = [];

  /** `bits` is how many `bit` will be called for. */
  constructor(bits: number) {
    this.bitCells = Math.ceil(bits / BITS_PER_CELL);
    this.#cells = this.bitCells;
    for (let i = 0; i < this.bitCells; i++) this.#initial.push(0);
  }

  bit(): { readonly cell: number; readonly mask: number } {
    const bit = this.#bits++;
    return { cell: Math.floor(bit / BITS_PER_CELL), mask: 1 << (bit % BITS_PER_CELL) };
  }

  /** A cell that holds `initial` until something happens. */
  cell(initial: number): number {
    this.#initial.push(initial);
    return this.#cells++;
  }

  /** The state of a machine that nothing has happened to. */
  get initial(): Float64Array {
    return Float64Array.from(this.#initial);
  }
}

/** The state of one machine: `cells` from `at` on. */
export type Cells = Float64Array;

/** The states that merge into one: `cells` at each of the places. */
export interface MergedStates {
  readonly cells: Cells;
  readonly places: readonly number[];
}

/**
 * A trigger or subtrigger at its place in the tree. It is made once per spec and knows no key: everything
 * that changes is in the cells that each call is given.
 *
 *   N1. Clearing takes back what was counted, but not that a trigger is finished.
 *   N2. Resetting takes back both, for the whole tree below.
 *   N3. `merge` fills cells that were started anew; it reads the sources and writes nothing there.
 */
export abstract class TriggerNode {
  readonly subs: readonly TriggerNode[];
  readonly #cell: number;
  readonly #mask: number;

  constructor(layout: CellLayout, subs: readonly TriggerNode[] = []) {
    const { cell, mask } = layout.bit();
    this.#cell = cell;
    this.#mask = mask;
    this.subs = subs;
  }

  isFinished(cells: Cells, at: number): boolean {
    return (cells[at + this.#cell]! & this.#mask) !== 0;
  }

  setFinished(cells: Cells, at: number, finished: boolean): void {
    const bits = cells[at + this.#cell]!;
    cells[at + this.#cell] = finished ? bits | this.#mask : bits & ~this.#mask;
  }

  finishedInAny({ cells, places }: MergedStates): boolean {
    return places.some((at) => this.isFinished(cells, at));
  }

  finishedInAll({ cells, places }: MergedStates): boolean {
    return places.every((at) => this.isFinished(cells, at));
  }

  abstract onElements(cells: Cells, at: number, moment: TriggerMoment): void;
  abstract shouldFire(cells: Cells, at: number, moment: TriggerMoment): boolean;
  /** Called only when `shouldFire`; leaves the node finished, or ready for the next pane. */
  abstract onFire(cells: Cells, at: number, moment: TriggerMoment): void;
  abstract merge(sources: MergedStates, cells: Cells, at: number, moment: TriggerMoment): void;

  /** N1 */
  clear(cells: Cells, at: number): void {
    for (const sub of this.subs) sub.clear(cells, at);
  }

  /** N2 */
  reset(cells: Cells, at: number): void {
    this.clear(cells, at);
    this.#unfinish(cells, at);
  }

  #unfinish(cells: Cells, at: number): void {
    this.setFinished(cells, at, false);
    for (const sub of this.subs) sub.#unfinish(cells, at);
  }
}
