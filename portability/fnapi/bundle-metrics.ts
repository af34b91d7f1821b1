import type { TransformId } from '../model/ids.js';
import type { EventTime } from '../model/time.js';
import type { BoundedTrie } from './bounded-trie.js';
import type { Histogram } from './histogram.js';

/**
 * Count, sum, least and greatest of what a function observed.
 *
 * @example
 * ```ts
 * import type { Distribution } from 'strahl/portability';
 * const meanOf = ({ sum, count }: Distribution): number => sum / count;
 * ```
 */
export interface Distribution {
  readonly count: number;
  readonly sum: number;
  readonly min: number;
  readonly max: number;
}

/**
 * What a bundle adds to a user metric or to the element count of a PCollection, or the latest event time that
 * one of its functions gave to an element. A bundle over the wire does not tell the latter: Beam has no such metric.
 *
 * @example
 * ```ts
 * import type { MetricUpdate } from 'strahl/portability';
 * const total = (updates: readonly MetricUpdate[], name: string): number =>
 *   updates.reduce((sum, u) => (u.kind === 'counter' && u.name === name ? sum + u.value : sum), 0);
 * ```
 */
export type MetricUpdate =
  | (MetricName & { readonly kind: 'counter'; readonly value: number })
  | (MetricName & { readonly kind: 'distribution'; readonly value: Distribution })
  | (MetricName & { readonly kind: 'gauge'; readonly value: number; readonly at: number })
  | (MetricName & { readonly kind: 'string-set'; readonly value: readonly string[] })
  | (MetricName & { readonly kind: 'bounded-trie'; readonly value: BoundedTrie })
  | (MetricName & { readonly kind: 'histogram'; readonly value: Histogram })
  | { readonly kind: 'element-count'; readonly pcollection: string; readonly value: number }
  | { readonly kind: 'event-time'; readonly value: EventTime };

/**
 * Which metric of which step.
 *
 * @example
 * ```ts
 * import type { MetricName } from 'strahl/portability';
 * const fullName = ({ transform, namespace, name }: MetricName): string =>
 *   [transform, namespace, name].join(':');
 * ```
 */
export interface MetricName {
  readonly transform: TransformId;
  readonly namespace: string;
  readonly name: string;
}
