import type { MetricUpdate } from './connection.js';

/*
 * What a bundle counted before it failed. Such metrics are attempted and never committed (MET-1). They
 * stand beside the error and not in it: whoever throws may throw anything, and people read errors.
 */
const COUNTED = new WeakMap<object, readonly MetricUpdate[]>();

/** Remembers what the bundle that failed with `error` had counted. */
export function noteFailedMetrics(error: unknown, metrics: readonly MetricUpdate[]): void {
  if (typeof error === 'object' && error !== null && metrics.length > 0)
    COUNTED.set(error, metrics);
}

/** What the bundle that failed with `error` had counted; nothing if nobody knows. */
export function failedMetrics(error: unknown): readonly MetricUpdate[] {
  return typeof error === 'object' && error !== null ? (COUNTED.get(error) ?? []) : [];
}
