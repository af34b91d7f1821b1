import type { BundleScope } from '../stage/bundle-scope.js';
import type { RunningStage } from '../stage/running-stage.js';

/** Claims and outputs between two looks at clock and sizes. */
const LOOK_EVERY = 1024;
/**
 * Looks in a row that let a call go on although it should pause: one that uses `ready` pauses by itself
 * at its next piece, which is cheaper than to be refused and called again.
 */
const PATIENT_LOOKS = 8;

/**
 * Whether a call that processes a restriction may go on: it obeys the limits of the bundle, and lets the
 * event loop run.
 */
export class ClaimPace {
  readonly #stage: RunningStage;
  #untilLook = LOOK_EVERY;
  /** Whether the function was ever seen to use `ready`. */
  #asks = false;
  #patience = PATIENT_LOOKS;
  /** In which the call runs. */
  #bundle: BundleScope | undefined = undefined;

  constructor(stage: RunningStage) {
    this.#stage = stage;
  }

  /** A call begins. */
  reset(): void {
    this.#patience = PATIENT_LOOKS;
    this.#bundle = this.#stage.bundle;
  }

  /** An output was emitted. */
  emitted(): void {
    this.#bundle!.emitted++;
    this.#untilLook--;
  }

  /** Asked before each claim. A bundle that could claim nothing would be repeated for ever: `first` may. */
  mayGoOn(first: boolean): boolean {
    const bundle = this.#bundle!;
    if (bundle.emitted >= bundle.limits.elements) bundle.limitReached = true;
    else if (--this.#untilLook <= 0) return this.#look(first);
    return first || !bundle.limitReached;
  }

  #look(first: boolean): boolean {
    const stage = this.#stage;
    const { bundle } = stage;
    this.#untilLook = LOOK_EVERY;
    bundle.throwIfAborted();
    stage.throwIfFailed();
    if (bundle.isOverLimit(stage)) bundle.limitReached = true;
    return first || !(bundle.limitReached || this.#mustPause());
  }

  #mustPause(): boolean {
    if (!this.#shouldPause()) return false;
    return !this.#asks || --this.#patience < 0;
  }

  #shouldPause(): boolean {
    return this.#isBlocked() || this.#stage.bundle.sliceIsOver();
  }

  /** Whether anything but this call itself asks the root to stop feeding (R2 of `running-stage.ts`). */
  #isBlocked(): boolean {
    return this.#stage.blocked > this.#stage.unfinished.length;
  }

  /** What `ready` answers. */
  ready(): Promise<void> | undefined {
    this.#asks = true;
    this.#patience = PATIENT_LOOKS;
    return this.pause();
  }

  /** Lets others run if it is time to. */
  pause(): Promise<void> | undefined {
    return this.#shouldPause() ? this.#wait() : undefined;
  }

  async #wait(): Promise<void> {
    const stage = this.#stage;
    await stage.bundle.breathe();
    while (this.#isBlocked()) {
      stage.throwIfFailed();
      await stage.wait();
    }
    stage.throwIfFailed();
    stage.bundle.throwIfAborted();
  }
}
