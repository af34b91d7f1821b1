import type { GroupingOptions } from './grouping.js';
import type { GroupParts } from './group-parts.js';
import type { Overfull } from './overfull.js';
import type { PaneFrames } from './pane-frames.js';
import { WindowFiring, type Firing } from './window-firing.js';
import type { WindowGroups } from './window-groups.js';

/** The one firing of a window whose groups are in parts: part by part, each as a window of its own. */
export class PartsFiring implements Firing {
  readonly window: WindowGroups;
  readonly finished = true;
  readonly #parts: Iterator<WindowGroups, void>;
  #current: WindowFiring | undefined;
  #released = 0;

  constructor(window: WindowGroups, parts: GroupParts) {
    this.window = window;
    this.#parts = parts.windows(window);
  }

  emit(out: PaneFrames, bytes: number, options: GroupingOptions, overfull: Overfull): boolean {
    for (;;) {
      this.#current ??= this.#next();
      if (this.#current === undefined) return true;
      const complete = this.#current.emit(out, bytes, options, overfull);
      this.#released += this.#current.takeReleased();
      if (!complete) return false;
      this.#current = undefined;
    }
  }

  takeReleased(): number {
    const released = this.#released;
    this.#released = 0;
    return released;
  }

  #next(): WindowFiring | undefined {
    const { value } = this.#parts.next();
    return value === undefined ? undefined : new WindowFiring(value, undefined, true);
  }
}
