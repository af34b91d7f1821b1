import { describe, expect, it } from '@jest/globals';
import {
  combineFn,
  coGroupByKey,
  count,
  fixed,
  keyCoder,
  pipeline,
  regex,
  s,
  sum,
  windowFn,
  type Coder,
} from '../index.js';
import { runTest } from '../testing/index.js';

const sorted = <T>(xs: readonly T[]): readonly T[] =>
  [...xs].sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));

describe('methods on texts and rows', () => {
  it('read and write JSON, select and drop fields', async () => {
    const Row = s.row({ id: s.int64, name: s.string });
    const r = await runTest((p) => {
      const rows = p.of(['{"id":1,"name":"a","more":0}']).parseJson(Row);
      return {
        rows,
        names: rows.select('name'),
        ids: rows.dropFields('name').reshuffle(),
        texts: rows.toJson(),
        joined: p.of([['a', 1]]).toStrings(' '),
      };
    });
    expect(r.rows.values).toEqual([{ id: 1, name: 'a' }]);
    expect(r.names.values).toEqual([{ name: 'a' }]);
    expect(r.ids.values).toEqual([{ id: 1 }]);
    expect(r.texts.values).toEqual(['{"id":1,"name":"a"}']);
    expect(r.joined.values).toEqual(['a 1']);
  });

  it('search texts by regular expressions', async () => {
    const r = await runTest((p) => {
      const texts = p.of(['a1 b2', 'none']);
      return {
        find: texts.pipe(regex.find(/([a-z])(\d)/, 2)),
        all: texts.pipe(regex.findAll(/\d/g)),
        pairs: texts.pipe(regex.findKv(/(?<k>[a-z])(?<v>\d)/, 'k', 'v')),
        whole: texts.pipe(regex.matches(/n.*/)),
        replaced: texts.pipe(regex.replace(/\d/, '#')),
        parts: texts.pipe(regex.split(/ /)),
      };
    });
    expect(r.find.values).toEqual(['1']);
    expect(sorted(r.all.values)).toEqual(['1', '2']);
    expect(r.pairs.values).toEqual([['a', '1']]);
    expect(r.whole.values).toEqual(['none']);
    expect(sorted(r.replaced.values)).toEqual(['a# b#', 'none']);
    expect(sorted(r.parts.values)).toEqual(['a1', 'b2', 'none']);
  });
});

describe('keys', () => {
  it('of rows meet however their fields were ordered', async () => {
    const Place = s.row({ country: s.string, city: s.string });
    const r = await runTest((p) => ({
      out: p
        .of([0, 1])
        .keyBy(
          (i) => (i === 0 ? { city: 'x', country: 'y' } : { country: 'y', city: 'x' }),
          keyCoder(Place),
        )
        .countPerKey(),
    }));
    expect(r.out.values).toEqual([[{ country: 'y', city: 'x' }, 2]]);
  });

  it('can be swapped, taken apart and combined', async () => {
    const r = await runTest((p) => {
      const pairs = p.of([['a', 1] as const, ['b', 1] as const]).keyed();
      return {
        swapped: pairs.swap().groupByKey().combineValues(count()),
        keys: pairs.keys(),
        values: pairs.values(),
        mapped: pairs.mapValues((v, k) => `${k}${String(v)}`),
      };
    });
    expect(r.swapped.values).toEqual([[1, 2]]);
    expect(sorted(r.keys.values)).toEqual(['a', 'b']);
    expect(r.values.values).toEqual([1, 1]);
    expect(sorted(r.mapped.values)).toEqual([
      ['a', 'a1'],
      ['b', 'b1'],
    ]);
  });

  it('spread elements anew, with or without staying together', async () => {
    const r = await runTest((p) => ({
      any: p.of([1, 2]).redistribute(),
      by: p.of([1, 2]).redistribute({ by: (n) => n % 2, allowDuplicates: false }),
    }));
    expect(sorted(r.any.values)).toEqual([1, 2]);
    expect(sorted(r.by.values)).toEqual([1, 2]);
  });
});

describe('what users bring themselves', () => {
  it('writes and reads elements by their coders', async () => {
    const dates: Coder<Date> = {
      encode: (date) => new TextEncoder().encode(date.toISOString()),
      decode: (bytes) => new Date(new TextDecoder().decode(bytes)),
    };
    const r = await runTest((p) => ({
      out: p
        .of([5])
        .map((ms) => new Date(ms))
        .withCoder(dates)
        .reshuffle()
        .map((date) => date.getTime()),
    }));
    expect(r.out.values).toEqual([5]);
  });

  it('puts elements into the windows of their functions', async () => {
    const parity = windowFn({
      window: s.row({ odd: s.boolean }),
      assign: (_, x) => [{ odd: (x as number) % 2 === 1 }],
      maxTimestamp: () => 1000,
    });
    const r = await runTest((p) => ({
      out: p
        .of([1, 2, 3])
        .withTimestamps(() => 0)
        .window(parity)
        .combineGloballyWith(sum((x) => x)),
    }));
    expect(sorted(r.out.values)).toEqual([2, 4]);
  });

  it('runs their combiners beside the built-in ones', async () => {
    const product = combineFn({
      accumulator: s.double,
      create: () => 1,
      add: (a, x: number) => a * x,
      merge: (a, b) => a * b,
      extract: (a) => a,
    });
    const r = await runTest((p) => ({
      out: p.of([2, 3]).combineGlobally({ product, n: count() }),
    }));
    expect(r.out.values).toEqual([{ product: 6, n: 2 }]);
  });

  it('composites that give several collections', async () => {
    const r = await runTest((p) => {
      const { small, large } = p.of([1, 10]).apply('bySize', (numbers) => ({
        small: numbers.filter((n) => n < 5),
        large: numbers.filter((n) => n >= 5),
      }));
      return { small, large };
    });
    expect(r.small.values).toEqual([1]);
    expect(r.large.values).toEqual([10]);
  });
});

describe('a co-grouped key', () => {
  it('iterates the values of each input as often as one likes', async () => {
    const r = await runTest((p) => {
      const a = p.of([['k', 1] as const, ['k', 2] as const]).keyed();
      const b = p.of([['k', 'x'] as const]).keyed();
      return {
        out: coGroupByKey({ a, b }).map(async ([, groups]) => {
          let total = 0;
          for await (const v of groups.a) total += v;
          for await (const v of groups.a) total += v;
          return [total, await groups.b.toArray()];
        }),
      };
    });
    expect(r.out.values).toEqual([[6, ['x']]]);
  });
});

describe('a job', () => {
  it('tells its changes, its metrics and its end', async () => {
    const job = await pipeline('p', (p) =>
      p
        .of([1, 2])
        .window(fixed('1m'))
        .map((n, c) => {
          c.metrics.counter('seen').inc(n);
        })
        .named('look'),
    ).runAsync();
    const states: string[] = [];
    job.changes.subscribe(({ state }) => states.push(state));
    const { state, metrics } = await job.done;
    expect(state).toBe('DONE');
    expect(metrics.counter('seen')).toBe(3);
    expect(metrics.counter('seen', { step: 'look' })).toBe(3);
    expect(metrics.counter('seen', { step: 'other' })).toBe(0);
    expect(states.every((each) => ['RUNNING', 'DONE'].includes(each))).toBe(true);
  });

  it('that was cancelled before it began rejects run', async () => {
    const run = pipeline('p', (p) => p.of([1]).map((n) => n)).run(
      {},
      { signal: AbortSignal.abort() },
    );
    await expect(run).rejects.toMatchObject({ code: 'STRAHL-7102' });
  });
});
