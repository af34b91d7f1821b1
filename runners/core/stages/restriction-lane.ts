import type {
  BundleOutcome,
  BundleSplit,
  Connection,
  DesiredSplit,
} from '#portability/fnapi/connection.js';
import type { ProcessingTime } from '#portability/model/time.js';
import type { Bundle } from '../bundle.js';
import { sizeOf, type Restriction } from '../input/restrictions.js';
import { isThenable } from '../thenable.js';
import { BundleAttempts } from './bundle-attempts.js';

/** What to do with a split: its residuals, and restrictions that the bundle has not begun. */
type Accept = (split: BundleSplit, back: readonly Restriction[]) => void;

/**
 * One of several bundles of restrictions that may run at the same time, and its splits.
 *
 *   L1. A bundle ends only after every split that was asked for is answered: what it gave away is known then.
 *   L2. After a split the bundle has only what it kept, also for its next try.
 */
export class RestrictionLane {
  readonly attempts: BundleAttempts = new BundleAttempts();
  /** When the bundle began, or was last asked to give something away. */
  splitSince: ProcessingTime = 0 as ProcessingTime;
  #given: readonly Restriction[] = [];
  /** Index of the first restriction that is not the bundle's any more. */
  #end = 0;
  #splitting: Promise<void> | undefined;

  /** What the lane's bundle has, whether it runs or failed. */
  get restrictions(): readonly Restriction[] {
    const input = this.attempts.inHand?.input;
    return input?.kind === 'restrictions' ? input.restrictions : [];
  }

  /** Work in all that it has. */
  get size(): number {
    return this.restrictions.reduce((sum, r) => sum + sizeOf(r), 0);
  }

  process(
    bundle: Bundle,
    run: (bundle: Bundle) => BundleOutcome | Promise<BundleOutcome>,
  ): BundleOutcome | Promise<BundleOutcome> {
    this.#given = bundle.input.kind === 'restrictions' ? bundle.input.restrictions : [];
    this.#end = this.#given.length;
    const outcome = run(bundle);
    return isThenable(outcome) ? this.#afterSplits(outcome) : outcome;
  }

  async #afterSplits(outcome: Promise<BundleOutcome>): Promise<BundleOutcome> {
    try {
      return await outcome;
    } finally {
      while (this.#splitting !== undefined) await this.#splitting;
    }
  }

  /** Asks the running bundle for a part of its work; one question at a time. */
  split(
    connection: Connection,
    desired: Omit<DesiredSplit, 'inputElements'>,
    accept: Accept,
  ): void {
    const { running } = this.attempts;
    if (running === undefined || this.#splitting !== undefined) return;
    const inputElements = this.#given.length;
    const answer = connection.split(running, { ...desired, inputElements });
    if (!isThenable(answer)) {
      this.#apply(answer, accept);
      return;
    }
    const done = (): void => {
      this.#splitting = undefined;
    };
    this.#splitting = answer
      .then(
        (split) => this.#apply(split, accept),
        // Without an answer nothing was given away.
        () => undefined,
      )
      .then(done, done);
  }

  #apply(split: BundleSplit | undefined, accept: Accept): void {
    const { inHand } = this.attempts;
    if (split === undefined || inHand === undefined) return;
    const { lastPrimary, firstResidual, primaries } = split;
    const between = this.#given[lastPrimary + 1];
    const kept = primaries.map((element) => ({ ...between!, element }));
    const back = this.#given.slice(firstResidual, this.#end);
    this.#end = firstResidual;
    const restrictions = [...this.#given.slice(0, lastPrimary + 1), ...kept];
    this.attempts.narrow({ kind: 'restrictions', restrictions });
    accept(split, back);
  }
}
