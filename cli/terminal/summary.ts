import { formatDuration } from '#portability/model/time.js';
import type { MetricsView, StepMetric } from '#sdk/metrics-view.js';
import { bytesText, elementsText } from './progress.js';

/** The metrics of a finished job, one line each, steps aligned. */
export function metricLines(metrics: MetricsView): string[] {
  const rows = metrics
    .all()
    .map((metric) => [metric.step, metric.name, valueText(metric)])
    .sort(([a = ''], [b = '']) => (a < b ? -1 : Number(a > b)));
  const widths = [0, 1].map((column) => Math.max(0, ...rows.map((row) => row[column]!.length)));
  return rows.map((row) => `  ${row.map((cell, n) => cell.padEnd(widths[n] ?? 0)).join('  ')}`);
}

/** What a job has done in all. */
export interface Totals {
  readonly seconds: number;
  readonly elements: number;
  readonly bytes: number;
}

export function totalsText({ seconds, elements, bytes }: Totals): string {
  const read = bytes > 0 ? ` · ${bytesText(bytes)} read` : '';
  return `${formatDuration(seconds * 1000)} · ${elementsText(elements)}${read}`;
}

/** A metric as the fields of a `--json` line. */
export function metricFields(metric: StepMetric): Readonly<Record<string, unknown>> {
  const { step, name, kind, value } = metric;
  return { step, name, kind, value };
}

function valueText(metric: StepMetric): string {
  switch (metric.kind) {
    case 'counter':
    case 'gauge':
      return String(metric.value);
    case 'distribution': {
      const { count, sum, min, max } = metric.value;
      return count === 0 ? 'none' : `${count} values, ${min} … ${max}, mean ${round(sum / count)}`;
    }
    case 'string-set':
      return [...metric.value].sort().join(', ');
    case 'bounded-trie':
      return metric.value.paths
        .map(({ segments, truncated }) => segments.join('/') + (truncated ? '/…' : ''))
        .sort()
        .join(', ');
    case 'histogram':
      return `${metric.value.count} values in ${metric.value.buckets.number} buckets`;
  }
}

function round(x: number): number {
  return Math.round(x * 1000) / 1000;
}
