import { expect, it } from '@jest/globals';
import { fixed } from 'strahl';
import { runTest } from 'strahl/testing';
import { sorted } from './in-order.js';
import { onEveryRunner } from './runners.js';

/** Together more than a page of state. */
const LONG = Array.from({ length: 10 }, (_, n) => `key ${String(n)} ${'x'.repeat(200_000)}`);

onEveryRunner('side inputs', (runner) => {
  it('are read as singleton, list, iterable, map and multimap', async () => {
    const r = await runTest(
      (p) => {
        const main = p.of(['a']);
        const pairs = p.of([['a', 1] as const, ['b', 2] as const]);
        const repeated = p.of([['a', 1] as const, ['a', 2] as const]);
        const sides = {
          one: p.of([42]).asSingleton(),
          list: p.of([1, 2]).asList(),
          iterable: p.of([3, 4]).asIterable(),
          map: pairs.asMap(),
          multimap: repeated.asMultimap(),
        };
        return {
          out: main
            .with(sides)
            .map(async (x, side) => [
              side.one,
              [...side.list].sort(),
              [...(await side.iterable.toArray())].sort(),
              side.map.get(x),
              [...(side.multimap.get(x) ?? [])].sort(),
            ]),
        };
      },
      { runner: runner() },
    );
    expect(r.out.values).toEqual([[42, [1, 2], [3, 4], 1, [1, 2]]]);
  });

  it('SID-1: an element reads the side window that holds the end of its own window', async () => {
    const r = await runTest(
      (p) => {
        const side = p
          .of([1, 11, 12])
          .withTimestamps((n) => n * 1000)
          .window(fixed('10s'))
          .asList();
        return {
          out: p
            .of([5, 15, 25])
            .withTimestamps((n) => n * 1000)
            .window(fixed('5s'))
            .with({ side })
            .map((n, { side: values }) => [n, [...values].sort((a, b) => a - b)]),
        };
      },
      { runner: runner() },
    );
    expect(sorted(r.out.values)).toEqual(
      sorted([
        [5, [1]],
        [15, [11, 12]],
        [25, []],
      ]),
    );
  });

  it('SID-4: a singleton of nothing needs a default, one of two elements is an error', async () => {
    const withDefault = await runTest(
      (p) => {
        const none = p.of<number>([]).asSingleton(7);
        return {
          out: p
            .of([1])
            .with({ none })
            .map((n, side) => n + side.none),
        };
      },
      { runner: runner() },
    );
    expect(withDefault.out.values).toEqual([8]);
    const two = runTest(
      (p) => {
        const pair = p.of([1, 2]).asSingleton();
        return {
          out: p
            .of([1])
            .with({ pair })
            .map((n, side) => n + side.pair),
        };
      },
      { runner: runner() },
    );
    await expect(two).rejects.toMatchObject({ code: expect.stringMatching(/^STRAHL-\d{4}$/) });
  });

  it('larger than a page are looked up by key, and read whole where somebody asks for all', async () => {
    const r = await runTest(
      (p) => {
        const pairs = p.of(LONG).keyBy((x) => x.slice(0, 5));
        const repeated = p.of(LONG).keyBy((x) => Number(x[4]) % 2);
        return {
          out: p
            .of(['key 7', 'key 8', 'no key'])
            .with({ map: pairs.asMap(), multimap: repeated.asMultimap() })
            .map((key, { map, multimap }) => [
              key,
              map.get(key)?.length ?? 0,
              map.has(key),
              multimap.get(1)?.length,
              multimap.get(2)?.length,
            ]),
          sizes: p
            .of([0])
            .with({ map: pairs.asMap() })
            .map((_, { map }) => [map.size, [...map.keys()].sort().join()]),
        };
      },
      { runner: runner() },
    );
    expect(sorted(r.out.values)).toEqual([
      ['key 7', LONG[7]!.length, true, 5, undefined],
      ['key 8', LONG[8]!.length, true, 5, undefined],
      ['no key', 0, false, 5, undefined],
    ]);
    expect(r.sizes.values).toEqual([[10, LONG.map((x) => x.slice(0, 5)).join()]]);
  });

  it.each([
    ['short', ['a', 'b', 'a']],
    ['long', [...LONG, LONG[0]!]],
  ])('SID-4: a %s map with a key twice is an error', async (_, values) => {
    const run = runTest(
      (p) => {
        const map = p
          .of(values)
          .keyBy((x) => x.slice(0, 5))
          .asMap();
        return {
          out: p
            .of([0])
            .with({ map })
            .map((_zero, sides) => sides.map.get(values[0]!.slice(0, 5))?.length),
        };
      },
      { runner: runner() },
    );
    await expect(run).rejects.toMatchObject({
      code: 'STRAHL-4001',
      title: 'a map side input has a key twice in this window',
      step: 'map',
    });
  });

  it('is computed from the same collection that is read', async () => {
    const r = await runTest(
      (p) => {
        const numbers = p.of([1, 2, 3]);
        const total = numbers.count().asSingleton();
        return { out: numbers.with({ total }).map((n, side) => n / side.total) };
      },
      { runner: runner() },
    );
    expect(sorted(r.out.values)).toEqual(sorted([1 / 3, 2 / 3, 1]));
  });
});
