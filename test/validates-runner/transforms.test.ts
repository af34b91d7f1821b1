// What a bug here would look like: a transform made of others that gives something else on another runner.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import {
  approxDistinct,
  approxQuantiles,
  approxTop,
  count,
  fixed,
  s,
  sessions,
  sum,
  toList,
  type Keyed,
  type PCollection,
  type Root,
} from 'strahl';
import { text } from 'strahl/io/text';
import { runTest, testStream } from 'strahl/testing';
import { onEveryRunner } from './runners.js';

type Numbers = PCollection<number, 'bounded', 'windowed'>;

/** Each number at that second, in windows of a minute. */
const at = (p: Root, ...seconds: readonly number[]): Numbers =>
  p
    .of(seconds)
    .withTimestamps((n) => n * 1000)
    .window(fixed('1m'));

const byParity = (numbers: Numbers): Keyed<number, number, 'bounded', 'windowed'> =>
  numbers.keyBy((n) => n % 2);

const sorted = (xs: readonly unknown[]): readonly string[] =>
  xs.map((x) => JSON.stringify(x)).sort();

onEveryRunner('transforms', (runner) => {
  it('join within windows', async () => {
    const r = await runTest(
      (p) => {
        const left = byParity(at(p, 1, 2, 3, 61));
        const right = byParity(at(p, 5, 7, 62));
        return { inner: left.join(right), full: left.fullJoin(right) };
      },
      { runner: runner() },
    );
    const inner = [
      [1, [1, 5]],
      [1, [1, 7]],
      [1, [3, 5]],
      [1, [3, 7]],
    ];
    expect(sorted(r.inner.values)).toEqual(sorted(inner));
    const alone = [
      [0, [2, undefined]],
      [1, [61, undefined]],
      [0, [undefined, 62]],
    ];
    expect(sorted(r.full.values)).toEqual(sorted([...inner, ...alone]));
  });

  it('compare collections as sets', async () => {
    const r = await runTest(
      (p) => {
        const a = at(p, 1, 1, 2, 61);
        const b = at(p, 2, 3, 62);
        return { union: a.union(b), both: a.intersect(b), rest: a.except(b, { all: true }) };
      },
      { runner: runner() },
    );
    expect(sorted(r.union.values)).toEqual(sorted([1, 2, 3, 61, 62]));
    expect(r.both.values).toEqual([2]);
    expect(sorted(r.rest.values)).toEqual(sorted([1, 1, 61]));
  });

  it('wait for a signal without losing what waits (SID-3)', async () => {
    const order: string[] = [];
    const r = await runTest(
      (p) => {
        const signal = at(p, 1, 2, 3).map((n) => (order.push('signal'), n));
        return {
          out: at(p, 10, 20, 70)
            .waitOn(signal)
            .map((n) => (order.push('out'), n)),
        };
      },
      { runner: runner() },
    );
    expect(sorted(r.out.values)).toEqual(sorted([10, 20, 70]));
    expect(order.slice(0, 3)).toEqual(['signal', 'signal', 'signal']);
  });

  it('wait for late elements of a signal, too (SID-2, SID-3)', async () => {
    const order: string[] = [];
    await runTest(
      (p) => {
        const script = testStream(s.string)
          .at(1_000, 'in time')
          .watermark(60_000)
          .at(2_000, 'late')
          .watermark(120_000)
          .finish();
        const signal = p
          .read(script)
          .window(fixed('1m'), { allowedLateness: '1m', panes: 'discarding' })
          .map((x) => (order.push(x), x));
        return {
          out: at(p, 3)
            .waitOn(signal)
            .map((x) => (order.push('out'), x)),
        };
      },
      { runner: runner() },
    );
    expect(order).toEqual(['in time', 'late', 'out']);
  });

  it('wait for a write to be done (SID-3)', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'strahl-'));
    const file = join(folder, 'lines.txt');
    try {
      const r = await runTest(
        (p) => {
          const written = p.of(['a', 'b']).write(text.sink(file, { shards: 1 }));
          const read = p.of([file]).waitOn(written.done);
          return { out: read.flatMap((path) => readFileSync(path, 'utf8').trim().split('\n')) };
        },
        { runner: runner() },
      );
      expect(sorted(r.out.values)).toEqual(sorted(['a', 'b']));
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('put values together and leave copies out, by key and window', async () => {
    const r = await runTest(
      (p) => ({
        batches: byParity(at(p, 1, 3, 5, 2, 61)).groupIntoBatches({ size: 2 }),
        once: at(p, 1, 2, 1, 61, 2).deduplicate({ for: '1h', domain: 'event-time' }),
        untimed: p.of([7, 7, 8]).deduplicate({ for: '1h', domain: 'event-time' }),
        lists: at(p, 1, 2, 3, 61).batchElements({ max: 2 }),
      }),
      { runner: runner() },
    );
    const lengths = r.batches.values.map(([key, values]) => [key, values.length]);
    expect(sorted(lengths)).toEqual(
      sorted([
        [0, 1],
        [1, 2],
        [1, 1],
        [1, 1],
      ]),
    );
    expect(sorted(r.once.values)).toEqual(sorted([1, 2, 61]));
    expect(sorted(r.untimed.values)).toEqual(sorted([7, 8]));
    expect(sorted(r.lists.values.flat())).toEqual(sorted([1, 2, 3, 61]));
  });

  it('join with the version of the time', async () => {
    const r = await runTest(
      (p) => ({ out: byParity(at(p, 2, 4, 9, 64)).temporalJoin(byParity(at(p, 3, 5, 62))) }),
      { runner: runner() },
    );
    expect(sorted(r.out.values)).toEqual(
      sorted([
        [0, [2, undefined]],
        [0, [4, undefined]],
        [1, [9, 5]],
        [0, [64, 62]],
      ]),
    );
  });

  it('estimate over accumulators that travel', async () => {
    const r = await runTest(
      (p) => ({
        out: p.generateSequence({ to: 200 }).combineGlobally({
          quantiles: approxQuantiles(3, (n: number) => n),
          distinct: approxDistinct((n: number) => n % 50),
          top: approxTop(1, (n: number) => (n < 100 ? 'low' : n)),
        }),
      }),
      { runner: runner() },
    );
    const [{ quantiles, distinct, top }] = r.out.values as [(typeof r.out.values)[number]];
    expect([quantiles[0], quantiles[2]]).toEqual([0, 199]);
    expect(Math.abs(quantiles[1]! - 100)).toBeLessThan(2);
    expect(Math.abs(distinct - 50)).toBeLessThan(2);
    expect(top[0]![0]).toBe('low');
  });

  it('ask for several elements of a bundle at once', async () => {
    const r = await runTest(
      (p) => ({
        out: at(p, 1, 2, 61)
          .requestResponse((ns) => Promise.resolve(ns.map((n) => n * 2)), { batch: 2 })
          .reify()
          .map((x) => [x.value, x.timestamp, x.window.maxTimestamp]),
      }),
      { runner: runner() },
    );
    expect(sorted(r.out.values)).toEqual(
      sorted([
        [2, 1_000, 59_999],
        [4, 2_000, 59_999],
        [122, 61_000, 119_999],
      ]),
    );
  });

  it('combines the values of hot keys in parts, with the same panes', async () => {
    const fanout = { fanout: (key: string) => (key === 'hot' ? 3 : 1) };
    const script = testStream(s.int64)
      .at('1s', 1, 2)
      .at('2s', 3, 4)
      .watermark('1m')
      .at('3s', 5)
      .watermark('2m')
      .at('4s', 6)
      .finish();
    const r = await runTest(
      (p) => {
        const pairs = p
          .of([1, 2, 3, 4, 5, 6])
          .withTimestamps((n) => n * 1000)
          .keyBy((n) => (n < 6 ? 'hot' : 'cold'));
        const panes = p
          .read(script)
          .keyBy(() => 'hot')
          .window(fixed('1m'), { allowedLateness: '30s', panes: 'accumulating' });
        return {
          several: pairs.combine({ total: sum((n) => n), all: toList() }, fanout),
          one: pairs.combineWith(count(), { fanout: 2 }),
          sessions: pairs.window(sessions('1500ms')).combineWith(count(), { fanout: 4 }),
          whole: panes.combineWith(count()),
          inParts: panes.combineWith(count(), { fanout: 2 }),
        };
      },
      { runner: runner() },
    );
    const sums = r.several.values.map(([key, { total, all }]) => [key, total, all.length]);
    expect(sorted(sums)).toEqual(
      sorted([
        ['cold', 6, 1],
        ['hot', 15, 5],
      ]),
    );
    const counts = [
      ['cold', 1],
      ['hot', 5],
    ];
    expect(sorted(r.one.values)).toEqual(sorted(counts));
    expect(sorted(r.sessions.values)).toEqual(sorted(counts));
    const lastOf = (panes: typeof r.whole): unknown => panes.panes().at(-1)?.values;
    expect(lastOf(r.inParts)).toEqual(lastOf(r.whole));
    expect(lastOf(r.inParts)).toEqual([['hot', 5]]);
    expect(r.inParts.panes().map(({ timing }) => timing)).toEqual(['on-time', 'late']);
  });
});
