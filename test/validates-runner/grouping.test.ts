import { expect, it } from '@jest/globals';
import {
  coGroupByKey,
  count,
  fixed,
  globalWindow,
  max,
  mean,
  sessions,
  sliding,
  sum,
  toList,
  top,
} from 'strahl';
import { runTest } from 'strahl/testing';
import { sorted } from './in-order.js';
import { onEveryRunner } from './runners.js';

const at = (second: number): number => second * 1000;

onEveryRunner('grouping', (runner) => {
  it('GBK-1: gathers all values of a key, whatever the type of the key', async () => {
    const keys = ['a', 7, true, null, 12345678901234567890n, ['x', 1]] as const;
    const r = await runTest(
      (p) => ({
        out: p
          .of([...keys, ...keys])
          .keyBy((k) => k)
          .groupByKey()
          .map(async ([key, values]) => [String(key), (await values.toArray()).length]),
      }),
      { runner: runner() },
    );
    expect(sorted(r.out.values)).toEqual(sorted(keys.map((k) => [String(k), 2])));
  });

  it('lets a group be iterated as often as one likes', async () => {
    const r = await runTest(
      (p) => ({
        out: p
          .of([1, 2, 3])
          .keyBy(() => 'k')
          .groupByKey()
          .map(async ([, values]) => {
            let total = 0;
            for await (const v of values) total += v;
            for await (const v of values) total += v;
            return total;
          }),
      }),
      { runner: runner() },
    );
    expect(r.out.values).toEqual([12]);
  });

  it('combines per key, several combiners at once', async () => {
    const r = await runTest(
      (p) => ({
        out: p
          .of([
            { user: 'a', n: 1 },
            { user: 'b', n: 5 },
            { user: 'a', n: 3 },
          ])
          .keyBy('user')
          .combine({
            n: count(),
            total: sum((x) => x.n),
            most: max((x) => x.n),
            average: mean((x) => x.n),
            best: top(1, (x) => x.n),
          }),
      }),
      { runner: runner() },
    );
    expect(sorted(r.out.values)).toEqual([
      ['a', { n: 2, total: 4, most: 3, average: 2, best: [{ user: 'a', n: 3 }] }],
      ['b', { n: 1, total: 5, most: 5, average: 5, best: [{ user: 'b', n: 5 }] }],
    ]);
  });

  it('LFT-3: a global combine of nothing gives the empty value in the global window', async () => {
    const r = await runTest(
      (p) => ({
        empty: p.of<number>([]).combineGlobally({ n: count() }),
        none: p.of<number>([]).combineGlobally({ n: count() }, { emptyDefault: false }),
        count: p.of(['x', 'y']).count(),
      }),
      { runner: runner() },
    );
    expect(r.empty.values).toEqual([{ n: 0 }]);
    expect(r.none.values).toEqual([]);
    expect(r.count.values).toEqual([2]);
  });

  it('WIN-3: fixed windows are half-open and include negative times', async () => {
    const r = await runTest(
      (p) => ({
        out: p
          .of([-11, -10, -1, 9, 10])
          .withTimestamps(at)
          .window(fixed('10s'))
          .combineGloballyWith(toList(), { emptyDefault: false })
          .map((list, c) => [startOf(c), [...list].sort((a, b) => a - b)]),
      }),
      { runner: runner() },
    );
    expect(sorted(r.out.values)).toEqual(
      sorted([
        [at(-20), [-11]],
        [at(-10), [-10, -1]],
        [0, [9]],
        [at(10), [10]],
      ]),
    );
  });

  it('WIN-4: sliding windows hold each element as often as they overlap', async () => {
    const r = await runTest(
      (p) => ({
        out: p
          .of([1, -1])
          .withTimestamps(at)
          .window(sliding('20s', '10s'))
          .combineGloballyWith(count(), { emptyDefault: false })
          .map((n, c) => [startOf(c) / 1000, n]),
      }),
      { runner: runner() },
    );
    expect(sorted(r.out.values)).toEqual(
      sorted([
        [0, 1],
        [-10, 2],
        [-20, 1],
      ]),
    );
  });

  it('MRG-2: sessions that overlap merge, sessions that touch do not', async () => {
    const r = await runTest(
      (p) => ({
        out: p
          .of([1, 6, 8, 11, 30])
          .withTimestamps(at)
          .keyBy(() => 'k')
          .window(sessions('5s'))
          .combineWith(toList())
          .map(([, list], c) => [startOf(c) / 1000, [...list].sort((a, b) => a - b)]),
      }),
      { runner: runner() },
    );
    expect(sorted(r.out.values)).toEqual(
      sorted([
        [1, [1]],
        [6, [6, 8, 11]],
        [30, [30]],
      ]),
    );
  });

  it('WIN-10: a new windowing applies to the time of each element', async () => {
    const r = await runTest(
      (p) => ({
        out: p
          .of([1, 2, 11])
          .withTimestamps(at)
          .window(fixed('10s'))
          .combineGloballyWith(count(), { emptyDefault: false })
          .window(globalWindow())
          .combineGloballyWith(sum((n) => n)),
      }),
      { runner: runner() },
    );
    expect(r.out.values).toEqual([3]);
  });

  it('ACC-4: the timestamp combiner decides the time of a pane', async () => {
    const times = (combiner: 'earliest' | 'latest' | 'end-of-window') =>
      runTest(
        (p) => ({
          out: p
            .of([2, 7])
            .withTimestamps(at)
            .window(fixed('10s'), { timestampCombiner: combiner })
            .combineGloballyWith(count(), { emptyDefault: false })
            .map((_, c) => c.timestamp),
        }),
        { runner: runner() },
      );
    expect((await times('earliest')).out.values).toEqual([2000]);
    expect((await times('latest')).out.values).toEqual([7000]);
    expect((await times('end-of-window')).out.values).toEqual([9999]);
  });

  it('PAN-4: a bounded window has one pane: on time, first and last', async () => {
    const r = await runTest(
      (p) => ({
        out: p
          .of([1, 2])
          .withTimestamps(at)
          .window(fixed('10s'))
          .combineGloballyWith(count(), { emptyDefault: false })
          .map((_, c) => c.pane),
      }),
      { runner: runner() },
    );
    expect(r.out.values).toEqual([
      { timing: 'on-time', index: 0, nonSpeculativeIndex: 0, first: true, last: true },
    ]);
  });

  it('groups several inputs by the same key', async () => {
    const r = await runTest(
      (p) => {
        const names = p.of([['1', 'Ann'] as const, ['2', 'Bob'] as const]).keyed();
        const ages = p.of([['1', 30] as const, ['3', 50] as const]).keyed();
        return {
          out: coGroupByKey({ names, ages }).map(async ([id, { names: n, ages: a }]) => [
            id,
            await n.toArray(),
            await a.toArray(),
          ]),
        };
      },
      { runner: runner() },
    );
    expect(sorted(r.out.values)).toEqual([
      ['1', ['Ann'], [30]],
      ['2', ['Bob'], []],
      ['3', [], [50]],
    ]);
  });

  it('keeps one of equal elements, and counts them', async () => {
    const r = await runTest(
      (p) => ({
        distinct: p.of(['a', 'b', 'a']).distinct(),
        counted: p.of(['a', 'b', 'a']).countPerElement(),
      }),
      { runner: runner() },
    );
    expect(sorted(r.distinct.values)).toEqual(['a', 'b']);
    expect(sorted(r.counted.values)).toEqual([
      ['a', 2],
      ['b', 1],
    ]);
  });

  it('RSH-1: a reshuffle keeps value, time and window', async () => {
    const r = await runTest(
      (p) => ({
        out: p
          .of([1, 12])
          .withTimestamps(at)
          .window(fixed('10s'))
          .reshuffle()
          .map((n, c) => [n, c.timestamp, startOf(c)]),
      }),
      { runner: runner() },
    );
    expect(sorted(r.out.values)).toEqual([
      [1, 1000, 0],
      [12, 12000, 10000],
    ]);
  });

  it('gives the latest element by its time', async () => {
    const r = await runTest(
      (p) => {
        const stamped = p.of([3, 9, 4]).withTimestamps(at);
        return {
          latest: stamped.latest(),
          perKey: stamped.keyBy((n) => n % 2).latestPerKey(),
        };
      },
      { runner: runner() },
    );
    expect(r.latest.values).toEqual([9]);
    expect(sorted(r.perKey.values)).toEqual([
      [0, 4],
      [1, 9],
    ]);
  });
});

function startOf(c: {
  readonly window: { readonly kind: string; readonly start?: number };
}): number {
  return c.window.start ?? NaN;
}
