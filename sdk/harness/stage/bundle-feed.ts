import type { BundleSplit, DesiredSplit, FrameSupply } from '#portability/fnapi/connection.js';
import { StrahlError } from '#portability/errors.js';
import type { Frame } from '#portability/wire/frames.js';
import type { RestrictionRun } from '../restrictions/restriction-run.js';
import type { StageInput } from '../operators/stage-input.js';

/** An element that is under way counts as half done if nobody can tell. */
const UNKNOWN_FRACTION = 0.5;

/**
 * The elements of one input of a running bundle, frame after frame, and where they may still be split.
 *
 *   F1. What the reader has taken stays with the bundle; only what it has not seen goes back whole.
 *   F2. Indexes count the elements of the whole input; what a split gave back is never read (SDF-3).
 *   F3. While more is to come, only the runner knows how many elements there are.
 */
export class BundleFeed {
  readonly #input: StageInput;
  readonly #root: RestrictionRun | undefined;
  readonly #frames: readonly Frame[];
  readonly #supply: FrameSupply | undefined;
  /** Elements of `#frames`. */
  readonly #given: number;
  #next = 0;
  /** Elements in frames that are read. */
  #before = 0;
  #current: Frame | undefined;
  /** The first element that a split gave back. */
  #limit = Infinity;

  constructor(
    input: StageInput,
    frames: readonly Frame[],
    supply: FrameSupply | undefined,
    root: RestrictionRun | undefined,
  ) {
    this.#input = input;
    this.#root = root;
    this.#frames = frames;
    this.#supply = supply;
    this.#given = frames.reduce((sum, { count }) => sum + count, 0);
  }

  /** Opens the next frame; false behind the last one, a promise while there is none yet. */
  open(): boolean | Promise<void> {
    if (this.#current !== undefined) {
      this.#before = Math.min(this.#before + this.#current.count, this.#limit);
      this.#current = undefined;
    }
    if (this.#before >= this.#limit) return false;
    const frame = this.#frames[this.#next++] ?? this.#supply?.next();
    if (frame === undefined) {
      return this.#supply?.isOver === false ? this.#supply.arrival() : false;
    }
    this.#current = frame;
    this.#input.open(frame);
    this.#cut(frame);
    return true;
  }

  /** Keeps the reader from what a split gave back. */
  #cut(frame: Frame): void {
    const kept = this.#limit - this.#before;
    if (kept < frame.count) this.#input.cut(kept);
  }

  /** @throws STRAHL-8001 if the runner counts other elements than it sent */
  split(desired: DesiredSplit): BundleSplit | undefined {
    const { fractionOfRemainder, allowedSplitPoints } = desired;
    const end = this.#end(desired.inputElements);
    // Of the current element, or -1 before the first one.
    const index = this.#before + (this.#current === undefined ? 0 : this.#input.reader.ordinal) - 1;
    const active = this.#root?.isActive === true ? this.#root : undefined;
    const done = active === undefined ? 1 : (active.fraction() ?? UNKNOWN_FRACTION);
    const left = end - index - done;
    const kept = left * Math.min(1, Math.max(0, fractionOfRemainder));
    if (active !== undefined && kept < 1 - done) {
      const within = this.#splitWithin(active, index, kept / (1 - done));
      if (within !== undefined) return within;
    }
    const first = Math.max(index + 1, Math.round(index + done + kept));
    const points = allowedSplitPoints?.filter((p) => p >= first) ?? [first];
    const at = Math.min(...points);
    return at < end ? this.#splitBetween(at) : undefined;
  }

  /** How many elements there are, as far as anyone knows. */
  #end(told: number): number {
    const come = this.#given + (this.#supply?.received ?? 0);
    if (told < this.#before) {
      throw new StrahlError('protocolBroken', {
        title: `a split speaks of ${String(told)} elements, but more were read`,
      });
    }
    const all = this.#supply?.isOver === false ? Math.max(come, told) : come;
    return Math.min(all, this.#limit);
  }

  #splitWithin(root: RestrictionRun, index: number, fraction: number): BundleSplit | undefined {
    const parts = root.split(fraction);
    if (parts === undefined) return undefined;
    this.#limit = index + 1;
    this.#cutNow();
    return {
      lastPrimary: index - 1,
      firstResidual: index + 1,
      primaries: parts.primaries,
      residuals: [parts.residual],
    };
  }

  #splitBetween(at: number): BundleSplit {
    this.#limit = at;
    this.#cutNow();
    return { lastPrimary: at - 1, firstResidual: at, primaries: [], residuals: [] };
  }

  #cutNow(): void {
    if (this.#current !== undefined) this.#cut(this.#current);
  }
}
