/**
 * The buckets of a histogram: `number` of them, from `start` on, each `width` wide; or with the bounds 0, b, b², b³ …,
 * where b = 2^(2^-scale).
 *
 * @example
 * ```ts
 * import type { HistogramBuckets } from 'strahl/portability';
 * const seconds: HistogramBuckets = { kind: 'linear', start: 0, width: 1_000, number: 60 };
 * const powersOfTwo: HistogramBuckets = { kind: 'exponential', scale: 0, number: 32 };
 * ```
 */
export type HistogramBuckets =
  | {
      readonly kind: 'linear';
      readonly start: number;
      readonly width: number;
      readonly number: number;
    }
  | { readonly kind: 'exponential'; readonly scale: number; readonly number: number };

/**
 * How many values were in each bucket. `count` is that of all values, also of those below the first or beyond the
 * last one.
 *
 * @example
 * ```ts
 * import type { Histogram } from 'strahl/portability';
 * const outside = ({ count, counts }: Histogram): number =>
 *   count - counts.reduce((sum, n) => sum + n, 0);
 * ```
 */
export interface Histogram {
  readonly buckets: HistogramBuckets;
  readonly count: number;
  /** As many as there are buckets. */
  readonly counts: readonly number[];
}

export function sameBuckets(a: HistogramBuckets, b: HistogramBuckets): boolean {
  return nameOfBuckets(a) === nameOfBuckets(b);
}

/** Of equal buckets the same text. */
export function nameOfBuckets(buckets: HistogramBuckets): string {
  const { kind, number } = buckets;
  const bounds = kind === 'linear' ? [buckets.start, buckets.width] : [buckets.scale];
  return [kind, ...bounds, number].join(' ');
}

/** Both have the same buckets. */
export function addHistograms(a: Histogram, b: Histogram): Histogram {
  const counts = a.counts.map((n, i) => n + (b.counts[i] ?? 0));
  return { buckets: a.buckets, count: a.count + b.count, counts };
}

/** Where `value` belongs; below 0 or `number` and beyond where it is outside. */
export function bucketOf(buckets: HistogramBuckets, value: number): number {
  if (buckets.kind === 'linear') return Math.floor((value - buckets.start) / buckets.width);
  if (value < 0) return -1;
  if (value < boundAt(1, buckets.scale)) return 0;
  const index = Math.floor(Math.log2(value) * 2 ** buckets.scale);
  // The logarithm of a bound may be rounded to either side of it.
  if (boundAt(index + 1, buckets.scale) <= value) return index + 1;
  return boundAt(index, buckets.scale) > value ? index - 1 : index;
}

/** Where an exponential bucket begins: exact at each power of two. */
function boundAt(index: number, scale: number): number {
  return 2 ** (index / 2 ** scale);
}
