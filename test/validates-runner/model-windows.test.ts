// Rules of time, windows and triggers that are about more than one pane.
import { expect, it } from '@jest/globals';
import {
  afterCount,
  afterWatermark,
  count,
  eachElement,
  fixed,
  GLOBAL_WINDOW_END,
  repeat,
  s,
  sessions,
  sum,
  TIMESTAMP_MAX,
  TIMESTAMP_MIN,
  toList,
  value,
  windowFn,
} from 'strahl';
import { runTest } from 'strahl/testing';
import { events } from './events.js';
import { ascending } from './in-order.js';
import { onEveryRunner } from './runners.js';

onEveryRunner('time', (runner) => {
  it('TIME-1, TIME-2, TIME-6: every legal time passes a stage unchanged', async () => {
    const times = [
      -1,
      0,
      2 ** 53 - 1,
      -(2 ** 53 - 1),
      TIMESTAMP_MIN,
      GLOBAL_WINDOW_END,
      TIMESTAMP_MAX,
    ];
    const r = await runTest(
      (p) => ({
        out: p
          .of([0, 1, 2, 3, 4, 5, 6])
          .withTimestamps((i) => times[i]!)
          .reshuffle()
          .map((i, c) => c.timestamp === times[i]),
      }),
      { runner: runner() },
    );
    expect(r.out.values).toEqual(times.map(() => true));
  });

  it('TIME-3: what lies between the safe numbers and the limits is no time', async () => {
    const run = (t: number) =>
      runTest((p) => ({ out: p.of([1]).withTimestamps(() => t) }), { runner: runner() });
    await expect(run(2 ** 53)).rejects.toMatchObject({ code: 'STRAHL-4002' });
    await expect(run(NaN)).rejects.toMatchObject({ code: 'STRAHL-4002' });
  });

  it('TIME-5, pitfall 8: no sum of times lies behind the end of the global window', async () => {
    const r = await runTest(
      (p) => ({
        out: p
          .of([1])
          .trigger(repeat(afterCount(5)), { panes: 'discarding', allowedLateness: '9999d' })
          .combineGloballyWith(count(), { emptyDefault: false })
          .map((n, c) => [n, c.timestamp]),
      }),
      { runner: runner() },
    );
    expect(r.out.values).toEqual([[1, GLOBAL_WINDOW_END]]);
  });
});

onEveryRunner('windows and panes on their way', (runner) => {
  it('WIN-8: windows of the user are one if their bytes are', async () => {
    const parity = windowFn({
      window: s.row({ odd: s.boolean }),
      assign: (t: number) => [{ odd: t % 2 !== 0 }],
      maxTimestamp: ({ odd }) => (odd ? 1001 : 1000),
    });
    const r = await runTest(
      (p) => ({
        out: p
          .of([1, 2, 3, 4, 5])
          .withTimestamps((n) => n)
          .window(parity)
          .combineGloballyWith(toList<number>(), { emptyDefault: false })
          .map((list) => ascending(list)),
      }),
      { runner: runner() },
    );
    expect([...r.out.values].sort((a, b) => b.length - a.length)).toEqual([
      [1, 3, 5],
      [2, 4],
    ]);
  });

  it('PAN-5: an element that no grouping emitted is first and last of no firing', async () => {
    const r = await runTest(
      (p) => ({
        out: p
          .of([1])
          .reshuffle()
          .map((_, c) => c.pane),
      }),
      { runner: runner() },
    );
    expect(r.out.values).toEqual([
      { timing: 'unknown', index: 0, nonSpeculativeIndex: 0, first: true, last: true },
    ]);
  });

  it('PAN-6: a pane keeps both its numbers through a reshuffle', async () => {
    const stream = events()
      .at(1, { key: 'a', n: 1 })
      .watermark(10)
      .at(2, { key: 'a', n: 2 })
      .finish();
    const r = await runTest(
      (p) => ({
        out: p
          .read(stream)
          .window(fixed(10), {
            trigger: afterWatermark().early(eachElement()).late(eachElement()),
            allowedLateness: 5,
            panes: 'discarding',
          })
          .combineGloballyWith(count(), { emptyDefault: false })
          .reshuffle()
          .map((_, { pane }) => [pane.timing, pane.index, pane.nonSpeculativeIndex]),
      }),
      { runner: runner() },
    );
    expect([...r.out.values].sort()).toEqual([
      ['early', 0, -1],
      ['late', 2, 1],
      ['on-time', 1, 0],
    ]);
  });

  it('GBK-2, MRG-8: what a grouping merged stays merged behind it', async () => {
    const r = await runTest(
      (p) => ({
        out: p
          .of([0, 3, 20])
          .withTimestamps((t) => t)
          .window(sessions(5))
          .combineGloballyWith(count(), { emptyDefault: false })
          .combineGloballyWith(
            sum((n) => n),
            { emptyDefault: false },
          )
          .map((n, { window }) => [n, window.maxTimestamp]),
      }),
      { runner: runner() },
    );
    expect([...r.out.values].sort()).toEqual([
      [1, 24],
      [2, 7],
    ]);
  });

  it('TRG-2, pitfall 19: behind a grouping its trigger goes on as its continuation', async () => {
    const stream = events()
      .at(1, { key: 'a', n: 1 })
      .at(2, { key: 'a', n: 2 })
      .at(3, { key: 'b', n: 4 })
      .at(4, { key: 'b', n: 8 })
      .finish();
    const r = await runTest(
      (p) => ({
        out: p
          .read(stream)
          .keyBy((e) => e.key)
          .window(fixed(10), {
            trigger: repeat(afterCount(2)),
            panes: 'discarding',
            onTime: 'if-non-empty',
          })
          .combineWith(sum((e) => e.n))
          .values()
          .combineGloballyWith(
            sum((n) => n),
            { emptyDefault: false },
          ),
      }),
      { runner: runner() },
    );
    // A count of 2 becomes a count of 1: each pane goes straight through.
    expect(ascending(r.out.values)).toEqual([3, 12]);
  });

  it('TRG-3, TRG-4, TRG-5, pitfall 20: a trigger that may lose data is refused', async () => {
    const run = (build: Parameters<typeof runTest>[0]) => runTest(build, { runner: runner() });
    const unsafe = run((p) => ({
      out: p
        .of([1])
        .window(fixed(1), { trigger: afterCount(2), panes: 'discarding' })
        .count(),
    }));
    await expect(unsafe).rejects.toMatchObject({ code: 'STRAHL-1204' });
    const endless = run((p) => ({
      out: (p.read(events().finish()) as unknown as ReturnType<typeof p.of>).count(),
    }));
    await expect(endless).rejects.toMatchObject({ code: 'STRAHL-1201' });
  });

  it('pitfall 16: state over windows that still merge is refused', async () => {
    const run = runTest(
      (p) => ({
        out: p
          .of([1])
          .keyBy(() => 'k')
          .window(sessions(5))
          .stateful({ state: { n: value(s.int, 0) }, element: () => [1] }),
      }),
      { runner: runner() },
    );
    await expect(run).rejects.toMatchObject({ code: 'STRAHL-1302' });
  });

  it('pitfall 22, WIN-12: an output may not go back behind its input', async () => {
    const move = (skew: number) =>
      runTest(
        (p) => ({
          out: p
            .of([1])
            .withTimestamps(() => 100)
            .withTimestamps(() => 90, { allowedSkew: skew })
            .map((_, c) => c.timestamp),
        }),
        { runner: runner() },
      );
    await expect(move(5)).rejects.toMatchObject({ code: 'STRAHL-4002' });
    expect((await move(10)).out.values).toEqual([90]);
  });

  it('pitfall 29: a reshuffle neither delays nor drops what is late', async () => {
    const stream = events().watermark(100).at(1, { key: 'a', n: 1 }).finish();
    const r = await runTest(
      (p) => ({
        out: p
          .read(stream)
          .window(fixed(10))
          .reshuffle()
          .map((e, { timestamp, window }) => [e.n, timestamp, window.maxTimestamp]),
      }),
      { runner: runner() },
    );
    expect(r.out.values).toEqual([[1, 1, 9]]);
  });
});
