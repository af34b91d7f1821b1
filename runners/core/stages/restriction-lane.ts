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
import { checkSplit } from './split-answer.js';
import { SplitQuestion } from './split-question.js';

/** What to do with a split: its residuals, and restrictions that the bundle has not begun. */
type Accept = (split: BundleSplit, back: readonly Restriction[]) => void;

/**
 * One of several bundles of restrictions that may run at the same time, and its splits.
 *
 *   L1. After a split the bundle has only what it kept, also for its next try.
 */
export class RestrictionLane {
  readonly attempts: BundleAttempts = new BundleAttempts();
  /** When the bundle began, or was last asked to give something away. */
  splitSince: ProcessingTime = 0 as ProcessingTime;
  /** How often the bundle had nothing to give away. */
  refusals = 0;
  readonly #question = new SplitQuestion();
  #given: readonly Restriction[] = [];
  /** Index of the first restriction that is not the bundle's any more. */
  #end = 0;

  /** What the lane's bundle has, whether it runs or failed. */
  get restrictions(): readonly Restriction[] {
    const input = this.attempts.inHand?.input;
    return input?.kind === 'restrictions' ? input.restrictions : [];
  }

  /** A question is not answered yet. */
  get isAsked(): boolean {
    return this.#question.isOpen;
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
    this.refusals = 0;
    const outcome = run(bundle);
    return isThenable(outcome) ? this.#question.after(outcome) : outcome;
  }

  /** Asks the running bundle, if there is one, for a part of its work. */
  split(
    connection: Connection,
    desired: Omit<DesiredSplit, 'inputElements'>,
    accept: Accept,
  ): void {
    const { running } = this.attempts;
    if (running === undefined) return;
    const asked = { ...desired, inputElements: this.#given.length };
    this.#question.ask(connection, running, asked, (split) => {
      if (split === undefined) this.refusals++;
      else this.#apply(split, accept);
    });
  }

  #apply(split: BundleSplit, accept: Accept): void {
    checkSplit(split, this.#end);
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
