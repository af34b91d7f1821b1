import type { BundleOutcome } from '#portability/fnapi/connection.js';
import type { BundleId } from '#portability/model/ids.js';
import { duration } from '#portability/model/time.js';
import type { Bundle } from '../bundle.js';
import type { Effect } from '../commit.js';
import type { Restriction, Restrictions } from '../input/restrictions.js';
import type { RestrictionStage } from '../plan/plan.js';
import { BundleState } from '../side-inputs/bundle-state.js';
import type { Views } from '../side-inputs/views.js';
import { BundleAttempts } from './bundle-attempts.js';
import { plainRequest } from './plain-request.js';
import type { StageHost } from './running-stage.js';

/**
 * Asks user code what is still to be done of each restriction when a job is drained (SDF-1, DRN-1); one
 * restriction at a time, so that it is known which one an answer is about.
 */
export class Truncation {
  readonly #planned: RestrictionStage;
  readonly #views: Views;
  readonly #attempts = new BundleAttempts();

  constructor(planned: RestrictionStage, views: Views) {
    this.#planned = planned;
    this.#views = views;
  }

  get running(): BundleId | undefined {
    return this.#attempts.running;
  }

  /** What is being truncated; it holds the watermark like all others. */
  get inHand(): readonly Restriction[] {
    const input = this.#attempts.inHand?.input;
    return input?.kind === 'restrictions' ? input.restrictions : [];
  }

  isReady(waiting: Restrictions): boolean {
    if (this.running !== undefined) return false;
    return this.#attempts.retries || waiting.hasUntruncated;
  }

  /** Truncates the restriction that failed to be, or the next one. */
  step(host: StageHost, waiting: Restrictions): void | Promise<void> {
    const { truncation } = this.#planned;
    if (truncation === undefined) {
      const restriction = waiting.takeUntruncated();
      if (this.#planned.boundedness === 'bounded') waiting.add({ ...restriction, truncated: true });
      return;
    }
    return this.#attempts.step(
      host,
      {
        process: (bundle) => this.#ask(bundle, host),
        commit: (bundle, outcome) => effectsOf(bundle, outcome),
        perform: (effect) => {
          if (effect.kind !== 'defer') return;
          const now = host.env.clock.now();
          waiting.add({ ...effect.restriction, resumeAt: now, truncated: true });
        },
      },
      () => ({ kind: 'restrictions', restrictions: [waiting.takeUntruncated()] }),
    );
  }

  #ask(bundle: Bundle, { connection, signal }: StageHost): BundleOutcome | Promise<BundleOutcome> {
    const limits = { elements: Infinity, outputBytes: Infinity, time: duration(Infinity) };
    const truncation = this.#planned.truncation!;
    const state = new BundleState(truncation.sideInputs, this.#views);
    return connection.process(plainRequest(bundle, truncation, { state, limits, signal }));
  }
}

/** The answer is the element with a smaller restriction, or nothing. */
function effectsOf(bundle: Bundle, { outputs }: BundleOutcome): readonly Effect[] {
  const effects: Effect[] = [];
  const { input } = bundle;
  if (input.kind === 'restrictions') {
    const [of] = input.restrictions;
    for (const element of outputs.flatMap(({ frames }) => frames)) {
      if (element.count > 0) effects.push({ kind: 'defer', restriction: { ...of!, element } });
    }
  }
  effects.push({ kind: 'release', bundle: bundle.id });
  return effects;
}
