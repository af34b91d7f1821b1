import type { RangeLoop } from '../compile/node.js';
import type { Unfinished } from '../running-stage.js';
import { RestrictionRun } from './restriction-run.js';

/** Integers between two looks at clock, limits and signal. */
const CHUNK = 4096;

/** Emits the integers of a range, in compiled loops. */
export class SequenceOperator extends RestrictionRun implements Unfinished {
  #loop: RangeLoop | undefined;
  #next = 0;

  installLoop(loop: RangeLoop): void {
    this.#loop = loop;
  }

  protected begin(): void {
    this.#next = this.restriction.from;
    this.stage.defer(this);
  }

  advance(): boolean {
    const { stage, restriction } = this;
    const { bundle } = stage;
    stage.timestamp = this.at.timestamp;
    stage.windows = this.at.windows;
    stage.pane = this.at.pane;
    // Compiled loops stop when the root is blocked; this work itself is what blocks it.
    const own = stage.unfinished.length;
    stage.blocked -= own;
    while (this.#next < restriction.to && stage.blocked === 0 && !bundle.aborted) {
      const room = Math.min(CHUNK, bundle.limits.elements - bundle.emitted);
      if (room <= 0 || bundle.isOverLimit(stage)) {
        bundle.limitReached = true;
        break;
      }
      const from = this.#next;
      this.#next = this.#loop!(from, Math.min(restriction.to, from + room));
      bundle.emitted += this.#next - from;
      if (bundle.sliceIsOver()) break;
    }
    stage.blocked += own;
    if (this.#next >= restriction.to) return true;
    if (!bundle.limitReached) return false;
    this.giveBack(this.#next, this.at.timestamp);
    return true;
  }

  fraction(): number {
    const { from, to } = this.restriction;
    return to > from ? (this.#next - from) / (to - from) : 1;
  }
}
