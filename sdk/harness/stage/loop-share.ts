/** Elements per call until V8 has surely decided to optimize the loop. */
const SHORT = 64;
const WARM_AFTER = 32_768;

/**
 * How many elements a compiled loop is given per call: few at first. V8 optimizes a function for its next call, and one
 * that is still in its loop by then a second time, for being left and entered in the middle; a loop that returns soon
 * saves the second, which costs as much as running a million elements.
 */
export class LoopShare {
  #given = 0;

  /** At most `full`. */
  next(full: number): number {
    if (this.#given >= WARM_AFTER || full < SHORT) return full;
    this.#given += SHORT;
    return SHORT;
  }
}
