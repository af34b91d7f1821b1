import { mergeTries } from '#portability/fnapi/bounded-trie.js';
import type {
  BoundedTrie,
  Distribution,
  Histogram,
  MetricName,
  MetricUpdate,
  TriePath,
} from '#portability/fnapi/connection.js';
import { addHistograms, sameBuckets } from '#portability/fnapi/histogram.js';
import type { TransformId } from '#portability/model/ids.js';
import type { MetricSnapshot } from './runner.js';

/**
 * Which metrics are meant: those of one step, or also of attempts that failed.
 *
 * @example
 * ```ts
 * import type { MetricFilter, MetricsView } from 'strahl';
 * const tried: MetricFilter = { step: 'parse', kind: 'attempted' };
 * const attempts = (metrics: MetricsView): number => metrics.counter('lines', tried);
 * ```
 */
export interface MetricFilter {
  /** Full name of the step. Default: the metric of that name summed over all steps. */
  readonly step?: string;
  /** `'attempted'` counts failed bundles too. Default `'committed'`. */
  readonly kind?: 'committed' | 'attempted';
}

/**
 * One metric of one step.
 *
 * @example
 * ```ts
 * import type { StepMetric } from 'strahl';
 * const isOf = (step: string) => (metric: StepMetric) => metric.step === step;
 * ```
 */
export type StepMetric = Extract<MetricUpdate, MetricName> & {
  readonly step: string;
};

/**
 * The metrics of a job, by name.
 *
 * @example
 * ```ts
 * import type { MetricsView } from 'strahl';
 * const badLines = (metrics: MetricsView): number => metrics.counter('bad', { step: 'parse' });
 * ```
 */
export interface MetricsView {
  /** 0 for a counter that nobody has increased. */
  counter(name: string, filter?: MetricFilter): number;
  /** Count 0 for a distribution without values. */
  distribution(name: string, filter?: MetricFilter): Distribution;
  /** The value set last; `undefined` if none was. */
  gauge(name: string, filter?: MetricFilter): number | undefined;
  /** All strings that were added; empty if there were none. */
  stringSet(name: string, filter?: MetricFilter): ReadonlySet<string>;
  /** Those of several steps in one, within the smallest bound. */
  boundedTrie(name: string, filter?: MetricFilter): readonly TriePath[];
  /**
   * `undefined` for a histogram without values. Where steps have given different buckets to one name, those of the
   * first step: filter by step then.
   */
  histogram(name: string, filter?: MetricFilter): Histogram | undefined;
  /** Elements that went from a step to another stage; steps of one stage hand theirs on uncounted. */
  elements(step: string): number;
  /** All metrics, step by step. */
  all(filter?: MetricFilter): readonly StepMetric[];
}

const NO_VALUES: Distribution = Object.freeze({ count: 0, sum: 0, min: Infinity, max: -Infinity });

/**
 * Looks metrics up in `snapshot`; `steps` gives the names of its transforms, `producers` the step that made
 * each of its collections.
 */
export function metricsView(
  snapshot: MetricSnapshot,
  steps: ReadonlyMap<TransformId, string>,
  producers: ReadonlyMap<string, string>,
): MetricsView {
  const all = (filter: MetricFilter = {}): readonly StepMetric[] =>
    snapshot[filter.kind ?? 'committed'].flatMap((update) => {
      if (!('transform' in update)) return [];
      const step = steps.get(update.transform) ?? update.transform;
      return filter.step === undefined || filter.step === step ? [{ ...update, step }] : [];
    });
  const find = <K extends StepMetric['kind']>(
    kind: K,
    name: string,
    filter: MetricFilter | undefined,
  ): readonly Extract<StepMetric, { readonly kind: K }>[] =>
    all(filter).filter(
      (m): m is Extract<StepMetric, { readonly kind: K }> => m.kind === kind && m.name === name,
    );
  return Object.freeze({
    all,
    counter: (name: string, f?: MetricFilter) =>
      find('counter', name, f).reduce((sum, m) => sum + m.value, 0),
    distribution: (name: string, f?: MetricFilter) =>
      find('distribution', name, f).reduce((sum, m) => added(sum, m.value), NO_VALUES),
    gauge: (name: string, f?: MetricFilter) =>
      find('gauge', name, f).reduce<{ value?: number; at: number }>(
        (last, m) => (m.at >= last.at ? m : last),
        { at: -Infinity },
      ).value,
    stringSet: (name: string, f?: MetricFilter) =>
      new Set(find('string-set', name, f).flatMap((m) => m.value)),
    boundedTrie: (name: string, f?: MetricFilter) =>
      triesIn(find('bounded-trie', name, f).map((m) => m.value)),
    histogram: (name: string, f?: MetricFilter) =>
      histogramIn(find('histogram', name, f).map((m) => m.value)),
    elements: (step: string) => elementsOf(snapshot, producers, step),
  });
}

function triesIn([first, ...others]: readonly BoundedTrie[]): readonly TriePath[] {
  return first === undefined ? [] : others.reduce(mergeTries, first).paths;
}

function histogramIn([first, ...others]: readonly Histogram[]): Histogram | undefined {
  if (first === undefined) return undefined;
  return others.filter((h) => sameBuckets(h.buckets, first.buckets)).reduce(addHistograms, first);
}

function added(a: Distribution, b: Distribution): Distribution {
  return {
    count: a.count + b.count,
    sum: a.sum + b.sum,
    min: Math.min(a.min, b.min),
    max: Math.max(a.max, b.max),
  };
}

function elementsOf(
  snapshot: MetricSnapshot,
  producers: ReadonlyMap<string, string>,
  step: string,
): number {
  let sum = 0;
  for (const update of snapshot.committed) {
    if (update.kind === 'element-count' && producers.get(update.pcollection) === step) {
      sum += update.value;
    }
  }
  return sum;
}
