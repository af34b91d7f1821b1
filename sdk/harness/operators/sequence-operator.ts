import type { OffsetRange } from '../../dofn/offset-tracker.js';
import type { RangeLoop } from '../compile/node.js';
import { LoopShare } from '../stage/loop-share.js';
import type { Unfinished } from '../stage/running-stage.js';
import {
  RestrictionRun,
  type RestrictionSplit,
  type RestState,
  type SizedRestriction,
} from '../restrictions/restriction-run.js';

/** Integers between two looks at clock, limits and signal. */
const CHUNK = 4096;

/** Emits the integers of a range, in compiled loops. */
export class SequenceOperator extends RestrictionRun implements Unfinished {
  #loop: RangeLoop | undefined;
  readonly #share = new LoopShare();
  #from = 0;
  #next = 0;
  #to = 0;

  installLoop(loop: RangeLoop): void {
    this.#loop = loop;
  }

  protected begin(): void {
    const { from, to } = this.sized[0][1] as OffsetRange;
    this.#from = from;
    this.#next = from;
    this.#to = to;
    this.stage.defer(this);
  }

  protected untouched(): RestState {
    return { watermark: this.at.timestamp };
  }

  advance(): boolean {
    const { stage } = this;
    const { bundle } = stage;
    stage.timestamp = this.at.timestamp;
    stage.windows = this.at.windows;
    stage.pane = this.at.pane;
    // Compiled loops stop when the root is blocked; this work itself is what blocks it.
    const own = stage.unfinished.length;
    stage.blocked -= own;
    stage.queueing -= own;
    while (this.#next < this.#to && stage.blocked === 0 && !bundle.aborted) {
      const room = Math.min(this.#share.next(CHUNK), bundle.limits.elements - bundle.emitted);
      if (room <= 0 || bundle.isOverLimit(stage)) {
        bundle.limitReached = true;
        break;
      }
      const from = this.#next;
      this.#next = this.#loop!(from, Math.min(this.#to, from + room));
      bundle.emitted += this.#next - from;
      if (bundle.sliceIsOver()) break;
    }
    stage.blocked += own;
    stage.queueing += own;
    if (this.#next >= this.#to) return true;
    if (!bundle.limitReached) return false;
    this.giveBack(this.#part(this.#next, this.#to), this.untouched());
    return true;
  }

  split(fraction: number): RestrictionSplit | undefined {
    const at = this.#next + Math.max(0, Math.floor((this.#to - this.#next) * fraction));
    if (at >= this.#to) return undefined;
    const residual = this.residual(this.#part(at, this.#to), this.untouched());
    const primaries = [this.frame(this.#part(this.#from, at))];
    this.#to = at;
    return { primaries, residual };
  }

  #part(from: number, to: number): SizedRestriction {
    return [[this.sized[0][0], { from, to }], to - from];
  }

  get isActive(): boolean {
    return this.stage.unfinished.includes(this);
  }

  fraction(): number {
    const [from, to] = [this.#from, this.#to];
    return to > from ? (this.#next - from) / (to - from) : 1;
  }
}
