// What the planner may do, and what tests rely on.
import { expect, it } from '@jest/globals';
import {
  afterCount,
  afterProcessingTime,
  afterSynchronizedProcessingTime,
  count,
  eventTime,
  fixed,
  pipeline,
  processingTimer,
  repeat,
  s,
  source,
  sum,
  toList,
  type Trigger,
} from 'strahl';
import { assertThat, runTest, testStream } from 'strahl/testing';
import { events } from './events.js';
import { ascending } from './in-order.js';
import { onEveryRunner } from './runners.js';

const NO_DEFAULT = { emptyDefault: false } as const;

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

  it('pitfall 34: synchronized time waits for all panes of a moment, however many bytes they are', async () => {
    // Panes of 1, 2 and 3 are due when the clock is beyond 10, which is the time at which 9 arrives behind them.
    const stream = testStream(s.int).at(1, 1, 2, 3).processingTime(10).at(2, 9).processingTime(1);
    const trigger = (under: Trigger) => ({ trigger: repeat(under), panes: 'discarding' }) as const;
    const r = await runTest(
      (p) => {
        const all = p.read(stream.processingTime(1000).finish());
        const large = all
          .filter((n) => n < 9)
          .window(fixed(100), trigger(afterProcessingTime(10)))
          .map((n) => [n, 'x'.repeat(400_000)] as const)
          .keyBy(([n]) => n)
          .groupByKey()
          .map(([n]) => n);
        const late = all
          .filter((n) => n === 9)
          .window(fixed(100), trigger(afterSynchronizedProcessingTime()));
        return { out: large.flattenWith(late).combineGloballyWith(toList(), NO_DEFAULT) };
      },
      { runner: runner() },
    );
    // Empty panes on time make the numbers once more.
    expect(ascending(r.out.values[0]!)).toEqual([1, 2, 3, 9]);
  });
});
