// What a histogram counts where. A bug here would look like a bound that is in the bucket before it.

import { describe, expect, it } from '@jest/globals';
import type { HistogramBuckets } from '#portability/fnapi/connection.js';
import { HistogramCell } from './histogram-cell.js';

function countsOf(buckets: HistogramBuckets, values: readonly number[]): readonly number[] {
  const cell = new HistogramCell('h', buckets);
  for (const value of values) cell.update(value);
  return [cell.count, ...cell.value().counts];
}

describe('a histogram', () => {
  it.each<[HistogramBuckets, readonly number[], readonly number[]]>([
    [
      { kind: 'linear', start: -1, width: 0.5, number: 3 },
      [-1.01, -1, -0.5, 0.4, 0.5, NaN],
      [6, 1, 1, 1],
    ],
    [{ kind: 'exponential', scale: 0, number: 3 }, [-1, 0, 1.9, 2, 4, 7.9, 8], [7, 2, 1, 2]],
    [{ kind: 'exponential', scale: -1, number: 3 }, [3.9, 4, 15.9, 16, 63.9, 64], [6, 1, 2, 2]],
    [{ kind: 'exponential', scale: 1, number: 3 }, [1.4, 1.42, 1.99, 2, 2.82, 2.83], [6, 1, 2, 2]],
  ])('of %j counts a value from a bound on: %j', (buckets, values, counts) => {
    expect(countsOf(buckets, values)).toEqual(counts);
  });

  it.each([-3, -2, -1, 0, 1, 2, 3])('of scale %i has each bound in its own bucket', (scale) => {
    const number = 12;
    const bounds = Array.from({ length: number }, (_, i) => (i === 0 ? 0 : 2 ** (i / 2 ** scale)));
    expect(countsOf({ kind: 'exponential', scale, number }, bounds)).toEqual([
      number,
      ...bounds.map(() => 1),
    ]);
  });

  it.each([
    undefined,
    { kind: 'linear', start: 0, width: 0, number: 3 },
    { kind: 'linear', start: NaN, width: 1, number: 3 },
    { kind: 'linear', start: 0, width: 1, number: 1e9 },
    { kind: 'exponential', scale: 4, number: 3 },
    { kind: 'other', number: 3 },
  ])('refuses %j as buckets', (buckets) => {
    expect(() => new HistogramCell('h', buckets as HistogramBuckets)).toThrow(
      'the histogram "h" is given buckets that are none',
    );
  });

  it('keeps the buckets that it had first', () => {
    const cell = new HistogramCell('h', { kind: 'linear', start: 0, width: 1, number: 2 });
    cell.check({ kind: 'linear', start: 0, width: 1, number: 2 });
    expect(() => cell.check({ kind: 'linear', start: 0, width: 2, number: 2 })).toThrow(
      'the histogram "h" is given two sets of buckets',
    );
  });
});
