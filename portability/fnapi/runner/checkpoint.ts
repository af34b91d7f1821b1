import type { BundleSplit, DesiredSplit, Residual, StageFrames } from '../connection.js';

/**
 * Asks a bundle whose harness obeys no limits to give back what it has not begun, once its time is over.
 *
 *   C1. One question at a time, until one is granted; the bundle is not over before its question is answered.
 */
export class Checkpoint {
  readonly #ask: () => Promise<BundleSplit | undefined>;
  readonly #afterMs: number;
  #timer: NodeJS.Timeout | undefined;
  #open: Promise<void> | undefined;
  #residuals: readonly Residual[] = [];
  #over = false;

  constructor(afterMs: number, ask: () => Promise<BundleSplit | undefined>) {
    this.#ask = ask;
    this.#afterMs = afterMs;
    this.#wait();
  }

  #wait(): void {
    if (this.#over) return;
    this.#timer = setTimeout(() => {
      this.#open = this.#ask().then(
        (split) => {
          if (split === undefined) this.#wait();
          else this.#residuals = split.residuals;
        },
        // The bundle ended meanwhile, or will be tried again as a whole.
        () => undefined,
      );
    }, this.#afterMs);
  }

  /** The bundle has been answered: what it gave back before. */
  async end(): Promise<readonly Residual[]> {
    this.#over = true;
    clearTimeout(this.#timer);
    await this.#open;
    return this.#residuals;
  }
}

/** The split of a bundle of one element; what a bundle has not begun of several is for the engine to ask. */
export function beforeItsOnlyElement(inputs: readonly StageFrames[]): DesiredSplit | undefined {
  const [input, ...others] = inputs;
  const [frame, ...more] = input?.frames ?? [];
  if (frame?.count !== 1 || more.length > 0 || others.length > 0) return undefined;
  return { transform: input!.transform, fractionOfRemainder: 0, inputElements: 1 };
}
