import type { BundleOutcome, MetricUpdate } from '#portability/fnapi/connection.js';
import { failedMetrics } from '#portability/fnapi/failed-metrics.js';
import { bundleId, type BundleId } from '#portability/model/ids.js';
import type { ProcessingTime } from '#portability/model/time.js';
import { bundleOf, framesOf, type Bundle, type BundleInput } from '../bundle.js';
import type { Effect } from '../commit.js';
import { mayRetry, triesAfter } from '../retry.js';
import { isThenable } from '../thenable.js';
import type { Bound } from '../time/watermarks.js';
import type { StageHost } from './running-stage.js';

/** An effect that only the stage itself can perform. */
export type OwnEffect = Exclude<
  Effect,
  { readonly kind: 'deliver' | 'release' | 'count' | 'finalize' }
>;

/** What a stage does about a bundle, beside trying it. */
export interface BundleWork {
  process(bundle: Bundle): BundleOutcome | Promise<BundleOutcome>;
  /** Pure: what follows from the outcome. Throws if the outcome breaks its contract. */
  commit(bundle: Bundle, outcome: BundleOutcome): readonly Effect[];
  perform(effect: OwnEffect): void;
  /** Hears what of the bundle is kept. */
  counted?(metrics: readonly MetricUpdate[]): void;
}

/**
 * The bundles of a stage of user code, from what they take to what they commit.
 *
 *   B1. At most one bundle runs. What failed last is tried again before anything else is taken, with the
 *       same input under a new id (WM-5).
 *   B2. A bundle that fails has performed no effect; one that ends has performed all of them.
 */
export class BundleAttempts {
  #running: Bundle | undefined;
  #failed: Bundle | undefined;
  #since: ProcessingTime | undefined;

  get running(): BundleId | undefined {
    return this.#running?.id;
  }

  /** Since when the bundle runs; `undefined` if none does. */
  get runningSince(): ProcessingTime | undefined {
    return this.#running === undefined ? undefined : this.#since;
  }

  /** The bundle that runs, or the one that failed and waits for its next try. */
  get inHand(): Bundle | undefined {
    return this.#running ?? this.#failed;
  }

  /** A failed bundle waits for its next try. */
  get retries(): boolean {
    return this.#failed !== undefined;
  }

  /** Elements that wait for the next try. */
  get failedElements(): number {
    return this.#failed === undefined ? 0 : framesOf(this.#failed.input).length;
  }

  /** What is in hand keeps a watermark at its least timestamp. */
  bounds(): readonly Bound[] {
    const bundle = this.inHand;
    if (bundle === undefined) return [];
    return [{ time: bundle.least, holder: { kind: 'bundle', bundle: bundle.id } }];
  }

  /** A part of what is in hand was given away; its least timestamp stays, which is no later. */
  narrow(input: BundleInput): void {
    if (this.#running !== undefined) this.#running = { ...this.#running, input };
    else if (this.#failed !== undefined) this.#failed = { ...this.#failed, input };
  }

  /** Tries the bundle that failed or, if there is none, one of what `take` gives. */
  step(host: StageHost, work: BundleWork, take: () => BundleInput): void | Promise<void> {
    const bundle = this.#next(host, take);
    this.#running = bundle;
    let outcome: BundleOutcome | Promise<BundleOutcome>;
    try {
      outcome = work.process(bundle);
    } catch (e) {
      this.#fail(bundle, e, host);
      return;
    }
    if (!isThenable(outcome)) {
      this.#commit(bundle, outcome, host, work);
      return;
    }
    return outcome.then(
      (settled) => this.#commit(bundle, settled, host, work),
      (e: unknown) => this.#fail(bundle, e, host),
    );
  }

  #next({ env }: StageHost, take: () => BundleInput): Bundle {
    const id = bundleId(env.id('bundle'));
    this.#since = env.clock.now();
    const failed = this.#failed;
    if (failed === undefined) return bundleOf(id, take(), 1);
    this.#failed = undefined;
    return { ...failed, id, attempt: failed.attempt + 1 };
  }

  #commit(bundle: Bundle, outcome: BundleOutcome, host: StageHost, work: BundleWork): void {
    const effects = work.commit(this.#running ?? bundle, outcome);
    host.count(outcome.metrics, 'attempted');
    for (const effect of effects) this.#perform(effect, host, work);
  }

  #perform(effect: Effect, host: StageHost, work: BundleWork): void {
    switch (effect.kind) {
      case 'deliver':
        host.deliver(effect.edge, effect.frames);
        return;
      case 'release':
        this.#running = undefined;
        return;
      case 'count':
        host.count(effect.metrics, 'committed');
        work.counted?.(effect.metrics);
        return;
      case 'finalize':
        host.finalize(effect.bundle);
        return;
      default:
        work.perform(effect);
    }
  }

  /** Keeps the bundle for its next try, or gives up. */
  #fail(bundle: Bundle, error: unknown, host: StageHost): void {
    this.#failed = this.#running ?? bundle;
    this.#running = undefined;
    host.count(failedMetrics(error), 'attempted');
    const tries = triesAfter(error, host.policy.maxAttempts);
    if (bundle.attempt >= tries || !mayRetry(error)) throw error;
  }
}
