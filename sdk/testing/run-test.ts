import { StrahlError } from '#portability/errors.js';
import { isCollection } from '../collections/collection.js';
import { refusePromise } from '../graph/build-steps.js';
import { checkNamesOfCall } from '../graph/option-names.js';
import type { MetricsView } from '../metrics-view.js';
import type { PCollection } from '../collections/pcollection.js';
import { pipeline, type Pipeline } from '../pipeline.js';
import type { Root } from '../collections/root.js';
import type { JobResult } from '../result.js';
import type { Explanation, ExplainQuery, Runner } from '../runner.js';
import { collect } from './collect.js';
import { withSeed } from './seed.js';
import { DEFAULT_FAULTS } from './simulate.js';
import { testOutput, type Collected, type TestOutput } from './collected.js';

/**
 * How `runTest` runs.
 *
 * @example
 * ```ts
 * import { runTest, type RunTestOptions } from 'strahl/testing';
 * const seeds = [1, 2, 3].map((seed): RunTestOptions => ({ seed }));
 * const runs = seeds.map((o) => runTest((p) => ({ out: p.of([1, 2]).count() }), o));
 * ```
 */
export interface RunTestOptions {
  /**
   * Draws what a runner may do as it likes: how bundles are cut and in which order they run, which of them
   * fail and are tried again, which run twice or take their time. A pipeline that is right gives the same for
   * every seed, and the same seed gives the same run. A failure names its seed. The clock is simulated then.
   */
  readonly seed?: number;
  /**
   * Default: the direct runner with `checks`: a function that changes its element fails (STRAHL-4003), and so
   * does an element that does not come back from its bytes (STRAHL-5001, STRAHL-5007).
   */
  readonly runner?: Runner;
}

/** Names in the result that no output can have. */
const TAKEN: readonly string[] = ['dropped', 'metrics', 'explain', 'seed'];

/** The step that collects an output. */
const stepOf = (output: string): string => `collect ${output}`;

type Outputs = Readonly<Record<string, unknown>>;

/**
 * What `runTest` gives: the outputs of the build function by their names, and how the run went.
 *
 * @example
 * ```ts
 * import type { TestResult } from 'strahl/testing';
 * const lost = (r: TestResult<object>): number => r.dropped + r.metrics.counter('bad');
 * ```
 */
export type TestResult<R> = {
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- any boundedness and windowing
  readonly [K in keyof R]: R[K] extends PCollection<infer T, any, any> ? TestOutput<T> : never;
} & {
  /** Elements that came too late for their window, or when its trigger had finished. */
  readonly dropped: number;
  readonly metrics: MetricsView;
  /**
   * Why something is missing: what was dropped, and what never arrived.
   *
   * @throws STRAHL-9002 for a step that the pipeline does not have
   */
  explain(query?: ExplainQuery): Explanation;
  /** As it was given. */
  readonly seed?: number;
};

/**
 * Runs the pipeline that `build` describes, with checks on, and collects the collections that it returns, by name. Rejects with
 * the error of a failed run.
 *
 * @throws STRAHL-9002 for a `build` that is asynchronous or returns something other than collections by name
 * @example
 * ```ts
 * import { count, fixed } from 'strahl';
 * import { runTest } from 'strahl/testing';
 * const r = await runTest((p) => ({
 *   out: p.of([1, 2, 61]).withTimestamps((s) => s * 1000).window(fixed('1m')).combineGloballyWith(count()),
 * }));
 * console.log(r.out.values);
 * ```
 */
export async function runTest<R extends Outputs>(
  build: (p: Root) => R,
  o: RunTestOptions = {},
): Promise<TestResult<R>> {
  checkNamesOfCall('runTest', o, ['seed', 'runner'], runTest);
  const collected = new Map<string, Collected<unknown>[]>();
  const test = pipeline('test', (p) => {
    for (const [name, output] of outputsOf(build, p)) {
      if (TAKEN.includes(name) || name.includes('/') || !isCollection(output)) {
        throw notAnOutput(name);
      }
      const target: Collected<unknown>[] = [];
      collected.set(name, target);
      // The class has erased the element type, which the result has.
      collect(output as unknown as PCollection<unknown>, target, stepOf(name));
    }
  });
  const result = await runSeeded(test, o);
  const { metrics } = result;
  const seed = o.seed === undefined ? {} : { seed: o.seed };
  const outputs = [...collected].map(([name, elements]) => {
    const why = (): Explanation => result.explain({ step: stepOf(name) });
    return [name, testOutput(elements, { ...seed, explain: why })] as const;
  });
  const dropped =
    metrics.counter('droppedDueToLateness') + metrics.counter('droppedDueToClosedWindow');
  return Object.freeze({
    ...Object.fromEntries(outputs),
    dropped,
    metrics,
    explain: (query?: ExplainQuery) => result.explain(query),
    ...seed,
  }) as TestResult<R>;
}

async function runSeeded(test: Pipeline, { runner, seed }: RunTestOptions): Promise<JobResult> {
  try {
    return await test.run({}, { runner: runner ?? (await runnerFor(seed)) });
  } catch (error) {
    throw seed === undefined || runner !== undefined ? error : withSeed(error, seed);
  }
}

async function runnerFor(seed: number | undefined): Promise<Runner> {
  const { directRunner } = await import('#runners/direct/index.js');
  return directRunner({
    checks: true,
    ...(seed === undefined ? {} : { seed, faults: DEFAULT_FAULTS }),
  });
}

/** @throws STRAHL-9002 for what is not an object of collections, such as one of them, or a promise */
function outputsOf(build: (p: Root) => Outputs, p: Root): readonly (readonly [string, unknown])[] {
  const outputs: unknown = typeof (build as unknown) === 'function' ? build(p) : undefined;
  refusePromise(outputs, 'the build function of runTest');
  if (typeof outputs === 'object' && outputs !== null && !isCollection(outputs)) {
    return Object.entries(outputs);
  }
  throw new StrahlError('badValue', {
    title: 'runTest is given no function that returns collections by name',
    fix: 'runTest((p) => ({ out: collection }))',
  });
}

function notAnOutput(name: string): StrahlError {
  return new StrahlError('badValue', {
    title: `runTest cannot collect "${name}"`,
    why: `the build function returns an object of collections; ${TAKEN.join(', ')} are taken, and no name holds a /`,
    fix: 'return { out: collection }',
  });
}
