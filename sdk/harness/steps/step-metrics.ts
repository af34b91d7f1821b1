import type { Distribution, MetricUpdate } from '#portability/fnapi/connection.js';
import type { TransformId } from '#portability/model/ids.js';
import type { Counter, DistributionMetric, Gauge, Metrics, StringSet } from '../../dofn/dofn.js';

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
  }

  reset(): void {
    for (const cell of this.#counters.values()) cell.value = 0;
    for (const cell of this.#distributions.values()) cell.reset();
    for (const cell of this.#gauges.values()) cell.value = undefined;
    for (const cell of this.#stringSets.values()) cell.values.clear();
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
