import { mergeTries } from '#portability/fnapi/bounded-trie.js';
import type { Distribution, MetricUpdate } from '#portability/fnapi/connection.js';
import { addHistograms, nameOfBuckets } from '#portability/fnapi/histogram.js';

/** Sums of metrics: of every try in one, of committed bundles in the other (MET-1). */
export class MetricSums {
  readonly #sums = new Map<string, MetricUpdate>();

  add(updates: readonly MetricUpdate[]): void {
    for (const update of updates) {
      const name = nameOf(update);
      const known = this.#sums.get(name);
      this.#sums.set(name, known === undefined ? update : merge(known, update));
    }
  }

  snapshot(): readonly MetricUpdate[] {
    return [...this.#sums.values()];
  }

  /** Elements of a collection so far. */
  elementsOf(pcollection: string): number {
    const sum = this.#sums.get(nameOf({ kind: 'element-count', pcollection, value: 0 }));
    return sum?.kind === 'element-count' ? sum.value : 0;
  }
}

function nameOf(update: MetricUpdate): string {
  if (update.kind === 'event-time') return update.kind;
  return update.kind === 'element-count'
    ? JSON.stringify([update.kind, update.pcollection])
    : JSON.stringify([
        update.kind,
        update.transform,
        update.namespace,
        update.name,
        formOf(update),
      ]);
}

/** Histograms of different buckets cannot be added, and stay apart. */
function formOf(update: MetricUpdate): string | undefined {
  return update.kind === 'histogram' ? nameOfBuckets(update.value.buckets) : undefined;
}

/** Both are of the same kind: the kind is part of the name. */
function merge(a: MetricUpdate, b: MetricUpdate): MetricUpdate {
  if (a.kind === 'counter' && b.kind === 'counter') return { ...b, value: a.value + b.value };
  if (a.kind === 'element-count' && b.kind === 'element-count') {
    return { ...b, value: a.value + b.value };
  }
  if (a.kind === 'event-time' && b.kind === 'event-time') return b.value > a.value ? b : a;
  if (a.kind === 'distribution' && b.kind === 'distribution') {
    return { ...b, value: mergeDistributions(a.value, b.value) };
  }
  if (a.kind === 'gauge' && b.kind === 'gauge') return b.at >= a.at ? b : a;
  if (a.kind === 'string-set' && b.kind === 'string-set') {
    return { ...b, value: [...new Set([...a.value, ...b.value])] };
  }
  if (a.kind === 'bounded-trie' && b.kind === 'bounded-trie') {
    return { ...b, value: mergeTries(a.value, b.value) };
  }
  if (a.kind === 'histogram' && b.kind === 'histogram') {
    return { ...b, value: addHistograms(a.value, b.value) };
  }
  return b;
}

function mergeDistributions(a: Distribution, b: Distribution): Distribution {
  return {
    count: a.count + b.count,
    sum: a.sum + b.sum,
    min: Math.min(a.min, b.min),
    max: Math.max(a.max, b.max),
  };
}
