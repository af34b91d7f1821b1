import { expect, it } from '@jest/globals';
import { count, fixed } from 'strahl';
import { runTest } from 'strahl/testing';
import { sorted } from './in-order.js';
import { onEveryRunner } from './runners.js';

onEveryRunner('Flatten', (runner) => {
  it('gives every element of every input, an input given twice included', async () => {
    const r = await runTest(
      (p) => {
        const a = p.of([1, 2]);
        const b = p.of([3]);
        return {
          out: p.flatten(a, b, a),
          none: p.flatten<number>(),
          method: a.flattenWith(b).map((n) => -n),
        };
      },
      { runner: runner() },
    );
    expect(sorted(r.out.values)).toEqual([1, 1, 2, 2, 3]);
    expect(r.none.values).toEqual([]);
    expect(sorted(r.method.values)).toEqual([-1, -2, -3]);
  });

  it('WM-9: a grouping behind it waits for all inputs', async () => {
    const r = await runTest(
      (p) => {
        const direct = p.of([['k', 1] as const]);
        const grouped = p
          .of([1, 2, 3])
          .keyBy(() => 'k')
          .countPerKey();
        return {
          out: p
            .flatten(
              direct,
              grouped.map(([k, n]) => [k, n] as const),
            )
            .keyed()
            .combine({ n: count() }),
        };
      },
      { runner: runner() },
    );
    expect(r.out.values).toEqual([['k', { n: 2 }]]);
  });

  it('unifies inputs that differ in how they were made', async () => {
    const r = await runTest(
      (p) => {
        const grouped = p
          .of(['a', 'b', 'a'])
          .withTimestamps(() => 0)
          .window(fixed('1m'))
          .keyBy((x) => x)
          .groupByKey()
          .map(([k]) => k);
        const other = p
          .of(['c'])
          .withTimestamps(() => 0)
          .window(fixed('1m'));
        return { out: p.flatten(grouped, other).countPerElement() };
      },
      { runner: runner() },
    );
    expect(sorted(r.out.values)).toEqual([
      ['a', 1],
      ['b', 1],
      ['c', 1],
    ]);
  });
});
