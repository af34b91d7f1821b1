import { keepShape } from '#portability/wire/kept-shapes.js';
import { zeroCells } from './small-memory.js';
import { TriggerMachine } from '../triggers/trigger-machine.js';

/** Panes that were emitted for the window. */
export const PANES = 0;
/** Those of them that were not early. */
export const NON_SPECULATIVE = 1;
/** Combined timestamp of the next pane, NaN while no element may hold (WM-6). */
export const TIME = 2;
/** From here on: the state of the trigger. */
export const TRIGGER = 3;

const SEGMENT_BITS = 12;
const SEGMENT_MASK = (1 << SEGMENT_BITS) - 1;
const FIRST_GROUPS = 4;
const NO_CELLS = new Float64Array(0);

/**
 * What each group knows beside its bytes: pane counters, timestamp and trigger, as numbers in segments.
 * `cells(id)` from `at(id)` on are those of one group.
 */
export class GroupStates {
  heldBytes = 0;
  readonly #machine: TriggerMachine;
  readonly #stride: number;
  readonly #segments: Float64Array[] = [NO_CELLS];

  constructor(machine: TriggerMachine) {
    this.#machine = machine;
    this.#stride = TRIGGER + machine.size;
  }

  /** Makes the state of a new group, or of one that is used again. */
  start(id: number): void {
    this.#reserve(id);
    const cells = this.cells(id);
    const at = this.at(id);
    cells[at + PANES] = 0;
    cells[at + NON_SPECULATIVE] = 0;
    cells[at + TIME] = NaN;
    this.#machine.start(cells, at + TRIGGER);
  }

  /** What is known of a group, as numbers. */
  copyOf(id: number): Float64Array {
    const at = this.at(id);
    return this.cells(id).slice(at, at + this.#stride);
  }

  cells(id: number): Float64Array {
    return this.#segments[id >>> SEGMENT_BITS]!;
  }

  at(id: number): number {
    return (id & SEGMENT_MASK) * this.#stride;
  }

  #reserve(id: number): void {
    const segment = id >>> SEGMENT_BITS;
    const groups = (id & SEGMENT_MASK) + 1;
    const old = this.#segments[segment];
    if (old !== undefined && old.length >= groups * this.#stride) return;
    // Only the first segment grows by copying: a window of three keys should stay small.
    const capacity = segment > 0 ? SEGMENT_MASK + 1 : Math.max(FIRST_GROUPS, groups * 2);
    const cells = zeroCells(Math.min(capacity, SEGMENT_MASK + 1) * this.#stride);
    if (old !== undefined) cells.set(old);
    this.#segments[segment] = cells;
    this.heldBytes += cells.byteLength - (old?.byteLength ?? 0);
  }
}

keepShape(new GroupStates(new TriggerMachine({ kind: 'default' }, false)));
