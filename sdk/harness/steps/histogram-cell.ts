import { StrahlError } from '#portability/errors.js';
import type { Histogram, HistogramBuckets } from '#portability/fnapi/connection.js';
import { bucketOf, sameBuckets } from '#portability/fnapi/histogram.js';
import type { HistogramMetric } from '../../dofn/dofn.js';

/** Each bundle sends all of them. */
const MAX_BUCKETS = 10_000;
/** Of Beam's Java SDK. */
const MAX_SCALE = 3;

/** The histogram of one step on one instance of a stage. */
export class HistogramCell implements HistogramMetric {
  readonly #name: string;
  readonly #buckets: HistogramBuckets;
  readonly #counts: number[];
  count = 0;

  /** @throws STRAHL-9002 for buckets that are none */
  constructor(name: string, buckets: HistogramBuckets) {
    this.#name = name;
    this.#buckets = buckets;
    if (!areBuckets(buckets)) {
      throw new StrahlError('badValue', {
        title: `the histogram "${name}" is given buckets that are none: ${JSON.stringify(buckets)}`,
        fix: "say their bounds: { kind: 'linear', start: 0, width: 10, number: 20 } or { kind: 'exponential', scale: 0, number: 32 }",
      });
    }
    this.#counts = new Array<number>(buckets.number).fill(0);
  }

  /** @throws STRAHL-9002 for other buckets than the histogram has */
  check(buckets: HistogramBuckets): void {
    if (buckets === this.#buckets || sameBuckets(buckets, this.#buckets)) return;
    throw new StrahlError('badValue', {
      title: `the histogram "${this.#name}" is given two sets of buckets`,
      fix: 'give the second one another name',
    });
  }

  update(value: number): void {
    this.count++;
    const bucket = bucketOf(this.#buckets, value);
    if (bucket >= 0 && bucket < this.#counts.length) this.#counts[bucket]!++;
  }

  value(): Histogram {
    return { buckets: this.#buckets, count: this.count, counts: [...this.#counts] };
  }

  reset(): void {
    this.count = 0;
    this.#counts.fill(0);
  }
}

function areBuckets(buckets: Partial<HistogramBuckets> | null | undefined): boolean {
  const { number = 0 } = buckets ?? {};
  if (!Number.isInteger(number) || number < 1 || number > MAX_BUCKETS) return false;
  if (buckets?.kind === 'linear') {
    const { start, width = 0 } = buckets;
    return Number.isFinite(start) && Number.isFinite(width) && width > 0;
  }
  const { scale = NaN } = buckets as { readonly scale?: number };
  return buckets?.kind === 'exponential' && Number.isInteger(scale) && Math.abs(scale) <= MAX_SCALE;
}
