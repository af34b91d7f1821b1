import type { BundleSplit, DesiredSplit, StageFrames } from '#portability/fnapi/connection.js';
import { StrahlError } from '#portability/errors.js';
import type { Frame } from '#portability/wire/frames.js';
import type { RestrictionRun } from './operators/restriction-run.js';
import type { StageInput } from './operators/stage-input.js';

/** An element that is under way counts as half done if nobody can tell. */
const UNKNOWN_FRACTION = 0.5;

/**
 * The elements of one input of a running bundle, frame after frame, and where they may still be split.
 *
 *   F1. What the reader has taken stays with the bundle; only what it has not seen goes back whole.
 *   F2. Indexes count the elements of the whole input; what a split gave back is never read (SDF-3).
 */
export class BundleFeed {
  readonly #input: StageInput;
  readonly #root: RestrictionRun | undefined;
  readonly #frames: readonly Frame[];
  #next = 0;
  /** Elements in frames that are read. */
  #before = 0;
  #current: Frame | undefined;
  /** The first element that is not this bundle's. */
  #end: number;

  constructor(input: StageInput, { frames }: StageFrames, root: RestrictionRun | undefined) {
    this.#input = input;
    this.#root = root;
    this.#frames = frames;
    this.#end = frames.reduce((sum, { count }) => sum + count, 0);
  }

  /** Opens the next frame; false behind the last one. */
  open(): boolean {
    if (this.#current !== undefined) {
      this.#before = Math.min(this.#before + this.#current.count, this.#end);
    }
    this.#current = this.#frames[this.#next++];
    if (this.#current === undefined || this.#before >= this.#end) {
      this.#current = undefined;
      return false;
    }
    this.#input.open(this.#current);
    this.#cut(this.#current);
    return true;
  }

  /** Keeps the reader from what a split gave back. */
  #cut(frame: Frame): void {
    const kept = this.#end - this.#before;
    if (kept < frame.count) this.#input.cut(kept);
  }

  /** @throws STRAHL-8001 if the runner counts other elements than it sent */
  split(desired: DesiredSplit): BundleSplit | undefined {
    const { fractionOfRemainder, inputElements, allowedSplitPoints } = desired;
    if (inputElements < this.#before) {
      throw new StrahlError('protocolBroken', {
        title: `a split speaks of ${String(inputElements)} elements, but more were read`,
      });
    }
    // Of the current element, or -1 before the first one.
    const index = this.#before + (this.#current === undefined ? 0 : this.#input.reader.ordinal) - 1;
    const active = this.#root?.isActive === true ? this.#root : undefined;
    const done = active === undefined ? 1 : (active.fraction() ?? UNKNOWN_FRACTION);
    const left = this.#end - index - done;
    const kept = left * Math.min(1, Math.max(0, fractionOfRemainder));
    if (active !== undefined && kept < 1 - done) {
      const within = this.#splitWithin(active, index, kept / (1 - done));
      if (within !== undefined) return within;
    }
    const first = Math.max(index + 1, Math.round(index + done + kept));
    const points = allowedSplitPoints?.filter((p) => p >= first) ?? [first];
    const at = Math.min(...points);
    return at < this.#end ? this.#splitBetween(at) : undefined;
  }

  #splitWithin(root: RestrictionRun, index: number, fraction: number): BundleSplit | undefined {
    const parts = root.split(fraction);
    if (parts === undefined) return undefined;
    this.#end = index + 1;
    this.#cutNow();
    return {
      lastPrimary: index - 1,
      firstResidual: index + 1,
      primaries: parts.primaries,
      residuals: [parts.residual],
    };
  }

  #splitBetween(at: number): BundleSplit {
    this.#end = at;
    this.#cutNow();
    return { lastPrimary: at - 1, firstResidual: at, primaries: [], residuals: [] };
  }

  #cutNow(): void {
    if (this.#current !== undefined) this.#cut(this.#current);
  }
}
