// What a bug here would look like: a count that forgets or counts twice, state of one key or window seen in
// another, state that a failed bundle left behind, or state that outlives its window or dies before it.
import { expect, it } from '@jest/globals';
import {
  bag,
  combining,
  fixed,
  mapOf,
  multimapOf,
  orderedList,
  s,
  setOf,
  sliding,
  sum,
  value,
  type Keyed,
  type PCollection,
} from 'strahl';
import { runTest } from 'strahl/testing';
import { onEveryRunner } from './runners.js';

const byFirstLetter = (words: PCollection<string>): Keyed<string, string> =>
  words.keyBy((word) => word[0]!);

onEveryRunner('state', (runner) => {
  it('of a value is seen by later elements of its key alone (STA-1, STA-3)', async () => {
    const r = await runTest(
      (p) => ({
        out: byFirstLetter(p.of(['a1', 'b1', 'a2', 'a3', 'b2'])).stateful({
          state: { n: value(s.int, 0) },
          element(word, { key, state: { n } }) {
            n.write(n.read() + 1);
            return [`${key}${String(n.read())} ${word}`];
          },
        }),
      }),
      { runner: runner() },
    );
    const counts = r.out.values.map((text) => text.split(' ')[0]);
    expect(counts.sort()).toEqual(['a1', 'a2', 'a3', 'b1', 'b2']);
  });

  it('of a key belongs to one window (STA-1)', async () => {
    const r = await runTest(
      (p) => ({
        out: p
          .of([1, 2, 61, 62, 63])
          .withTimestamps((n) => n * 1000)
          .window(fixed('1m'))
          .keyBy(() => 'k')
          .stateful({
            state: { total: combining(sum((n: number) => n)) },
            element(n, { state: { total } }) {
              total.add(n);
            },
            onWindowExpiration: ({ state, window }) => [[window.maxTimestamp, state.total.read()]],
          }),
      }),
      { runner: runner() },
    );
    expect(r.out.values).toHaveLength(2);
    expect(r.out.values).toEqual(
      expect.arrayContaining([
        [59_999, 3],
        [119_999, 186],
      ]),
    );
  });

  it('is kept once per window of an element in several (WIN-9)', async () => {
    const r = await runTest(
      (p) => ({
        out: p
          .of([5])
          .withTimestamps((n) => n * 1000)
          .window(sliding('10s', '5s'))
          .keyBy(() => 'k')
          .stateful({
            state: { n: value(s.int, 0) },
            element(_, { state: { n } }) {
              n.write(n.read() + 1);
            },
            onWindowExpiration: ({ state, window }) => [[window.maxTimestamp, state.n.read()]],
          }),
      }),
      { runner: runner() },
    );
    expect(r.out.values).toHaveLength(2);
    expect(r.out.values).toEqual(
      expect.arrayContaining([
        [9_999, 1],
        [14_999, 1],
      ]),
    );
  });

  it('of each kind reads what was written, in this bundle or before (STA-2)', async () => {
    const r = await runTest(
      (p) => ({
        out: p
          .of([3, 1, 2, 1])
          .keyBy(() => 'k')
          .stateful({
            state: {
              all: bag(s.int),
              seen: setOf(s.int),
              times: mapOf(s.int, s.int),
              by: multimapOf(s.boolean, s.int),
              sorted: orderedList(s.int),
            },
            async element(n, { state: { all, seen, times, by, sorted } }) {
              all.add(n);
              seen.add(n);
              times.set(n, ((await times.get(n)) ?? 0) + 1);
              by.put(n % 2 === 0, n);
              sorted.add(n, n * 1000);
              if ((await list(all)).length < 4) return [];
              return [
                {
                  all: (await list(all)).sort(),
                  empty: await all.isEmpty(),
                  seen: (await list(seen)).sort(),
                  has: [await seen.has(2), await seen.has(9)],
                  times: (await list(times)).sort(),
                  keys: (await list(times.keys())).sort(),
                  odd: (await list(by.get(false))).sort(),
                  sorted: (await list(sorted)).map((entry) => entry.value),
                  range: (await list(sorted.range(1000, 3000))).map((entry) => entry.timestamp),
                },
              ];
            },
          }),
      }),
      { runner: runner() },
    );
    expect(r.out.values).toEqual([
      {
        all: [1, 1, 2, 3],
        empty: false,
        seen: [1, 2, 3],
        has: [true, false],
        times: [
          [1, 2],
          [2, 1],
          [3, 1],
        ],
        keys: [1, 2, 3],
        odd: [1, 1, 3],
        sorted: [1, 1, 2, 3],
        range: [1000, 1000, 2000],
      },
    ]);
  });

  it('of each kind is empty after clear, and takes again (STA-3)', async () => {
    const r = await runTest(
      (p) => ({
        out: p
          .of([1, 2, 3])
          .keyBy(() => 'k')
          .stateful({
            state: {
              one: value(s.int, -1),
              total: combining(sum((n: number) => n)),
              all: bag(s.int),
              seen: setOf(s.int),
              map: mapOf(s.int, s.int),
              many: multimapOf(s.int, s.int),
              sorted: orderedList(s.int),
            },
            async element(n, { state: { one, total, all, seen, map, many, sorted } }) {
              const states = [one, total, all, seen, map, many, sorted];
              if (n === 2) for (const state of states) state.clear();
              else {
                one.write(n);
                total.add(n);
                all.add(n);
                seen.add(n);
                map.set(n, n);
                many.put(n, n);
                sorted.add(n, n);
              }
              const kept: readonly AsyncIterable<unknown>[] = [all, seen, map, many, sorted];
              const sizes = await Promise.all(
                kept.map(async (state) => (await list(state)).length),
              );
              return [[n, one.read(), total.read(), await all.isEmpty(), ...sizes]];
            },
          }),
      }),
      { runner: runner() },
    );
    expect([...r.out.values].sort()).toEqual([
      [1, 1, 1, false, 1, 1, 1, 1, 1],
      [2, -1, 0, true, 0, 0, 0, 0, 0],
      [3, 3, 3, false, 1, 1, 1, 1, 1],
    ]);
  });

  it('removes single members, keys and ranges (STA-2)', async () => {
    const r = await runTest(
      (p) => ({
        out: p
          .of([1])
          .keyBy(() => 'k')
          .stateful({
            state: {
              seen: setOf(s.string),
              map: mapOf(s.string, s.int),
              many: multimapOf(s.string, s.int),
              sorted: orderedList(s.string),
            },
            async element(_, { state: { seen, map, many, sorted } }) {
              for (const name of ['x', 'y', 'z']) {
                seen.add(name);
                map.set(name, 1);
                many.put(name, 1);
                many.put(name, 2);
                sorted.add(name, name.charCodeAt(0));
              }
              seen.delete('y');
              map.delete('y');
              many.delete('y');
              sorted.clearRange(121, 122);
              return [
                [
                  (await list(seen)).sort(),
                  (await list(map.keys())).sort(),
                  (await list(many)).map(([key]) => key).sort(),
                  (await list(sorted)).map((entry) => entry.value),
                ],
              ];
            },
          }),
      }),
      { runner: runner() },
    );
    expect(r.out.values).toEqual([
      [
        ['x', 'z'],
        ['x', 'z'],
        ['x', 'x', 'z', 'z'],
        ['x', 'z'],
      ],
    ]);
  });
});

async function list<T>(values: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const v of values) all.push(v);
  return all;
}
