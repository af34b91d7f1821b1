// A source as users describe it. A bug here would look like a split into no parts at all.
import { describe, expect, it } from '@jest/globals';
import { s, source, type OffsetRange } from '../../index.js';
import { runTest } from '../../testing/index.js';

it('says how many parts are worth having to the function that splits', async () => {
  const asked: number[] = [];
  const numbers = source({
    element: s.int,
    bounded: 'bounded',
    initial: () => ({ from: 0, to: 100 }),
    split(r, n) {
      asked.push(n);
      const size = Math.ceil((r.to - r.from) / n);
      return Array.from({ length: n }, (_, i) => ({
        from: Math.min(r.to, r.from + i * size),
        to: Math.min(r.to, r.from + (i + 1) * size),
      }));
    },
    read(r, { claim, emit }) {
      for (let i = r.from; claim(i); i++) emit(i);
    },
  });
  const { out } = await runTest((p) => ({ out: p.read(numbers) }));
  expect(out.values).toHaveLength(100);
  expect(new Set(out.values).size).toBe(100);
  expect(asked).toEqual([16]);
});

describe('parts that a source says', () => {
  const read = async (split: (r: OffsetRange) => Iterable<OffsetRange>, whole?: OffsetRange) => {
    const numbers = source({
      element: s.int,
      bounded: 'bounded',
      initial: () => whole ?? { from: 0, to: 10 },
      split,
      read(r, { claim, emit }) {
        for (let i = r.from; claim(i); i++) emit(i);
      },
    });
    const { out } = await runTest((p) => ({ out: p.read(numbers) }));
    return [...out.values].sort((a, b) => a - b);
  };
  const range = (from: number, to: number, more: object = {}): OffsetRange => ({
    from,
    to,
    ...more,
  });

  it.each<readonly [string, readonly OffsetRange[]]>([
    ['leave [4, 6) out', [range(0, 4), range(6, 10)]],
    ['leave [0, 1) out', [range(1, 10)]],
    ['leave [9, 10) out', [range(5, 9), range(0, 5)]],
    ['leave [0, 10) out', []],
    ['hold [3, 5) twice', [range(0, 5), range(3, 10)]],
    ['hold [2, 3) twice', [range(0, 10), range(2, 3)]],
    ['hold [10, 12), which is outside of it', [range(0, 12)]],
    ['hold [-1, 0), which is outside of it', [range(-1, 10)]],
    ['hold [7, 5), which ends before it begins', [range(0, 10), range(7, 5)]],
  ])('are refused where they %s', async (what, parts) => {
    await expect(read(() => parts)).rejects.toMatchObject({
      code: 'STRAHL-4010',
      step: 'source/elements',
      title: `the parts of the restriction [0, 10) ${what}`,
    });
  });

  it.each<readonly [string, readonly OffsetRange[]]>([
    ['in any order', [range(5, 10), range(0, 5)]],
    ['some of them empty', [range(0, 0), range(0, 10), range(10, 10), range(3, 3)]],
  ])('are taken %s', async (_, parts) => {
    expect(await read(() => parts)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  it('are not compared where positions are those of something else, as of files', async () => {
    const files = [range(0, 3, { file: 'a' }), range(0, 2, { file: 'b' })];
    expect(await read(() => files)).toEqual([0, 0, 1, 1, 2]);
  });
});
