import { PathTrie } from '#portability/fnapi/bounded-trie.js';
import type {
  Distribution,
  HistogramBuckets,
  MetricUpdate,
} from '#portability/fnapi/connection.js';
import type { TransformId } from '#portability/model/ids.js';
import type {
  BoundedTrieMetric,
  Counter,
  DistributionMetric,
  Gauge,
  HistogramMetric,
  Metrics,
  StringSet,
} from '../../dofn/dofn.js';
import { HistogramCell } from './histogram-cell.js';

/** The namespace of metrics that a user's function made. */
const USER_METRICS = 'user';

/**
 * The user metrics of one step on one instance of a stage. Cells live as long as the instance, so a
 * function may keep them; `drain` gives what a bundle added and starts the next one at nothing.
 */
export class StepMetrics implements Metrics {
  readonly #counters = new Map<string, CounterCell>();
  readonly #distributions = new Map<string, DistributionCell>();
  readonly #gauges = new Map<string, GaugeCell>();
  readonly #stringSets = new Map<string, StringSetCell>();
  readonly #tries = new Map<string, PathTrie>();
  readonly #histograms = new Map<string, HistogramCell>();
  /** Milliseconds since the epoch, for gauges. */
  now: () => number = () => 0;

  counter(name: string): Counter {
    return cellOf(this.#counters, name, () => new CounterCell());
  }

  distribution(name: string): DistributionMetric {
    return cellOf(this.#distributions, name, () => new DistributionCell());
  }

  gauge(name: string): Gauge {
    return cellOf(this.#gauges, name, () => new GaugeCell(() => this.now()));
  }

  stringSet(name: string): StringSet {
    return cellOf(this.#stringSets, name, () => new StringSetCell());
  }

  boundedTrie(name: string): BoundedTrieMetric {
    return cellOf(this.#tries, name, () => new PathTrie());
  }

  histogram(name: string, buckets: HistogramBuckets): HistogramMetric {
    const cell = cellOf(this.#histograms, name, () => new HistogramCell(name, buckets));
    cell.check(buckets);
    return cell;
  }

  /** Appends what was added since the last `reset`. */
  collect(transform: TransformId, out: MetricUpdate[]): void {
    const base = { transform, namespace: USER_METRICS };
    for (const [name, { value }] of this.#counters) {
      if (value !== 0) out.push({ ...base, name, kind: 'counter', value });
    }
    for (const [name, cell] of this.#distributions) {
      if (cell.count > 0) out.push({ ...base, name, kind: 'distribution', value: cell.value() });
    }
    for (const [name, { value, at }] of this.#gauges) {
      if (value !== undefined) out.push({ ...base, name, kind: 'gauge', value, at });
    }
    for (const [name, { values }] of this.#stringSets) {
      if (values.size > 0) out.push({ ...base, name, kind: 'string-set', value: [...values] });
    }
    for (const [name, trie] of this.#tries) {
      if (trie.size > 0) out.push({ ...base, name, kind: 'bounded-trie', value: trie.value() });
    }
    for (const [name, cell] of this.#histograms) {
      if (cell.count > 0) out.push({ ...base, name, kind: 'histogram', value: cell.value() });
    }
  }

  reset(): void {
    for (const cell of this.#counters.values()) cell.value = 0;
    for (const cell of this.#distributions.values()) cell.reset();
    for (const cell of this.#gauges.values()) cell.value = undefined;
    for (const cell of this.#stringSets.values()) cell.values.clear();
    for (const trie of this.#tries.values()) trie.clear();
    for (const cell of this.#histograms.values()) cell.reset();
  }
}

function cellOf<C>(cells: Map<string, C>, name: string, create: () => C): C {
  let cell = cells.get(name);
  if (cell === undefined) cells.set(name, (cell = create()));
  return cell;
}

class CounterCell implements Counter {
  value = 0;
  inc(by = 1): void {
    this.value += by;
  }
}

class DistributionCell implements DistributionMetric {
  count = 0;
  sum = 0;
  min = Infinity;
  max = -Infinity;

  update(value: number): void {
    this.count++;
    this.sum += value;
    if (value < this.min) this.min = value;
    if (value > this.max) this.max = value;
  }

  value(): Distribution {
    const { count, sum, min, max } = this;
    return { count, sum, min, max };
  }

  reset(): void {
    this.count = 0;
    this.sum = 0;
    this.min = Infinity;
    this.max = -Infinity;
  }
}

class GaugeCell implements Gauge {
  value: number | undefined = undefined;
  at = 0;
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  set(value: number): void {
    this.value = value;
    this.at = this.#now();
  }
}

class StringSetCell implements StringSet {
  readonly values = new Set<string>();
  add(value: string): void {
    this.values.add(value);
  }
}
