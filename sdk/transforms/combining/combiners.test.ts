// A combiner must not care how its inputs are spread over accumulators. A bug here would look like totals
// that change with the size of bundles.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { descriptionOf, type CombineFn } from '../../combine-fn.js';
import { s } from '../../schema/s.js';
import { approxDistinct } from './approx-distinct.js';
import { approxQuantiles } from './approx-quantiles.js';
import { approxTop } from './approx-top.js';
import { combineFn, count, max, mean, min, sum, toList, toMap, toSet } from './combiners.js';
import { composeCombiners } from './compose-combiners.js';
import { bottom, sample, sampleAny, top } from './selections.js';

function reduce(
  combiner: CombineFn<never, unknown, unknown>,
  parts: readonly (readonly unknown[])[],
): unknown {
  const { fn } = descriptionOf(combiner)!;
  const accumulators = parts.map((part) => part.reduce((a, x) => fn.add(a, x), fn.create()));
  const merged = accumulators.reduce((a, b) => fn.merge(a, b), fn.create());
  return fn.extract(fn.compact?.(merged) ?? merged);
}

const self = (x: number): number => x;

/** Name, combiner, and what it should give for a list of numbers, whatever the order. */
const ORACLES: readonly (readonly [
  string,
  CombineFn<number, unknown, unknown>,
  (xs: number[]) => unknown,
])[] = [
  ['count', count(), (xs) => xs.length],
  ['sum', sum(self), (xs) => xs.reduce((a, b) => a + b, 0)],
  ['min', min(self), (xs) => (xs.length === 0 ? undefined : Math.min(...xs))],
  ['max', max(self), (xs) => (xs.length === 0 ? undefined : Math.max(...xs))],
  ['mean', mean(self), (xs) => xs.reduce((a, b) => a + b, 0) / xs.length],
  ['top', top(3, self), (xs) => [...xs].sort((a, b) => b - a).slice(0, 3)],
  ['bottom', bottom(3, self), (xs) => [...xs].sort((a, b) => a - b).slice(0, 3)],
  ['toSet', toSet(self), (xs) => new Set(xs)],
  ['toMap', toMap((x: number) => [x, x] as const), (xs) => new Map(xs.map((x) => [x, x]))],
];

const integers = fc.array(fc.array(fc.integer({ min: -50, max: 50 }), { maxLength: 8 }), {
  maxLength: 5,
});

describe('oracle: spread over accumulators in any way, gives what the whole list gives:', () => {
  it.each(ORACLES)('%s', (_, combiner, oracle) => {
    fc.assert(
      fc.property(integers, (parts) => {
        expect(reduce(combiner, parts)).toEqual(oracle(parts.flat()));
      }),
    );
  });
});

describe('composed combiners', () => {
  it.each([0, 1, 2, 3, 4, 5, 7])('agree with %d single ones', (n) => {
    const chosen = ORACLES.slice(0, n);
    const composed = composeCombiners(chosen.map(([name, c]) => [name, descriptionOf(c)!]));
    const parts = [[3, 1, 2], [], [5, 3]];
    const { fn } = composed;
    const accumulators = parts.map((part) => part.reduce((a, x) => fn.add(a, x), fn.create()));
    const merged = accumulators.reduce((a, b) => fn.merge(a, b), fn.create());
    expect(fn.extract(merged)).toEqual(
      Object.fromEntries(chosen.map(([name, , oracle]) => [name, oracle(parts.flat())])),
    );
  });

  it('change their accumulator in place', () => {
    const { fn } = composeCombiners([['n', descriptionOf(count())!]]);
    const accumulator = fn.create();
    expect(fn.add(accumulator, 1)).toBe(accumulator);
  });
});

describe('top', () => {
  it('keeps the earlier of equal elements in front', () => {
    const items = [
      { k: 1, id: 'a' },
      { k: 1, id: 'b' },
      { k: 2, id: 'c' },
    ];
    const best = reduce(
      top(2, (x: { k: number }) => x.k),
      [items],
    );
    expect(best).toEqual([items[2], items[0]]);
  });

  it('refuses a negative number of results, and says where', () => {
    expect(() => top(-1, self)).toThrow(
      expect.objectContaining({
        code: 'STRAHL-9002',
        site: expect.stringContaining('combiners.test.ts'),
      }),
    );
  });
});

describe('samples', () => {
  const all = Array.from({ length: 1000 }, (_, i) => i);

  it('are repeatable by their seed, without an element twice', () => {
    const draw = (seed: number): unknown => reduce(sample(10, seed), [all]);
    expect(draw(7)).toEqual(draw(7));
    expect(draw(7)).not.toEqual(draw(8));
    expect(new Set(draw(7) as number[]).size).toBe(10);
  });

  it('give every part of the input its chance', () => {
    const drawn = reduce(sample(200, 1), [all.slice(0, 500), all.slice(500)]) as number[];
    const late = drawn.filter((x) => x >= 500).length;
    expect(late).toBeGreaterThan(60);
    expect(late).toBeLessThan(140);
  });

  it('of any elements are as many as asked for', () => {
    expect(reduce(sampleAny(3) as never, [all, all])).toHaveLength(3);
    expect(reduce(sampleAny(3) as never, [[1]])).toEqual([1]);
  });
});

describe('combineFn and toList', () => {
  it('run the functions they are given', () => {
    const longest = combineFn({
      accumulator: s.string,
      create: () => '',
      add: (a, x: string) => (x.length > a.length ? x : a),
      merge: (a, b) => (b.length > a.length ? b : a),
      extract: (a) => a.length,
    });
    expect(reduce(longest as never, [['a', 'abc'], ['ab']])).toBe(3);
    expect(reduce(toList((x: number) => x * 2) as never, [[1], [2, 3]])).toEqual([2, 4, 6]);
  });
});

it.each<readonly [string, (...args: never[]) => unknown, readonly unknown[]]>([
  ['sum', sum, []],
  ['mean', mean, ['bytes']],
  ['min', min, [undefined]],
  ['max', max, [null]],
  ['toList', toList, ['name']],
  ['toSet', toSet, []],
  ['toMap', toMap, []],
  ['top', top, [3]],
  ['bottom', bottom, [3, 'bytes']],
  ['approxDistinct', approxDistinct, []],
  ['approxQuantiles', approxQuantiles, [3]],
  ['approxTop', approxTop, [3]],
])('%s without its function is refused where it is called', (name, combinerOf, args) => {
  expect(() => combinerOf(...(args as never[]))).toThrow(
    expect.objectContaining({
      code: 'STRAHL-9002',
      title: expect.stringMatching(`^${name} is given .* instead of a function$`),
      site: expect.stringContaining('combiners.test.ts'),
    }),
  );
});
