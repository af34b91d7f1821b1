import type { Faults } from '#runners/direct/index.js';
import { StrahlError } from '#portability/errors.js';
import { checkNamesOfCall } from '../graph/option-names.js';
import type { NoOptions, Pipeline, RunOptions } from '../pipeline.js';
import { descriptionOfPipeline } from '../pipeline-description.js';
import { withSeed } from './seed.js';

/**
 * What `simulate` varies.
 *
 * @example
 * ```ts
 * import { pipeline } from 'strahl';
 * import { simulate, type SimulateOptions } from 'strahl/testing';
 * const lossy: SimulateOptions<object> = { seeds: 200, faults: { lost: 0.1, repeated: 0.1 } };
 * const counting = pipeline('counting', (p) => p.of([1, 2, 3]).count());
 * const proven = simulate(counting, lossy);
 * ```
 */
export interface SimulateOptions<O> {
  /** How many seeds, from 1 on, or just these. Default 100. */
  readonly seeds?: number | readonly number[];
  /** How often bundles go wrong. Default: each now and then. */
  readonly faults?: Faults;
  /** Options of the pipeline. */
  readonly options?: O;
  /** Tries of a bundle, for functions that may fail by themselves. Default 1. */
  readonly maxBundleAttempts?: number;
}

const OPTION_NAMES = ['seeds', 'faults', 'options', 'maxBundleAttempts'];
const SEEDS = 100;
/** Often enough to meet what goes wrong once in a while, seldom enough to get on. */
export const DEFAULT_FAULTS: Faults = Object.freeze({ lost: 0.1, repeated: 0.1, delayed: 0.3 });

/**
 * Runs a pipeline under many seeds, each of which cuts and orders the bundles in another way, lets some fail
 * and some run twice, and jumps over all waiting. What must be true of every run is said inside the pipeline,
 * by `assertThat`.
 *
 * @returns how many runs there were. Rejects with the failure of the first seed that failed, which names it
 * @throws STRAHL-9002 for no seed
 * @example
 * ```ts
 * import { pipeline, sum } from 'strahl';
 * import { assertThat, simulate } from 'strahl/testing';
 * const total = pipeline('total', (p) => {
 *   assertThat(p.of([1, 2, 3]).reshuffle().combineGloballyWith(sum((n) => n))).containsInAnyOrder(6);
 * });
 * await simulate(total, { seeds: 20 });
 * await simulate(total, { seeds: [7] });
 * ```
 */
export async function simulate<O = NoOptions>(
  pipeline: Pipeline<O>,
  o: SimulateOptions<O> = {},
): Promise<number> {
  checkNamesOfCall('simulate', o, OPTION_NAMES, simulate);
  if (descriptionOfPipeline(pipeline) === undefined) {
    throw new StrahlError('badValue', {
      title: 'simulate is given no pipeline',
      fix: "simulate(pipeline('name', (p) => …), { seeds: 100 })",
    });
  }
  const { seeds = SEEDS, faults = DEFAULT_FAULTS, maxBundleAttempts = 1, options } = o;
  const list = typeof seeds === 'number' ? Array.from({ length: seeds }, (_, i) => i + 1) : seeds;
  if (!(list.length > 0 && list.every(Number.isSafeInteger))) {
    throw new StrahlError('badValue', {
      title: 'simulate is given no seed',
      fix: 'give a number of seeds, or a list of whole numbers',
    });
  }
  const { directRunner } = await import('#runners/direct/index.js');
  // Its options are those that it was given, if it has any.
  const run = (r: RunOptions): Promise<unknown> => (pipeline as Pipeline).run(options ?? {}, r);
  for (const seed of list) {
    const runner = directRunner({ seed, faults, maxBundleAttempts, checks: true });
    await run({ runner }).catch((error: unknown) => {
      throw withSeed(error, seed);
    });
  }
  return list.length;
}
