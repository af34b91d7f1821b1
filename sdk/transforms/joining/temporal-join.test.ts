// What a bug here looks like: a value beside a version of its future, or beside one that was replaced before.
import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { fixed, s, sessions } from '../../index.js';
import { runTest, testStream } from '../../testing/index.js';

type Timed = readonly [second: number, text: string];

async function asOf(values: readonly Timed[], versions: readonly Timed[], seed?: number) {
  const r = await runTest(
    (p) => {
      const timed = (xs: readonly Timed[]) =>
        p
          .of(xs)
          .withTimestamps(([second]) => second * 1000)
          .keyBy(() => 'k')
          .mapValues(([, text]) => text);
      const joined = timed(values).temporalJoin(timed(versions));
      return { out: joined.reify().map((x) => [x.timestamp / 1000, ...x.value[1]] as const) };
    },
    seed === undefined ? {} : { seed },
  );
  return [...r.out.values].sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
}

describe('temporalJoin', () => {
  it('gives each value the latest version as of its time, which it keeps', async () => {
    const versions: readonly Timed[] = [
      [10, 'old'],
      [20, 'new'],
    ];
    const values: readonly Timed[] = [
      [5, 'a'],
      [10, 'b'],
      [15, 'c'],
      [20, 'd'],
      [25, 'e'],
    ];
    expect(await asOf(values, versions)).toEqual([
      [10, 'b', 'old'],
      [15, 'c', 'old'],
      [20, 'd', 'new'],
      [25, 'e', 'new'],
      [5, 'a', undefined],
    ]);
  });

  it('agrees with a search for the latest version, whatever the order and the bundles', async () => {
    const timed = fc.array(fc.tuple(fc.integer({ min: 0, max: 9 }), fc.constant('')), {
      maxLength: 6,
    });
    await fc.assert(
      fc.asyncProperty(timed, timed, fc.integer(), async (vs, rs, seed) => {
        const values = vs.map(([t], i) => [t, `v${String(i)}`] as const);
        // At most one version at a time: which of two is later is not said.
        const versions = [...new Map(rs.map(([t]) => [t, [t, `r${String(t)}`] as const])).values()];
        const expected = values.map(([t, text]) => {
          const earlier = versions.filter(([at]) => at <= t).sort(([a], [b]) => b - a);
          return [t, text, earlier[0]?.[1]];
        });
        const sorted = (xs: readonly unknown[]) => [...xs].map((x) => JSON.stringify(x)).sort();
        expect(sorted(await asOf(values, versions, seed))).toEqual(sorted(expected));
      }),
      { numRuns: 15 },
    );
  });

  it('waits for versions that come late, until the watermark has passed', async () => {
    const rates = testStream(s.string)
      .at('1s', 'first')
      .at('4s', 'second')
      .watermark('5s')
      .finish();
    const seen: unknown[] = [];
    await runTest((p) => {
      const amounts = p
        .read(testStream(s.string).at('3s', 'x').at('4s', 'y').watermark('9s').finish())
        .keyBy(() => 'k');
      const joined = amounts.temporalJoin(p.read(rates).keyBy(() => 'k'));
      return { out: joined.map(([, pair]) => (seen.push(pair), pair)) };
    });
    expect(seen).toEqual([
      ['x', 'first'],
      ['y', 'second'],
    ]);
  });

  it('keeps keys and windows apart', async () => {
    const r = await runTest((p) => {
      const at = (...xs: readonly (readonly [string, number])[]) =>
        p
          .of(xs)
          .keyed()
          .withTimestamps(([, second]) => second * 1000)
          .window(fixed('1m'))
          .keyed();
      return { out: at(['a', 5], ['b', 6], ['a', 65]).temporalJoin(at(['a', 1], ['b', 61])) };
    });
    expect([...r.out.values].sort((x, y) => x[1][0] - y[1][0])).toEqual([
      ['a', [5, 1]],
      ['b', [6, undefined]],
      ['a', [65, undefined]],
    ]);
  });

  it('takes elements without times, and those of a whole global window', async () => {
    const r = await runTest((p) => {
      const untimed = p.of([1, 2]).keyBy(() => 'k');
      return {
        untimed: untimed.temporalJoin(p.of(['x']).keyBy(() => 'k')).values(),
        summed: untimed.countPerKey().temporalJoin(untimed.countPerKey()).values(),
      };
    });
    expect([...r.untimed.values].sort()).toEqual([
      [1, 'x'],
      [2, 'x'],
    ]);
    expect(r.summed.values).toEqual([[2, 2]]);
  });

  it('refuses versions in other windows', async () => {
    await expect(
      runTest((p) => {
        const a = p.of([['k', 1]] as const).keyed();
        return { out: a.window(fixed('1m')).temporalJoin(a.window(sessions('1m'))) };
      }),
    ).rejects.toMatchObject({ code: 'STRAHL-1202' });
  });
});
