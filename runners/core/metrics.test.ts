import { expect, it } from '@jest/globals';
import type { MetricUpdate } from '#portability/fnapi/connection.js';
import { MetricSums } from './metrics.js';

const NAME = { transform: 't' as never, namespace: 'n', name: 'm' };

const path = (...segments: readonly string[]) => ({ segments, truncated: false });
const TENS = { kind: 'linear', start: 0, width: 10, number: 2 } as const;

// prettier-ignore
it.each<readonly [string, MetricUpdate, MetricUpdate, unknown]>([
  ['counters add up', { ...NAME, kind: 'counter', value: 2 }, { ...NAME, kind: 'counter', value: -5 }, -3],
  ['element counts add up', { kind: 'element-count', pcollection: 'p', value: 2 }, { kind: 'element-count', pcollection: 'p', value: 3 }, 5],
  [
    'distributions keep their extremes',
    { ...NAME, kind: 'distribution', value: { count: 2, sum: 5, min: 1, max: 4 } },
    { ...NAME, kind: 'distribution', value: { count: 1, sum: 9, min: 9, max: 9 } },
    { count: 3, sum: 14, min: 1, max: 9 },
  ],
  ['the latest gauge wins', { ...NAME, kind: 'gauge', value: 7, at: 20 }, { ...NAME, kind: 'gauge', value: 1, at: 10 }, 7],
  ['string sets unite', { ...NAME, kind: 'string-set', value: ['a', 'b'] }, { ...NAME, kind: 'string-set', value: ['b', 'c'] }, ['a', 'b', 'c']],
  [
    'bounded tries unite within the smaller bound',
    { ...NAME, kind: 'bounded-trie', value: { bound: 2, paths: [path('a', '1'), path('b')] } },
    { ...NAME, kind: 'bounded-trie', value: { bound: 9, paths: [path('a', '2'), path('b')] } },
    { bound: 2, paths: [{ segments: ['a'], truncated: true }, path('b')] },
  ],
  [
    'histograms add up',
    { ...NAME, kind: 'histogram', value: { buckets: TENS, count: 4, counts: [1, 2] } },
    { ...NAME, kind: 'histogram', value: { buckets: TENS, count: 6, counts: [3, 3] } },
    { buckets: TENS, count: 10, counts: [4, 5] },
  ],
])('%s', (_, first, second, value) => {
  const sums = new MetricSums();
  sums.add([first]);
  sums.add([second]);
  expect(sums.snapshot()).toMatchObject([{ value }]);
});

it('metrics of other names, kinds or buckets stay apart', () => {
  const sums = new MetricSums();
  sums.add([{ ...NAME, kind: 'counter', value: 1 }]);
  sums.add([{ ...NAME, name: 'other', kind: 'counter', value: 2 }]);
  sums.add([{ ...NAME, kind: 'gauge', value: 3, at: 0 }]);
  sums.add([
    { ...NAME, kind: 'histogram', value: { buckets: TENS, count: 1, counts: [1, 0] } },
    {
      ...NAME,
      kind: 'histogram',
      value: { buckets: { ...TENS, width: 5 }, count: 1, counts: [0, 1] },
    },
  ]);
  expect(sums.snapshot()).toHaveLength(5);
});
