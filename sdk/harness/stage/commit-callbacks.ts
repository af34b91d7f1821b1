import type { BundleId } from '#portability/model/ids.js';
import type { CommitCallback } from './bundle-scope.js';
import { inTurn } from './in-turn.js';

/**
 * What waits for the commits of bundles.
 *
 *   F1. A callback runs at most once, and never after its time (SDF-7).
 *   F2. What a runner never asks for is let go when its time is over.
 */
export class CommitCallbacks {
  readonly #waiting = new Map<BundleId, readonly CommitCallback[]>();
  /** Before this time nothing that waits is over. */
  #nextEnd = Infinity;

  add(bundle: BundleId, callbacks: readonly CommitCallback[], now: number): void {
    if (now >= this.#nextEnd) this.#sweep(now);
    this.#waiting.set(bundle, callbacks);
    for (const { until } of callbacks) this.#nextEnd = Math.min(this.#nextEnd, until);
  }

  /** The bundle is durable. */
  run(bundle: BundleId, now: number): void | Promise<void> {
    const callbacks = this.#waiting.get(bundle) ?? [];
    this.#waiting.delete(bundle);
    return inTurn(callbacks.filter(({ until }) => now < until).map(({ run }) => run));
  }

  /** All bundles that wait are durable; nobody knows since when. */
  runAll(): void | Promise<void> {
    return inTurn([...this.#waiting.keys()].map((bundle) => () => this.run(bundle, -Infinity)));
  }

  #sweep(now: number): void {
    this.#nextEnd = Infinity;
    for (const [bundle, callbacks] of this.#waiting) {
      const left = callbacks.filter(({ until }) => now < until);
      if (left.length === 0) this.#waiting.delete(bundle);
      else this.#waiting.set(bundle, left);
      for (const { until } of left) this.#nextEnd = Math.min(this.#nextEnd, until);
    }
  }
}
