// Rules that are about more than one pane: time, watermarks along a pipeline, side inputs, fusion, tests.
import { expect, it } from '@jest/globals';
import {
  afterCount,
  afterWatermark,
  count,
  eachElement,
  eventTimer,
  eventTime,
  fixed,
  GLOBAL_WINDOW_END,
  pipeline,
  processingTimer,
  repeat,
  s,
  sessions,
  source,
  sum,
  TIMESTAMP_MAX,
  TIMESTAMP_MIN,
  toList,
  value,
  windowFn,
} from 'strahl';
import { assertThat, runTest, testStream } from 'strahl/testing';
import { onEveryRunner } from './runners.js';

const ascending = (xs: Iterable<number>): number[] => [...xs].sort((a, b) => a - b);
const Event = s.row({ key: s.string, n: s.int });
const events = () => testStream(Event);

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

onEveryRunner('watermarks', (runner) => {
  it('WM-1, WM-4, WM-7, pitfall 32: what was on time before a grouping is on time behind it', async () => {
    const stream = events()
      .at(1, { key: 'a', n: 1 })
      .at(2, { key: 'b', n: 2 })
      .watermark(5)
      .at(6, { key: 'a', n: 4 })
      .watermark(10)
      .finish();
    const r = await runTest(
      (p) => ({
        out: p
          .read(stream)
          .keyBy((e) => e.key)
          .window(fixed(10), {
            trigger: afterWatermark().early(eachElement()),
            panes: 'discarding',
          })
          .combineWith(sum((e) => e.n))
          .values()
          .window(fixed(10))
          .combineGloballyWith(
            sum((n) => n),
            { emptyDefault: false },
          ),
      }),
      { runner: runner() },
    );
    expect(r.out.panes()).toMatchObject([{ timing: 'on-time', values: [7] }]);
  });

  it('WM-2, WM-5, pitfall 33, pitfall 39: a bundle in hand holds the watermark, also while it is tried again', async () => {
    let tries = 0;
    const stream = events()
      .at(1, { key: 'a', n: 1 })
      .watermark(10)
      .at(11, { key: 'a', n: 2 })
      .finish();
    const r = await runTest(
      (p) => ({
        out: p
          .read(stream)
          .map(async (e) => {
            await Promise.resolve();
            if (++tries % 2 === 1) throw new Error('not yet');
            return e;
          })
          .window(fixed(10))
          .combineGloballyWith(
            sum((e) => e.n),
            { emptyDefault: false },
          ),
      }),
      { runner: runner({ maxBundleAttempts: 2 }) },
    );
    expect(r.dropped).toBe(0);
    expect(r.out.panes().map((pane) => pane.values)).toEqual([[1], [2]]);
  });

  it('WM-8: a bounded input ends, and with it every window', async () => {
    const r = await runTest((p) => ({ out: p.of([1, 2]).count() }), { runner: runner() });
    expect(r.out.values).toEqual([2]);
  });

  it('WM-10: a silent source does not hold back the others for ever', async () => {
    let polls = 0;
    let pollsAtPane = 0;
    const silent = source({
      element: Event,
      bounded: 'unbounded',
      idleAfter: '1m',
      initial: () => ({ from: 0, to: 1 }),
      read: (_, { claim, resumeAfter }) => {
        if (++polls < 200) resumeAfter('1s');
        else claim(0);
      },
    });
    const stream = events().at(1, { key: 'a', n: 1 }).finish();
    const r = await runTest(
      (p) => ({
        out: p
          .flatten(p.read(stream), p.read(silent))
          .window(fixed(10))
          .combineGloballyWith(
            sum((e) => e.n),
            { emptyDefault: false },
          )
          .map((n) => {
            pollsAtPane = polls;
            return n;
          }),
      }),
      { runner: runner() },
    );
    expect(r.out.values).toEqual([1]);
    expect(pollsAtPane).toBeGreaterThan(0);
    expect(pollsAtPane).toBeLessThan(200);
  });

  it('LATE-5: a step without state never drops what is late', async () => {
    const stream = events().watermark(1000).at(1, { key: 'a', n: 1 }).finish();
    const r = await runTest(
      (p) => ({
        out: p
          .read(stream)
          .window(fixed(10))
          .map((e) => e.n),
      }),
      { runner: runner() },
    );
    expect([r.out.values, r.dropped]).toEqual([[1], 0]);
  });

  it('TMR-2, TMR-8: event time and the clock are two things, and an output may lie behind the fire time', async () => {
    const stream = events().at(1, { key: 'a', n: 1 }).processingTime(20).watermark(5).finish();
    const r = await runTest(
      (p) => ({
        out: p
          .read(stream)
          .keyBy((e) => e.key)
          .window(fixed(100))
          .stateful({
            timers: { event: eventTimer(), clock: processingTimer() },
            element: (_, { timers }) => {
              timers.event.at(5, { outputTimestamp: 50 });
              timers.clock.after(20);
            },
            onTimer: { event: () => ['event'], clock: () => ['clock'] },
          })
          .map((text, c) => [text, c.timestamp]),
      }),
      { runner: runner() },
    );
    expect(r.out.values).toEqual([
      ['clock', 1],
      ['event', 50],
    ]);
  });
});

onEveryRunner('side inputs in time', (runner) => {
  it('SID-2, SID-3, pitfall 25: an element waits until its side window is complete', async () => {
    const main = events().at(1, { key: 'a', n: 1 }).watermark(100).finish();
    const side = events()
      .at(1, { key: 'x', n: 10 })
      .at(2, { key: 'x', n: 20 })
      .at(3, { key: 'x', n: 30 })
      .watermark(10)
      .finish();
    const r = await runTest(
      (p) => {
        const sides = p
          .read(side)
          .map((e) => e.n)
          .window(fixed(10))
          .asList();
        return {
          out: p
            .read(main)
            .window(fixed(10))
            .with({ sides })
            .map((e, c) => [e.n, ascending(c.sides)]),
        };
      },
      { runner: runner() },
    );
    expect(r.out.values).toEqual([[1, [10, 20, 30]]]);
  });

  it('SID-1, SID-5, pitfall 26: is that of the end of the main window, and may be read again and again', async () => {
    const r = await runTest(
      (p) => {
        const sides = p
          .of([0, 1, 2, 3, 4])
          .withTimestamps((t) => t)
          .window(fixed(4))
          .asIterable();
        return {
          out: p
            .of([0, 2])
            .withTimestamps((t) => t)
            .window(fixed(2))
            .with({ sides })
            .map(async (x, c) => [
              x,
              ascending(await c.sides.toArray()),
              (await c.sides.toArray()).length,
            ]),
        };
      },
      { runner: runner() },
    );
    expect([...r.out.values].sort()).toEqual([
      [0, [0, 1, 2, 3], 4],
      [2, [0, 1, 2, 3], 4],
    ]);
  });

  it('SID-6: a side window is there for elements that are late, but not too late', async () => {
    const main = events().watermark(15).at(1, { key: 'a', n: 1 }).finish();
    const side = events().at(1, { key: 'x', n: 10 }).watermark(10).finish();
    const r = await runTest(
      (p) => {
        const sides = p
          .read(side)
          .map((e) => e.n)
          .window(fixed(10))
          .asList();
        return {
          out: p
            .read(main)
            .window(fixed(10), { allowedLateness: 20, panes: 'discarding' })
            .with({ sides })
            .map((_, c) => [...c.sides]),
        };
      },
      { runner: runner() },
    );
    expect(r.out.values).toEqual([[10]]);
  });
});

onEveryRunner('the plan', (runner) => {
  it('LFT-1, pitfall 36: a trigger that counts counts elements, not sums of them', async () => {
    const stream = events()
      .at(1, { key: 'a', n: 1 })
      .at(2, { key: 'a', n: 2 })
      .at(3, { key: 'a', n: 4 })
      .at(4, { key: 'a', n: 8 })
      .finish();
    const r = await runTest(
      (p) => ({
        out: p
          .read(stream)
          .window(fixed(10), {
            trigger: repeat(afterCount(2)),
            panes: 'discarding',
            onTime: 'if-non-empty',
          })
          .combineGloballyWith(
            sum((e) => e.n),
            { emptyDefault: false },
          ),
      }),
      { runner: runner() },
    );
    expect(ascending(r.out.values)).toEqual([3, 12]);
  });

  it('LFT-2: sums of parts are the sum, per window', async () => {
    const r = await runTest(
      (p) => ({
        out: p
          .generateSequence({ to: 1000 })
          .withTimestamps((n) => n)
          .window(fixed(250))
          .combineGloballyWith(count(), { emptyDefault: false }),
      }),
      { runner: runner() },
    );
    expect(r.out.values).toEqual([250, 250, 250, 250]);
  });

  it('FUS-1: a step that reads what it feeds on as a side input waits for it', async () => {
    const r = await runTest(
      (p) => {
        const numbers = p.of([1, 2, 3]).map((n) => n);
        const total = numbers.combineGloballyWith(sum((n) => n)).asSingleton();
        return { out: numbers.with({ total }).map((n, c) => [n, c.total]) };
      },
      { runner: runner() },
    );
    expect([...r.out.values].sort()).toEqual([
      [1, 6],
      [2, 6],
      [3, 6],
    ]);
  });

  it('FUS-2, FUS-3: what several steps read is made once, also behind a grouping', async () => {
    let made = 0;
    const r = await runTest(
      (p) => {
        const counted = p
          .of(['a', 'b', 'a'])
          .countPerElement()
          .map((pair) => {
            made++;
            return pair;
          });
        return {
          keys: counted.map(([word]) => word),
          counts: counted.map(([, n]) => n),
          again: counted.reshuffle().map(([, n]) => n),
        };
      },
      { runner: runner() },
    );
    expect(made).toBe(2);
    expect([
      [...r.keys.values].sort(),
      ascending(r.counts.values),
      ascending(r.again.values),
    ]).toEqual([
      ['a', 'b'],
      [1, 2],
      [1, 2],
    ]);
  });

  it('pitfall 28, DRN-1: a job that is drained gives all that it has', async () => {
    const endless = source({
      element: s.int,
      bounded: 'unbounded',
      initial: () => ({ from: 0, to: 1e9 }),
      read: ({ from }, { claim, emit, watermark, resumeAfter }) => {
        if (!claim(from)) return;
        emit(from, from);
        watermark(from);
        resumeAfter(1);
      },
    });
    let seen = 0;
    const counts: number[] = [];
    const job = await pipeline('endless', (p) =>
      p
        .read(endless)
        .map((n) => {
          seen++;
          return n;
        })
        .window(fixed('1d'))
        .combineGloballyWith(count(), { emptyDefault: false })
        .map((n) => void counts.push(n)),
    ).runAsync({}, { runner: runner() });
    while (seen < 3) await new Promise((resolve) => setImmediate(resolve));
    await job.drain();
    expect(counts.reduce((a, b) => a + b, 0)).toBe(seen);
    expect(job.state).toBe('DRAINED');
  });
});

onEveryRunner('tests of pipelines', (runner) => {
  it('TST-1, TST-2, pitfall 37: each event is over before the next, and late elements are late', async () => {
    const seen: string[] = [];
    const stream = events()
      .at(1, { key: 'a', n: 1 })
      .watermark(10)
      .at(2, { key: 'a', n: 2 })
      .processingTime(5)
      .at(11, { key: 'a', n: 4 })
      .finish();
    const r = await runTest(
      (p) => ({
        out: p
          .read(stream)
          .map((e, { window, pane }) => {
            seen.push(`${String(e.n)} ${window.kind} ${pane.timing}`);
            return e;
          })
          .window(fixed(10))
          .combineGloballyWith(
            sum((e) => e.n),
            { emptyDefault: false },
          ),
      }),
      { runner: runner() },
    );
    expect(seen).toEqual(['1 global unknown', '2 global unknown', '4 global unknown']);
    expect(r.out.panes().map((pane) => pane.values)).toEqual([[1], [4]]);
    expect(r.dropped).toBe(1);
  });

  it('TST-3: several streams take turns', async () => {
    const seen: number[] = [];
    const one = testStream(s.int).at(0, 1).at(0, 3).finish();
    const two = testStream(s.int).at(0, 2).at(0, 4).finish();
    await runTest(
      (p) => ({ out: p.flatten(p.read(one), p.read(two)).map((n) => void seen.push(n)) }),
      { runner: runner() },
    );
    expect(seen).toEqual([1, 2, 3, 4]);
  });

  it('PAS-1, pitfall 38: an assertion fails the job, and so does one that is wrong about nothing', async () => {
    const check = (expected: readonly number[]) =>
      pipeline('check', (p) => {
        assertThat(p.of<number>([])).containsInAnyOrder(...expected);
      }).run({}, { runner: runner() });
    await check([]);
    await expect(check([1])).rejects.toMatchObject({ code: 'STRAHL-4006' });
  });

  it('pitfall 34: the clock of a test moves only when it is told to', async () => {
    const stream = events().at(1, { key: 'a', n: 1 }).processingTime('1h').finish();
    const r = await runTest(
      (p) => ({
        out: p
          .read(stream)
          .keyBy((e) => e.key)
          .window(fixed('1d'))
          .stateful({
            timers: { t: processingTimer() },
            element: (_, { timers }) => timers.t.after('1h'),
            onTimer: { t: (c) => [c.firedAt] },
          }),
      }),
      { runner: runner() },
    );
    expect(r.out.values).toEqual([eventTime(3_600_000)]);
  });
});
