import { NO_FIRING, type Pane } from '#portability/model/panes.js';
import type { EventTime } from '#portability/model/time.js';
import type { GroupingOptions } from './grouping.js';
import type { GroupParts } from './group-parts.js';
import type { Overfull } from './overfull.js';
import type { PaneFrames } from './pane-frames.js';
import { nextPane, timingOf } from './panes.js';
import { SortedPart } from './sorted-part.js';
import { WindowFiring, type Firing } from './window-firing.js';
import type { WindowGroups } from './window-groups.js';

/** The one firing of a window whose groups are in parts: part by part, each as a window of its own. */
export class PartsFiring implements Firing {
  readonly window: WindowGroups;
  readonly finished = true;
  readonly #parts: Iterator<WindowGroups | SortedPart, undefined>;
  #current: WindowFiring | SortedPart | undefined;
  /** Each group has one pane, so all have the same. */
  #pane: Pane = NO_FIRING;
  #released = 0;

  constructor(window: WindowGroups, parts: GroupParts) {
    this.window = window;
    this.#parts = parts.groups(window);
  }

  emit(out: PaneFrames, bytes: number, options: GroupingOptions, overfull: Overfull): boolean {
    for (;;) {
      this.#current ??= this.#next();
      const current = this.#current;
      if (current === undefined) return true;
      if (current instanceof SortedPart) {
        if (!this.#emitSorted(current, out, bytes, options)) return false;
      } else {
        const complete = current.emit(out, bytes, options, overfull);
        this.#released += current.takeReleased();
        if (!complete) return false;
      }
      this.#current = undefined;
    }
  }

  takeReleased(): number {
    const released = this.#released;
    this.#released = 0;
    return released;
  }

  #emitSorted(part: SortedPart, out: PaneFrames, bytes: number, options: GroupingOptions): boolean {
    const { window } = this;
    const { maxTimestamp } = window;
    while (out.bytes < bytes) {
      const id = part.next();
      if (id < 0) return true;
      const time = part.time <= maxTimestamp ? (part.time as EventTime) : maxTimestamp;
      const group = { keys: part, keyId: id, values: part, valuesId: id };
      out.add(time, window.bytes, this.#paneOf(options), group);
      this.#released += part.countOf();
    }
    return false;
  }

  #paneOf({ times }: GroupingOptions): Pane {
    if (this.#pane !== NO_FIRING) return this.#pane;
    const timing = timingOf({
      maxTimestamp: this.window.maxTimestamp,
      inputWatermark: times.input,
      outputWatermark: times.output,
      spoken: false,
    });
    return (this.#pane = nextPane(timing, 0, this.finished));
  }

  #next(): WindowFiring | SortedPart | undefined {
    const { value: part } = this.#parts.next();
    if (part === undefined) return undefined;
    return part instanceof SortedPart ? part : new WindowFiring(part, undefined, true);
  }
}
