import { expect, it } from '@jest/globals';
import {
  count,
  fixed,
  s,
  sessions,
  sliding,
  TIMESTAMP_MIN,
  toList,
  windowFn,
  type WindowFn,
} from 'strahl';
import { runTest } from 'strahl/testing';
import { sorted } from './in-order.js';
import { onEveryRunner } from './runners.js';

const at = (second: number): number => second * 1000;

/** Windows of whole weeks' days: an element lies in that of its day, and in one for all odd elements. */
const byParity: WindowFn = windowFn({
  window: s.row({ name: s.string, end: s.int64 }),
  assign: (t, value) => [
    { name: 'all', end: Math.floor(t / 10_000 + 1) * 10_000 },
    ...((value as number) % 2 === 1 ? [{ name: 'odd', end: 20_000 }] : []),
  ],
  maxTimestamp: (w) => w.end - 1,
});

onEveryRunner('windows', (runner) => {
  it('WIN-2: are those that a function of the user gives', async () => {
    const r = await runTest(
      (p) => ({
        out: p
          .of([1, 2, 13])
          .withTimestamps(at)
          .window(byParity)
          .combineGloballyWith(toList(), { emptyDefault: false })
          .map((list, c) => [
            c.window.kind === 'custom' && c.window.value,
            c.timestamp,
            [...list].sort((a, b) => a - b),
          ]),
      }),
      { runner: runner() },
    );
    expect(sorted(r.out.values)).toEqual(
      sorted([
        [{ name: 'all', end: 10_000 }, 9999, [1, 2]],
        [{ name: 'all', end: 20_000 }, 19_999, [13]],
        [{ name: 'odd', end: 20_000 }, 19_999, [1, 13]],
      ]),
    );
  });

  it('WIN-2: an element that a function of the user puts into no window is in none', async () => {
    const none = windowFn({ window: s.string, assign: () => [], maxTimestamp: () => 0 });
    const r = await runTest(
      (p) => ({
        out: p.of([1, 2]).window(none).combineGloballyWith(count(), { emptyDefault: false }),
      }),
      { runner: runner() },
    );
    expect(r.out.values).toEqual([]);
  });

  it('SID-1: a main element in k sliding windows reads k side windows', async () => {
    const r = await runTest(
      (p) => {
        const side = p.of([1, 11, 21]).withTimestamps(at).window(sliding('20s', '10s')).asList();
        return {
          out: p
            .of([15])
            .withTimestamps(at)
            .window(sliding('20s', '10s'))
            .with({ side })
            .map((n, { side: values }, c) => [
              n,
              c.window.kind === 'interval' && c.window.start,
              [...values].sort((a, b) => a - b),
            ]),
        };
      },
      { runner: runner() },
    );
    // Of the side windows that hold the end of the main window, the earliest is read.
    expect(sorted(r.out.values)).toEqual(
      sorted([
        [15, 0, [1, 11]],
        [15, 10_000, [11, 21]],
      ]),
    );
  });

  it('SID-1: refuses sessions as a side input, by name', async () => {
    const run = runTest(
      (p) => {
        const side = p.of([1]).withTimestamps(at).window(sessions('5s')).asList();
        return {
          out: p
            .of([1])
            .withTimestamps(at)
            .window(fixed('5s'))
            .with({ side })
            .map((n) => n),
        };
      },
      { runner: runner() },
    );
    await expect(run).rejects.toMatchObject({
      code: 'STRAHL-1202',
      title: expect.stringContaining('"side"'),
      site: expect.stringMatching(/windows\.test\.ts:\d+:\d+$/),
      why: 'no window of the side input belongs to a window of the input',
    });
  });

  it.each<readonly [string, WindowFn, number]>([
    ['fixed', fixed('1m'), 1],
    ['fixed with an offset', fixed('1m', { offset: '7s' }), 1],
    ['sliding', sliding('1m', '20s'), 3],
    ['sessions', sessions('1m'), 1],
  ])('WIN-7: elements without a time meet in %s windows', async (_, windows, panes) => {
    const r = await runTest(
      (p) => {
        const pairs = p
          .of([1, 2, 3])
          .keyBy((n) => n % 2)
          .window(windows);
        return {
          counted: pairs.countPerKey(),
          grouped: pairs
            .groupByKey()
            .map(async ([k, group]) => [k, [...(await group.toArray())].sort()]),
          again: pairs
            .reshuffle()
            .window(windows)
            .combineGloballyWith(count(), { emptyDefault: false }),
        };
      },
      { runner: runner() },
    );
    const times = <T>(x: T): readonly T[] => Array.from({ length: panes }, () => x);
    expect(sorted(r.counted.values)).toEqual([...times([0, 1]), ...times([1, 2])]);
    expect(sorted(r.grouped.values)).toEqual([...times([0, [2]]), ...times([1, [1, 3]])]);
    // WIN-10: each window of an element is replaced by those of its time.
    expect(r.again.values).toEqual(times(3 * panes));
    for (const { timestamp, window } of r.counted.elements) {
      expect(timestamp).toBe(window.maxTimestamp);
      expect(timestamp).toBeGreaterThan(TIMESTAMP_MIN);
      expect(window.kind).toBe('interval');
    }
  });

  it('MRG-9: windows of the user merge as the user says, per key', async () => {
    // Spans of five seconds, which merge where they overlap.
    const spans = windowFn({
      window: s.row({ from: s.int64, to: s.int64 }),
      assign: (t) => [{ from: t, to: t + 5000 }],
      maxTimestamp: (w) => w.to - 1,
      *merge(windows) {
        const open = [...windows].sort((a, b) => a.from - b.from);
        for (let first = open.shift(); first !== undefined; first = open.shift()) {
          const parts = [first];
          let { to } = first;
          while (open[0] !== undefined && open[0].from < to) {
            to = Math.max(to, open[0].to);
            parts.push(open.shift()!);
          }
          if (parts.length > 1) yield { into: { from: first.from, to }, windows: parts };
        }
      },
    });
    const r = await runTest(
      (p) => ({
        out: p
          .of(['a1', 'a4', 'a20', 'b3', 'a8', 'b30'])
          .withTimestamps((x) => at(Number(x.slice(1))))
          .window(spans)
          .keyBy((x) => x[0]!)
          .combineWith(toList())
          .map(([key, list], c) => [
            key,
            [...list].sort(),
            c.window.kind === 'custom' && c.window.value,
            c.timestamp,
          ]),
      }),
      { runner: runner() },
    );
    expect(sorted(r.out.values)).toEqual(
      sorted([
        ['a', ['a1', 'a4', 'a8'], { from: 1000, to: 13_000 }, 12_999],
        ['a', ['a20'], { from: 20_000, to: 25_000 }, 24_999],
        ['b', ['b3'], { from: 3000, to: 8000 }, 7999],
        ['b', ['b30'], { from: 30_000, to: 35_000 }, 34_999],
      ]),
    );
  });
});
