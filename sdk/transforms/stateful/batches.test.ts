// What a bug here looks like: a value that is in no list or in two, a list of two windows or keys, or one that
// waits for ever.
import { describe, expect, it } from '@jest/globals';
import { fixed, s, sessions, type PCollection } from '../../index.js';
import { runTest, testStream } from '../../testing/index.js';

const numbers = (n: number): readonly number[] => Array.from({ length: n }, (_, i) => i);
const lengths = (lists: readonly (readonly unknown[])[]): readonly number[] =>
  lists.map((list) => list.length);

describe('batchElements', () => {
  it('makes lists that grow up to the greatest size', async () => {
    const r = await runTest((p) => ({
      out: p.of(numbers(30)).batchElements({ min: 2, max: 8 }),
    }));
    expect(r.out.values.flat()).toEqual(numbers(30));
    expect(lengths(r.out.values)).toEqual([2, 4, 8, 8, 8]);
  });

  it.each([1, 2, 3])(
    'loses and doubles nothing however bundles are cut (seed %i)',
    async (seed) => {
      const r = await runTest((p) => ({ out: p.of(numbers(50)).batchElements({ max: 7 }) }), {
        seed,
      });
      expect(r.out.values.flat().sort((a, b) => a - b)).toEqual(numbers(50));
    },
  );

  it('keeps windows apart, and a list has the time of its latest element', async () => {
    const r = await runTest((p) => ({
      out: p
        .of([1, 61, 2, 62, 3])
        .withTimestamps((x) => x * 1000)
        .window(fixed('1m'))
        .batchElements({ min: 10, max: 10 })
        .reify()
        .map((x) => [x.value, x.timestamp, x.window.maxTimestamp]),
    }));
    expect(r.out.values).toEqual([
      [[1, 2, 3], 3_000, 59_999],
      [[61, 62], 62_000, 119_999],
    ]);
  });

  it.each([
    [{ min: 0 }, 'min 0 and max 1000'],
    [{ max: 1.5 }, 'min 1 and max 1.5'],
    [{ min: 3, max: 2 }, 'min 3 and max 2'],
  ])('refuses %j', async (o, text) => {
    await expect(runTest((p) => ({ out: p.of([1]).batchElements(o) }))).rejects.toMatchObject({
      code: 'STRAHL-9002',
      title: `batchElements is given ${text}`,
    });
  });
});

describe('groupIntoBatches', () => {
  it('gives full lists of a key without a turn of promises between them', async () => {
    let turns = 0;
    const seen: number[] = [];
    const r = await runTest(
      (p) => ({
        out: p
          .of(numbers(1000))
          .keyBy(() => 'hot')
          .groupIntoBatches({ size: 2 })
          .map(([, list]) => {
            seen.push(turns);
            queueMicrotask(() => turns++);
            return list.length;
          }),
      }),
      { seed: 1 },
    );
    expect(r.out.values).toHaveLength(500);
    // Between bundles there are turns.
    expect(new Set(seen).size).toBeLessThan(250);
  });

  it('completes a list by its size, and the rest when the window ends', async () => {
    const r = await runTest((p) => ({
      out: p
        .of(numbers(11))
        .keyBy((n) => n % 2)
        .groupIntoBatches({ size: 4 }),
    }));
    const even = r.out.values.filter(([key]) => key === 0).map(([, list]) => list);
    const odd = r.out.values.filter(([key]) => key === 1).map(([, list]) => list);
    expect(lengths(even)).toEqual([4, 2]);
    expect(lengths(odd)).toEqual([4, 1]);
    expect(even.flat().sort((a, b) => a - b)).toEqual([0, 2, 4, 6, 8, 10]);
  });

  it.each([1, 2, 3])('loses and doubles nothing when bundles fail (seed %i)', async (seed) => {
    const r = await runTest(
      (p) => ({
        out: p
          .of(numbers(60))
          .keyBy((n) => n % 3)
          .groupIntoBatches({ size: 7 })
          .values(),
      }),
      { seed },
    );
    expect(r.out.values.flat().sort((a, b) => a - b)).toEqual(numbers(60));
    expect(Math.max(...lengths(r.out.values))).toBe(7);
  });

  // A tag and a length stand in front of 60 characters: 62 bytes each.
  it.each([
    [62, [1, 1, 1]],
    [63, [2, 1]],
    [124, [2, 1]],
    [125, [3]],
    [187, [3]],
  ])('completes a list by exactly %i encoded bytes', async (bytes, expected) => {
    const r = await runTest((p) => ({
      out: p
        .of(['a'.repeat(60), 'b'.repeat(60), 'c'.repeat(60)])
        .keyBy(() => 'k')
        .groupIntoBatches({ bytes })
        .values(),
    }));
    expect(lengths(r.out.values)).toEqual(expected);
  });

  it('completes a list when its first value has waited long enough', async () => {
    const stream = testStream(s.string)
      .at('1s', 'a')
      .processingTime('6s')
      .at('2s', 'b')
      .processingTime('3s')
      .at('3s', 'c')
      .processingTime('8s')
      .at('4s', 'd')
      .finish();
    const r = await runTest((p) => ({
      out: p
        .read(stream)
        .keyBy(() => 'k')
        .groupIntoBatches({ wait: '10s' })
        .values(),
    }));
    expect(r.out.values).toEqual([['a', 'b', 'c'], ['d']]);
  });

  it('keeps windows apart', async () => {
    const r = await runTest((p) => ({
      out: p
        .of([1, 61, 2])
        .withTimestamps((x) => x * 1000)
        .window(fixed('1m'))
        .keyBy(() => 'k')
        .groupIntoBatches({ size: 10 })
        .reify()
        .map((x) => [x.value[1], x.window.maxTimestamp]),
    }));
    expect(r.out.values).toEqual([
      [[1, 2], 59_999],
      [[61], 119_999],
    ]);
  });

  it('spreads a key over shards and gives it back whole', async () => {
    const r = await runTest((p) => ({
      out: p
        .of(numbers(12))
        .keyBy(() => 'hot')
        .groupIntoBatches({ size: 3, sharded: 2 }),
      wide: p
        .of(numbers(32))
        .keyBy(() => 'hot')
        .groupIntoBatches({ size: 2, sharded: true })
        .values(),
      one: p
        .of([1, 2])
        .keyBy(() => 'hot')
        .groupIntoBatches({ size: 2, sharded: false })
        .values(),
    }));
    expect(new Set(r.out.values.map(([key]) => key))).toEqual(new Set(['hot']));
    expect(lengths(r.out.values.map(([, list]) => list))).toEqual([3, 3, 3, 3]);
    expect(r.out.values[0]![1].every((n) => n % 2 === r.out.values[0]![1][0]! % 2)).toBe(true);
    expect(r.wide.values.map(([a, b]) => Math.abs(a! - b!))).toEqual(numbers(16).map(() => 16));
    expect(r.one.values).toEqual([[1, 2]]);
  });

  it('refuses to have no limit, a limit of nothing, and windows that merge', async () => {
    const refused = (
      o: object,
      change = (c: PCollection<number, 'bounded', 'none'>): unknown => c,
    ) =>
      runTest((p) => ({
        out: (change(p.of([1])) as PCollection<number>).keyBy((n) => n).groupIntoBatches(o),
      }));
    await expect(refused({})).rejects.toMatchObject({ code: 'STRAHL-9002' });
    await expect(refused({ size: 0 })).rejects.toMatchObject({
      title: 'size of groupIntoBatches is 0',
    });
    await expect(refused({ size: 1 }, (c) => c.window(sessions('1m')))).rejects.toMatchObject({
      code: 'STRAHL-1302',
    });
  });
});
