import { hashBytes } from '#portability/wire/frames.js';
import { SlotTable } from '../state/slot-table.js';

/** The pane of an element that no grouping has emitted, encoded. */
const NO_FIRING = Uint8Array.of(0x0f);

/** Small numbers for encoded panes, 0 for "no firing", so that a timer need not hold one. */
export class PaneNumbers {
  readonly #panes = new SlotTable();

  numberOf(source: Uint8Array, start: number, end: number): number {
    if (end - start === 1 && source[start] === NO_FIRING[0]) return 0;
    const hash = hashBytes(source, start, end);
    const known = this.#panes.find(0, source, start, end, hash);
    return 1 + (known >= 0 ? known : this.#panes.insert(0, source, start, end, hash));
  }

  paneOf(number: number): Uint8Array {
    return number === 0 ? NO_FIRING : this.#panes.keyOf(number - 1);
  }
}
