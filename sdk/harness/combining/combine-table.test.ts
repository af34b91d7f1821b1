// What a bug here looks like: sums that are right for small inputs and wrong once the table is full.
import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import type { ElementCoder } from '#portability/coders/coder.js';
import { duration, type EventTime } from '#portability/model/time.js';
import { GLOBAL_WINDOW, intervalWindow, type Window } from '#portability/model/windows.js';
import { windowAssigner } from '../windows/assign-windows.js';
import { CombineTable, type CombineTableSetting } from './combine-table.js';

/** Writes the JSON text; enough for keys that are compared by their bytes. */
const json = {
  encode: (value: unknown, out: { string(text: string): void }) => {
    out.string(JSON.stringify(value));
  },
} as unknown as ElementCoder<unknown>;

const sum = {
  create: () => 0,
  add: (a: number, x: number) => a + x,
  merge: (a: number, b: number) => a + b,
  extract: (a: number) => a,
} as never;

const sumInList = {
  create: () => [0],
  add: (a: number[], x: number) => [a[0]! + x],
  merge: (a: number[], b: number[]) => [a[0]! + b[0]!],
  extract: ([n]: number[]) => n,
} as never;

type Evicted = readonly [
  key: unknown,
  accumulator: unknown,
  at: number,
  windows: readonly Window[],
  count: number,
];

function table(more: Partial<CombineTableSetting> = {}) {
  const evicted: Evicted[] = [];
  const combined = new CombineTable({
    fn: sum,
    keyCoder: json,
    accumulatorCoder: json,
    timestampCombiner: 'end-of-window',
    evict: (...entry) => evicted.push(entry),
    ...more,
  });
  const add = (key: unknown, x: number, t = 0, window: Window = GLOBAL_WINDOW): void => {
    combined.add(key, x, { timestamp: t as EventTime, windows: [window] });
  };
  return { combined, evicted, add };
}

describe('the table in front of a shuffle', () => {
  it('keeps one accumulator per key and window', () => {
    const { combined, evicted, add } = table();
    const hour = intervalWindow(0 as EventTime, 60 as EventTime);
    add('a', 1);
    add('a', 2, 5, hour);
    add('a', 4, 6, intervalWindow(0 as EventTime, 60 as EventTime));
    add('b', 8);
    combined.flush();
    expect(evicted.map(([key, a, at]) => [key, a, at])).toEqual([
      ['a', 1, GLOBAL_WINDOW.maxTimestamp],
      ['b', 8, GLOBAL_WINDOW.maxTimestamp],
      ['a', 6, 59],
    ]);
    expect(combined.size).toBe(0);
  });

  it('LATE-3: says how many elements are in what leaves', () => {
    const { combined, evicted, add } = table();
    for (let i = 0; i < 130; i++) add('a', 1);
    add('b', 5);
    combined.flush();
    add('a', 1);
    combined.flush();
    expect(evicted.map(([key, , , , count]) => [key, count])).toEqual([
      ['a', 130],
      ['b', 1],
      ['a', 1],
    ]);
  });

  it('compares composite keys by their encoding', () => {
    const { combined, evicted, add } = table();
    add(['x', 1], 1);
    add(['x', 1], 2);
    add('["x",1]', 4);
    combined.flush();
    expect(evicted.map(([key, a]) => [key, a])).toEqual([
      ['["x",1]', 4],
      [['x', 1], 3],
    ]);
  });

  it('keeps minus zero apart from zero, for the coder to refuse', () => {
    const { combined, evicted, add } = table({
      keyCoder: {
        encode: (key: unknown) => {
          if (Object.is(key, -0)) throw new RangeError('minus zero');
        },
      } as never,
    });
    expect(() => {
      add(-0, 1);
    }).toThrow('minus zero');
    combined.flush();
    expect(evicted).toEqual([]);
  });

  it.each([
    ['earliest', 3],
    ['latest', 9],
  ] as const)('stamps accumulators with the %s of their elements', (timestampCombiner, at) => {
    const { combined, evicted, add } = table({ timestampCombiner });
    for (const t of [5, 3, 9]) add('a', 1, t);
    combined.flush();
    expect(evicted[0]![2]).toBe(at);
  });

  it('makes room by evicting the oldest keys, and loses nothing', () => {
    const { combined, evicted, add } = table({ limitBytes: 64 * 1024 });
    for (let i = 0; i < 20_000; i++) add(`key ${String(i % 5_000)}`, 1);
    expect(evicted.length).toBeGreaterThan(0);
    expect(evicted[0]![0]).toBe('key 0');
    combined.flush();
    expect(evicted.reduce((n, [, a]) => n + (a as number), 0)).toBe(20_000);
  });

  it('begins anew in each bundle, in the order in which the keys of the bundle come', () => {
    const { combined, evicted, add } = table();
    const bundles = [['a', 'b', ['x']], [['x'], 'b', 'a', 'b'], ['c'], ['b', 'c', ['x']]];
    for (const keys of bundles) {
      for (const key of keys) add(key, 1);
      combined.flush();
    }
    expect(evicted.map(([key, n]) => [key, n])).toEqual([
      ['a', 1],
      ['b', 1],
      [['x'], 1],
      ['b', 2],
      ['a', 1],
      [['x'], 1],
      ['c', 1],
      ['b', 1],
      ['c', 1],
      [['x'], 1],
    ]);
  });

  it('keeps nothing of one bundle in the next, whatever the limit', () => {
    const window = fc.integer({ min: 0, max: 6 });
    const bundle = fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c', 1, [2]), window, fc.nat(9)));
    fc.assert(
      fc.property(
        fc.array(bundle, { maxLength: 8 }),
        fc.integer({ min: 1, max: 2_000 }),
        (bundles, limitBytes) => {
          const { combined, evicted, add } = table({ limitBytes });
          for (const elements of bundles) {
            const expected = new Map<string, number>();
            for (const [key, n, x] of elements) {
              add(key, x, n, intervalWindow(n as EventTime, (n + 1) as EventTime));
              const id = JSON.stringify([key, n]);
              expected.set(id, (expected.get(id) ?? 0) + x);
            }
            combined.flush();
            expect(combined.size).toBe(0);
            const found = new Map<string, number>();
            for (const [key, a, at] of evicted.splice(0)) {
              const id = JSON.stringify([key, at]);
              found.set(id, (found.get(id) ?? 0) + (a as number));
            }
            expect(found).toEqual(expected);
          }
        },
      ),
    );
  });

  it('notices one accumulator that grows', () => {
    const list = {
      create: () => [],
      add: (a: string[], x: string) => (a.push(x), a),
      merge: (a: string[], b: string[]) => a.concat(b),
      extract: (a: string[]) => a,
    } as never;
    const { evicted, add } = table({ fn: list, limitBytes: 100_000 });
    for (let i = 0; i < 50_000; i++) add('only', i);
    expect(evicted.length).toBeGreaterThan(2);
  });

  it('agrees with a map of sums, whatever the limit', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.oneof(fc.string(), fc.integer(), fc.boolean()), fc.integer())),
        fc.integer({ min: 1, max: 2_000 }),
        (pairs, limitBytes) => {
          const { combined, evicted, add } = table({ limitBytes });
          const expected = new Map<unknown, number>();
          for (const [key, x] of pairs) {
            add(key, x);
            expected.set(key, (expected.get(key) ?? 0) + x);
          }
          combined.flush();
          const found = new Map<unknown, number>();
          for (const [key, a] of evicted) found.set(key, (found.get(key) ?? 0) + (a as number));
          expect(found).toEqual(expected);
        },
      ),
    );
  });
});

describe('sliding windows in front of a shuffle', () => {
  /** Windows of 10 every 4: panes of 2. */
  const assign = windowAssigner(
    { kind: 'sliding', size: duration(10), period: duration(4), offset: duration(0) },
    new Map(),
  );
  const placeOf = (t: number) => ({
    timestamp: t as EventTime,
    windows: assign(t as EventTime, undefined),
  });
  const values = fc.array(
    fc.record({ key: fc.constantFrom('a', 'b', 'c'), t: fc.integer({ min: -30, max: 60 }) }),
    { minLength: 1, maxLength: 200 },
  );

  /** Sum and number of elements per key and window; an accumulator that leaves is in all of its windows. */
  function sumsOf(evicted: readonly Evicted[]): ReadonlyMap<string, readonly number[]> {
    const sums = new Map<string, readonly number[]>();
    for (const [key, accumulator, , windows, count] of evicted) {
      for (const window of windows) {
        const id = `${String(key)} ${JSON.stringify(window)}`;
        const [sum, n] = sums.get(id) ?? [0, 0];
        sums.set(id, [sum! + Number(accumulator), n! + count]);
      }
    }
    return sums;
  }

  it.each([
    ['folded at the end of the bundle', sum, Infinity],
    ['folded when the table is full', sum, 2000],
    // A list may be kept or changed by `merge`, so it is never put into several windows.
    ['not folded', sumInList, 2000],
  ])('agree with adding each element to each window, %s', (_, fn, limitBytes) => {
    fc.assert(
      fc.property(values, (elements) => {
        const { combined, evicted } = table({ fn, limitBytes });
        const naive: Evicted[] = [];
        for (const [i, { key, t }] of elements.entries()) {
          const windows = assign(t as EventTime, undefined);
          combined.add(key, i, { timestamp: t as EventTime, windows });
          naive.push([key, i, t, windows, 1]);
        }
        combined.flush();
        expect(combined.size).toBe(0);
        expect([...sumsOf(evicted)].sort()).toEqual([...sumsOf(naive)].sort());
      }),
    );
  });

  it('LFT-2: fold timestamps by their combiner', () => {
    const { combined, evicted } = table({ timestampCombiner: 'earliest' });
    for (const t of [3, 1, 6]) combined.add('a', 1, placeOf(t));
    combined.flush();
    const times = evicted.map(([, n, at, [window]]) => [window!.maxTimestamp, n, at]);
    expect(times.sort((a, b) => Number(a[0]) - Number(b[0]))).toEqual([
      [1, 1, 1],
      [5, 2, 1],
      [9, 3, 1],
      [13, 1, 6],
    ]);
  });

  it('leave as one element per key and window, not per key, pane and window', () => {
    const { combined, evicted } = table();
    for (let t = 0; t < 40; t++) combined.add('a', 1, placeOf(t));
    combined.flush();
    expect(evicted).toHaveLength(12);
    expect(evicted.every(([, , , windows]) => windows.length === 1)).toBe(true);
  });
});
