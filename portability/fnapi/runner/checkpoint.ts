import { duration, TIMESTAMP_MIN } from '../../model/time.js';
import type { BundleSplit, DesiredSplit, Residual, StageFrames } from '../connection.js';
import type { StagePorts } from '../elements/stage-ports.js';

/**
 * Asks a bundle whose harness obeys no limits to give back what it has not begun of its only restriction, once its
 * time is over.
 *
 *   C1. One question at a time, until one is granted; the bundle is not over before its question is answered.
 *   C2. A harness that has not come to the restriction yet gives it back by its index, not as a residual.
 */
export class Checkpoint {
  readonly #ask: () => Promise<BundleSplit | undefined>;
  readonly #whole: Residual;
  readonly #afterMs: number;
  #timer: NodeJS.Timeout | undefined;
  #open: Promise<void> | undefined;
  #residuals: readonly Residual[] = [];
  #over = false;

  constructor(afterMs: number, whole: Residual, ask: () => Promise<BundleSplit | undefined>) {
    this.#ask = ask;
    this.#whole = whole;
    this.#afterMs = afterMs;
    this.#wait();
  }

  #wait(): void {
    if (this.#over) return;
    this.#timer = setTimeout(() => {
      this.#open = this.#ask().then(
        (split) => {
          if (split === undefined) this.#wait();
          else this.#residuals = split.firstResidual === 0 ? [this.#whole] : split.residuals;
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

/** The split of a bundle of one restriction, and that restriction; what a bundle has of several is for the engine to ask. */
export function splitOfOnlyRestriction(
  inputs: readonly StageFrames[],
  ports: StagePorts,
): { readonly desired: DesiredSplit; readonly whole: Residual } | undefined {
  const [input, ...others] = inputs;
  const [element, ...more] = input?.frames ?? [];
  if (element?.count !== 1 || more.length > 0 || others.length > 0) return undefined;
  const splittable = ports.splittableOf(input!.transform);
  if (splittable === undefined) return undefined;
  return {
    desired: { transform: input!.transform, fractionOfRemainder: 0, inputElements: 1 },
    whole: { ...splittable, element, resumeAfter: duration(0), watermark: TIMESTAMP_MIN },
  };
}
