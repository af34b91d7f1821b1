import { describe, expect, it } from '@jest/globals';
import { coGroupByKey, count, fixed, keyCoder, s, sessions, type Coder } from 'strahl';
import { runTest } from 'strahl/testing';
import { sorted } from './in-order.js';
import { onEveryRunner } from './runners.js';

class Celsius {
  readonly #degrees: number;
  constructor(degrees: number) {
    this.#degrees = degrees;
  }
  get degrees(): number {
    return this.#degrees;
  }
}

const celsius: Coder<Celsius> = {
  encode: ({ degrees }) => new TextEncoder().encode(String(degrees)),
  decode: (bytes) => new Celsius(Number(new TextDecoder().decode(bytes))),
};

onEveryRunner('coders', (runner) => {
  it('of users carry what plain data cannot', async () => {
    const r = await runTest(
      (p) => {
        const temperatures = p
          .of([1.5, -2])
          .map((n) => new Celsius(n))
          .withCoder(celsius);
        return {
          shuffled: temperatures.reshuffle().map((t) => t.degrees),
          grouped: temperatures
            .keyBy(() => 'k')
            .groupByKey()
            .map(async ([, group]) => (await group.toArray()).map((t) => t.degrees).sort()),
          side: p
            .of(['x'])
            .with({ temperatures: temperatures.asList() })
            .map((_, { temperatures: all }) => all.map((t) => t.degrees).sort()),
        };
      },
      { runner: runner() },
    );
    expect(sorted(r.shuffled.values)).toEqual(sorted([1.5, -2]));
    expect(r.grouped.values).toEqual([[-2, 1.5]]);
    expect(r.side.values).toEqual([[-2, 1.5]]);
  });

  it('of users that fail name the step whose output they were given', async () => {
    const picky: Coder<number> = {
      encode: () => {
        throw new RangeError('not this one');
      },
      decode: () => 0,
    };
    const run = runTest(
      (p) => ({
        out: p
          .of([1])
          .map((n) => n)
          .named('producer')
          .withCoder(picky)
          .reshuffle(),
      }),
      { runner: runner() },
    );
    await expect(run).rejects.toMatchObject({
      code: 'STRAHL-5001',
      step: 'producer',
      cause: expect.objectContaining({ message: 'not this one' }),
    });
  });

  it('of all outputs of split and partition are their own', async () => {
    const r = await runTest(
      (p) => {
        const numbers = p.of([1, 2, 3, 4]);
        const { even, odd } = numbers.split(
          { even: s.string, odd: s.row({ n: s.int64 }) },
          function* (n, out) {
            yield n % 2 === 0 ? out.even(`e${String(n)}`, 7) : out.odd({ n });
          },
        );
        const [small, large] = numbers.partition(2, (n) => (n < 3 ? 0 : 1));
        return {
          even: even.reshuffle().map((text, c) => [text, c.timestamp]),
          odd: odd.reshuffle(),
          small: small!.reshuffle(),
          large: large!.keyBy((n) => n).countPerKey(),
        };
      },
      { runner: runner() },
    );
    expect(sorted(r.even.values)).toEqual([
      ['e2', 7],
      ['e4', 7],
    ]);
    expect(sorted(r.odd.values)).toEqual([{ n: 1 }, { n: 3 }]);
    expect(sorted(r.small.values)).toEqual([1, 2]);
    expect(sorted(r.large.values)).toEqual([
      [3, 1],
      [4, 1],
    ]);
  });

  it('of flattened groupings are made one', async () => {
    const Name = s.row({ name: s.string });
    const r = await runTest(
      (p) => {
        const a = p
          .of(['a', 'b', 'a'])
          .keyBy((name) => ({ name }), keyCoder(Name))
          .combineWith(count());
        const b = p.of([{ name: 'c' }]).map((key) => [key, 5] as const);
        return {
          out: p
            .flatten(a, b)
            .reshuffle()
            .map(([key, n]) => [key.name, n]),
          grouped: p.flatten(a, b).count(),
        };
      },
      { runner: runner() },
    );
    expect(sorted(r.out.values)).toEqual([
      ['a', 2],
      ['b', 1],
      ['c', 5],
    ]);
    expect(r.grouped.values).toEqual([3]);
  });

  it('of groups carry them over a shuffle', async () => {
    const r = await runTest(
      (p) => {
        const groups = p
          .of([1, 2, 3])
          .keyBy((n) => n % 2)
          .groupByKey();
        return {
          out: groups.reshuffle().map(async ([k, g]) => [k, [...(await g.toArray())].sort()]),
          twice: groups
            .reshuffle()
            .reshuffle()
            .mapValues(async (g) => {
              let total = 0;
              for await (const n of g) total += n;
              for await (const n of g) total += n;
              return total;
            }),
        };
      },
      { runner: runner() },
    );
    expect(sorted(r.out.values)).toEqual([
      [0, [2]],
      [1, [1, 3]],
    ]);
    expect(sorted(r.twice.values)).toEqual([
      [0, 4],
      [1, 8],
    ]);
  });

  it('of co-grouped values carry them over a shuffle', async () => {
    const r = await runTest(
      (p) => {
        const a = p.of([['k', 1] as const, ['k', 2] as const, ['l', 3] as const]).keyed();
        const b = p.of([['k', 'x'] as const]).keyed();
        return {
          out: coGroupByKey({ a, b })
            .reshuffle()
            .map(async ([k, groups]) => [
              k,
              [...(await groups.a.toArray())].sort(),
              await groups.b.toArray(),
            ]),
        };
      },
      { runner: runner() },
    );
    expect(sorted(r.out.values)).toEqual([
      ['k', [1, 2], ['x']],
      ['l', [3], []],
    ]);
  });

  it('of users carry the values of a co-grouping, before and behind it', async () => {
    const r = await runTest(
      (p) => {
        const a = p
          .of([1, 2])
          .map((n) => new Celsius(n))
          .withCoder(celsius)
          .keyBy(({ degrees }) => (degrees > 1 ? 'hot' : 'cold'));
        const b = p.of(['x', 'y']).keyBy(() => 'hot');
        return {
          out: coGroupByKey({ a, b })
            .reshuffle()
            .map(async ([k, groups]) => {
              const degrees = (await groups.a.toArray()).map((each) => each.degrees);
              return [k, degrees, [...(await groups.b.toArray())].sort()];
            }),
        };
      },
      { runner: runner() },
    );
    expect(sorted(r.out.values)).toEqual([
      ['cold', [1], []],
      ['hot', [2], ['x', 'y']],
    ]);
  });

  it('refuse what has no bytes: step, place, path and element are named', async () => {
    const run = runTest(
      (p) => ({
        out: p
          .of([1])
          .map((n) => ({ id: n, list: [0, { bad: () => n }] }))
          .named('producer')
          .reshuffle(),
      }),
      { runner: runner() },
    );
    await expect(run).rejects.toMatchObject({
      code: 'STRAHL-5001',
      step: 'producer',
      site: expect.stringMatching(/coders\.test\.ts:\d+:\d+$/),
      message: expect.stringMatching(/\.?list\[1\]\.bad/),
      element: expect.stringContaining('"id": 1'),
    });
  });

  describe.each([
    ['fixed windows', fixed('1m')],
    ['sessions', sessions('1m')],
  ])('in %s', (_windows, windows) => {
    it.each<readonly [string, unknown, string]>([
      ['a fraction', 0.5, '0.5'],
      ['NaN', NaN, 'NaN'],
      ['minus zero', -0, '-0'],
      ['an object', { a: 1 }, 'an object'],
    ])('refuse %s as a key, at the keyBy', async (_, key, text) => {
      const grouped = () =>
        runTest(
          (p) => ({
            out: p
              .of([1])
              .keyBy(() => key as never)
              .named('keys')
              .window(windows)
              .groupByKey()
              .keys(),
          }),
          { runner: runner() },
        );
      const combined = () =>
        runTest(
          (p) => ({
            out: p
              .of([1])
              .keyBy(() => key as never)
              .named('keys')
              .mapValues((n) => n)
              .window(windows)
              .countPerKey(),
          }),
          { runner: runner() },
        );
      for (const run of [grouped, combined]) {
        await expect(run()).rejects.toMatchObject({
          code: 'STRAHL-5006',
          step: 'keys',
          site: expect.stringMatching(/coders\.test\.ts:\d+:\d+$/),
          title: `${text} cannot be a key`,
        });
      }
    });
  });
});
