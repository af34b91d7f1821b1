// What a bug here looks like: `[object Object]` in an output, because a collection stood where its elements were meant.
import { describe, expect, it } from '@jest/globals';
import { runTest } from '../testing/index.js';

describe('a collection, or a side input, that a function takes for a value', () => {
  it('is refused where it is added, compared or written', async () => {
    const uses: readonly ((x: number, other: number) => unknown)[] = [
      (x, other) => x + other,
      (x, other) => x > other,
      (x, other) => `${String(x)} ${String(other)}`,
    ];
    for (const use of uses) {
      await expect(
        runTest((p) => {
          const side = p.of([2]).asSingleton() as unknown as number;
          return { out: p.of([1]).map((x) => use(x, side)) };
        }),
      ).rejects.toThrow(/a side input is taken for its value[^]*\.with\(\{ x: side \}\)/);
      await expect(
        runTest((p) => {
          const other = p.of([2]) as unknown as number;
          return { out: p.of([1]).map((x) => use(x, other)) };
        }),
      ).rejects.toThrow(/a collection is taken for a value[^]*asSingleton\(\)/);
    }
  });

  it('says where', async () => {
    const sum = runTest((p) => {
      const side = p.of([2]).asSingleton() as unknown as number;
      return { out: p.of([1]).map((x) => x + side) };
    });
    await expect(sum).rejects.toMatchObject({
      step: 'map',
      site: expect.stringContaining('as-value'),
    });
  });
});
