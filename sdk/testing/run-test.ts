import { StrahlError } from '#portability/errors.js';
import { isCollection } from '../collections/collection.js';
import type { MetricsView } from '../metrics-view.js';
import type { PCollection } from '../collections/pcollection.js';
import { pipeline } from '../pipeline.js';
import type { Root } from '../collections/root.js';
import type { Runner } from '../runner.js';
import { collect } from './collect.js';
import { testOutput, type Collected, type TestOutput } from './collected.js';

/** How `runTest` runs. */
export interface RunTestOptions {
  /** Draws sizes of bundles and the order of work. The same seed gives the same run. */
  readonly seed?: number;
  /** Default: the direct runner with `checks`: a function that changes its element fails (STRAHL-4003). */
  readonly runner?: Runner;
}

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
  /** Elements that came too late for their window. */
  readonly dropped: number;
  readonly metrics: MetricsView;
};

/**
 * Runs the pipeline that `build` describes and collects the collections it returns. Rejects with the error
 * of a failed run.
 *
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
  const collected = new Map<string, Collected<unknown>[]>();
  const test = pipeline('test', (p) => {
    for (const [name, output] of Object.entries(build(p))) {
      if (name === 'dropped' || name === 'metrics' || !isCollection(output)) {
        throw notAnOutput(name);
      }
      const target: Collected<unknown>[] = [];
      collected.set(name, target);
      // The class has erased the element type, which the result has.
      collect(output as unknown as PCollection<unknown>, target);
    }
  });
  const { metrics } = await test.run({}, { runner: o.runner ?? (await runnerFor(o.seed)) });
  const outputs = [...collected].map(([name, elements]) => [name, testOutput(elements)]);
  const dropped = metrics.counter('droppedDueToLateness');
  return Object.freeze({ ...Object.fromEntries(outputs), dropped, metrics }) as TestResult<R>;
}

async function runnerFor(seed: number | undefined): Promise<Runner> {
  const { directRunner } = await import('#runners/direct/index.js');
  return directRunner({ checks: true, ...(seed === undefined ? {} : { seed }) });
}

function notAnOutput(name: string): StrahlError {
  return new StrahlError('badValue', {
    title: `runTest cannot collect "${name}"`,
    why: 'the build function returns an object of collections; dropped and metrics are taken',
    fix: 'return { out: collection }',
  });
}
