// What a bug here looks like: a pair that is missing, doubled, or of two windows.
import { describe, expect, it } from '@jest/globals';
import { coGroupByKey, fixed, sessions, type Keyed } from '../../index.js';
import { runTest } from '../../testing/index.js';

type Sides = readonly [
  Keyed<string, number, 'bounded', 'none'>,
  Keyed<string, string, 'bounded', 'none'>,
];

async function joined(
  join: (...sides: Sides) => Keyed<string, unknown, 'bounded', 'none'>,
  seed?: number,
) {
  const r = await runTest(
    (p) => {
      const numbers = p
        .of([
          ['a', 1],
          ['a', 2],
          ['b', 3],
          ['only left', 4],
        ] as const)
        .keyed();
      const texts = p
        .of([
          ['a', 'x'],
          ['a', 'y'],
          ['b', 'z'],
          ['only right', 'w'],
        ] as const)
        .keyed();
      return { out: join(numbers, texts) };
    },
    seed === undefined ? {} : { seed },
  );
  return [...r.out.values].sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
}

const PAIRS = [
  ['a', [1, 'x']],
  ['a', [1, 'y']],
  ['a', [2, 'x']],
  ['a', [2, 'y']],
  ['b', [3, 'z']],
];
const LEFT = ['only left', [4, undefined]];
const RIGHT = ['only right', [undefined, 'w']];

describe('a join', () => {
  it('gives every pair of a key', async () => {
    expect(await joined((a, b) => a.join(b))).toEqual(PAIRS);
    expect(await joined((a, b) => a.join(b), 7)).toEqual(PAIRS);
  });

  it('keeps the values of the named side that have no partner', async () => {
    expect(await joined((a, b) => a.leftJoin(b))).toEqual([...PAIRS, LEFT]);
    expect(await joined((a, b) => a.rightJoin(b))).toEqual([...PAIRS, RIGHT]);
    expect(await joined((a, b) => a.fullJoin(b))).toEqual([...PAIRS, LEFT, RIGHT]);
  });

  it('gives left before right whichever side is smaller', async () => {
    const r = await runTest((p) => {
      const many = p.of([1, 2, 3]).keyBy(() => 'k');
      const one = p.of(['x']).keyBy(() => 'k');
      return { a: many.join(one).values(), b: one.join(many).values() };
    });
    expect([...r.a.values].sort()).toEqual([
      [1, 'x'],
      [2, 'x'],
      [3, 'x'],
    ]);
    expect([...r.b.values].sort()).toEqual([
      ['x', 1],
      ['x', 2],
      ['x', 3],
    ]);
  });

  it('is done within each window', async () => {
    const r = await runTest((p) => {
      const seconds = (xs: readonly number[]) =>
        p
          .of(xs)
          .withTimestamps((x) => x * 1000)
          .window(fixed('1m'))
          .keyBy(() => 'k');
      return {
        out: seconds([1, 61])
          .join(seconds([2, 62, 122]))
          .values(),
      };
    });
    expect([...r.out.values].sort()).toEqual([
      [1, 2],
      [61, 62],
    ]);
  });

  it('stays in one place of the graph, with the windows and keys it was given', async () => {
    const r = await runTest((p) => {
      const a = p.of([['k', 1]] as const).keyed();
      const b = p.of([['k', 2]] as const).keyed();
      return {
        out: a
          .join(b)
          .named('both')
          .join(a.leftJoin(b))
          .groupByKey()
          .mapValues((g) => g.toArray()),
      };
    });
    expect(r.out.values).toEqual([
      [
        'k',
        [
          [
            [1, 2],
            [1, 2],
          ],
        ],
      ],
    ]);
  });

  it('refuses sides in different windows', async () => {
    await expect(
      runTest((p) => {
        const a = p.of([['k', 1]] as const).keyed();
        return { out: a.window(fixed('1m')).join(a.window(sessions('1m'))) };
      }),
    ).rejects.toMatchObject({
      code: 'STRAHL-1202',
      message: expect.stringContaining('inputs of join'),
    });
  });

  it('refuses what is no collection with keys', async () => {
    await expect(
      runTest((p) => ({
        out: p
          .of([['k', 1]] as const)
          .keyed()
          .join(p.of([1]) as never),
      })),
    ).rejects.toMatchObject({ code: 'STRAHL-1102' });
    await expect(
      runTest((p) => ({
        out: p
          .of([['k', 1]] as const)
          .keyed()
          .join(7 as never),
      })),
    ).rejects.toMatchObject({ code: 'STRAHL-1002' });
  });

  it('agrees with a co-grouping that does the same by hand', async () => {
    const byHand = (...[left, right]: Sides) =>
      coGroupByKey({ left, right })
        .flatMap(async ([key, g]) => {
          const rights = await g.right.toArray();
          return (await g.left.toArray()).flatMap((l) => rights.map((r) => [key, [l, r]] as const));
        })
        .keyed();
    expect(await joined(byHand)).toEqual(await joined((a, b) => a.join(b)));
  });
});
