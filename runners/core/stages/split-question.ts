import type { BundleSplit, Connection, DesiredSplit } from '#portability/fnapi/connection.js';
import type { BundleId } from '#portability/model/ids.js';
import { isThenable } from '../thenable.js';

/**
 * Asks a running bundle to give work away, one question at a time.
 *
 *   Q1. A bundle ends only after the question is answered: what it gave away is known then.
 *   Q2. It fails with an answer that cannot be applied: what that gave away is nobody's.
 */
export class SplitQuestion {
  #open: Promise<void> | undefined;
  /** Q2 */
  #failure: { readonly error: unknown } | undefined;

  get isOpen(): boolean {
    return this.#open !== undefined;
  }

  /** `apply` is called with the answer; `undefined`: the bundle gives nothing away. */
  ask(
    connection: Connection,
    bundle: BundleId,
    desired: DesiredSplit,
    apply: (split: BundleSplit | undefined) => void,
  ): void {
    if (this.#open !== undefined) return;
    const answer = connection.split(bundle, desired);
    if (!isThenable(answer)) {
      apply(answer);
      return;
    }
    const done = (): void => {
      this.#open = undefined;
    };
    // Without an answer nothing was given away: the bundle is lost as a whole, or ends as it is.
    this.#open = answer
      .then(apply, () => undefined)
      .then(done, (error: unknown) => {
        this.#failure = { error };
        done();
      });
  }

  /** `outcome`, once no question is open (Q1, Q2). */
  async after<T>(outcome: Promise<T>): Promise<T> {
    try {
      return await outcome;
    } finally {
      while (this.#open !== undefined) await this.#open;
      this.#throwFailure();
    }
  }

  #throwFailure(): void {
    const failure = this.#failure;
    this.#failure = undefined;
    if (failure !== undefined) throw failure.error;
  }
}
