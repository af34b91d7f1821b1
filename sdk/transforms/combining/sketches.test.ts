// What a bug here looks like: an estimate outside of the error that is promised, or one that depends on how
// inputs were spread over accumulators.
import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { descriptionOf, type CombineFn } from '../../combine-fn.js';
import { approxDistinct, approxQuantiles, approxTop } from '../../index.js';
import { runTest } from '../../testing/index.js';
import { hashOf } from './value-hash.js';

/** Over `parts` accumulators that are merged one after the other. */
function combined<I, A, O>(combiner: CombineFn<I, A, O>, xs: readonly I[], parts = 1): O {
  const { fn } = descriptionOf(combiner)!;
  const accumulators = Array.from({ length: parts }, () => fn.create());
  for (const [i, x] of xs.entries()) accumulators[i % parts] = fn.add(accumulators[i % parts], x);
  return fn.extract(accumulators.reduce((a, b) => fn.merge(a, b))) as O;
}

const shuffled = (n: number): readonly number[] =>
  Array.from({ length: n }, (_, i) => (i * 7919) % n);

describe('approxQuantiles', () => {
  it('is exact for few inputs', () => {
    const quartiles = approxQuantiles(5, (x: number) => x);
    expect(combined(quartiles, shuffled(101))).toEqual([0, 25, 50, 75, 100]);
    expect(combined(quartiles, [7])).toEqual([7, 7, 7, 7, 7]);
    expect(combined(quartiles, [])).toEqual([]);
  });

  it.each([1, 7])('is within 1 %% of the rank for many, over %i accumulators', (parts) => {
    const n = 200_000;
    const percentiles = combined(
      approxQuantiles(101, (x: number) => x),
      shuffled(n),
      parts,
    );
    expect(percentiles).toHaveLength(101);
    expect(percentiles[0]).toBe(0);
    expect(percentiles[100]).toBe(n - 1);
    for (const [i, value] of percentiles.entries()) {
      expect(Math.abs(value / n - i / 100)).toBeLessThan(0.01);
    }
  });

  it('gives what lies between least and greatest, in order', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer(), { minLength: 1 }),
        fc.integer({ min: 2, max: 20 }),
        (xs, n) => {
          const quantiles = combined(
            approxQuantiles(n, (x: number) => x),
            xs,
            3,
          );
          expect(quantiles).toEqual([...quantiles].sort((a, b) => a - b));
          expect([quantiles[0], quantiles.at(-1)]).toEqual([Math.min(...xs), Math.max(...xs)]);
          for (const q of quantiles) expect(xs).toContain(q);
        },
      ),
    );
  });

  it('refuses fewer than two results', () => {
    expect(() => approxQuantiles(1, (x: number) => x)).toThrow('approxQuantiles is given 1');
  });
});

describe('approxDistinct', () => {
  it.each([0, 1, 10, 1_000, 5_000, 50_000, 200_000])('tells %i values from each other', (n) => {
    const xs = Array.from({ length: n }, (_, i) => `user ${String(i)}`);
    const estimate = combined(
      approxDistinct((x: string) => x),
      [...xs, ...xs.slice(0, 100)],
      3,
    );
    // Four times the standard error of 0.81 %.
    expect(Math.abs(estimate - n)).toBeLessThanOrEqual(0.033 * n);
  });

  it('is as exact for numbers and lists', () => {
    const xs = Array.from({ length: 20_000 }, (_, i) => i);
    for (const f of [(x: number) => x, (x: number) => [x % 100, BigInt(x)]]) {
      const estimate = combined(approxDistinct(f, { precision: 12 }), xs);
      expect(Math.abs(estimate - xs.length)).toBeLessThan(0.065 * xs.length);
    }
  });

  it('gives the same whether registers are few or all', () => {
    const xs = Array.from({ length: 3_000 }, (_, i) => i);
    const one = combined(
      approxDistinct((x: number) => x),
      xs,
    );
    expect(
      combined(
        approxDistinct((x: number) => x),
        xs,
        100,
      ),
    ).toBe(one);
  });

  it('refuses a precision out of range', () => {
    expect(() => approxDistinct((x: number) => x, { precision: 19 })).toThrow('is 19');
  });
});

describe('approxTop', () => {
  it('is exact for few values', () => {
    const words = ['a', 'b', 'a', 'c', 'a', 'b'];
    expect(
      combined(
        approxTop(2, (x: string) => x),
        words,
        2,
      ),
    ).toEqual([
      ['a', 3],
      ['b', 2],
    ]);
  });

  it.each([1, 5])('finds the frequent among many others, over %i accumulators', (parts) => {
    const xs = Array.from({ length: 60_000 }, (_, i) => (i % 3 === 0 ? i % 30 : 1_000 + i));
    const top = combined(
      approxTop(10, (x: number) => x),
      xs,
      parts,
    );
    expect(top.map(([value]) => value).sort((a, b) => a - b)).toEqual([
      0, 3, 6, 9, 12, 15, 18, 21, 24, 27,
    ]);
    for (const [, count] of top) {
      expect(count).toBeLessThanOrEqual(2_000);
      expect(count).toBeGreaterThan(2_000 - 60_000 / 160);
    }
  });

  it('refuses no results', () => {
    expect(() => approxTop(0, (x: string) => x)).toThrow('approxTop is given 0');
  });
});

describe('a hash of a value', () => {
  it('tells kinds of values and their order apart', () => {
    const values = [
      1,
      '1',
      1n,
      true,
      null,
      [1],
      [[1]],
      [1, 2],
      [2, 1],
      '',
      [],
      new Uint8Array([1]),
    ];
    const hashes = new Set(values.map((v) => JSON.stringify(hashOf(v))));
    expect(hashes.size).toBe(values.length);
    expect(hashOf(-0)).toEqual(hashOf(0));
  });
});

describe('sketches in a pipeline', () => {
  it('pass between stages as accumulators', async () => {
    const r = await runTest((p) => ({
      out: p
        .generateSequence({ to: 10_000 })
        .keyBy((n) => n % 2)
        .combine({
          quantiles: approxQuantiles(3, (n: number) => n),
          distinct: approxDistinct((n: number) => n % 100),
          top: approxTop(1, (n: number) => (n < 5_000 ? 'low' : n)),
        }),
    }));
    const even = new Map(r.out.values).get(0)!;
    expect(Math.abs(even.quantiles[1]! - 5_000)).toBeLessThan(100);
    expect(Math.abs(even.distinct - 50)).toBeLessThanOrEqual(2);
    const [[value, count]] = even.top as [['low', number]];
    expect(value).toBe('low');
    // Too low by 1/16 of the 5,000 inputs at most.
    expect(count).toBeLessThanOrEqual(2_500);
    expect(count).toBeGreaterThanOrEqual(2_500 - 5_000 / 16);
  });
});
