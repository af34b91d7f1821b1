// What the rules say at their edges: nothing at all, the end of a window, and what comes when it has ended.
import { expect, it } from '@jest/globals';
import {
  afterWatermark,
  count,
  eachElement,
  eventTimer,
  eventTimerFamily,
  fixed,
  processingTimer,
  s,
  source,
  sum,
  value,
} from 'strahl';
import { runTest, testStream } from 'strahl/testing';
import { sorted } from './in-order.js';
import { onEveryRunner } from './runners.js';

onEveryRunner('at the edges', (runner) => {
  it('ACC-2: a discarding pane on time without new elements is the combine of nothing', async () => {
    const r = await runTest(
      (p) => ({
        out: p
          .read(testStream(s.int).at(1, 5).watermark(20).finish())
          .keyBy(() => 'k')
          .window(fixed(10), {
            trigger: afterWatermark().early(eachElement()),
            panes: 'discarding',
          })
          .combineWith(sum((n) => n))
          .map(([, n], { pane }) => [pane.timing, n]),
      }),
      { runner: runner() },
    );
    expect(sorted(r.out.values)).toEqual([
      ['early', 5],
      ['on-time', 0],
    ]);
  });

  it('LATE-6: a grouping behind another one drops by its own lateness', async () => {
    const stream = testStream(s.int).at(1, 1).watermark(15).at(2, 2).watermark(40).finish();
    const r = await runTest(
      (p) => {
        const first = p
          .read(stream)
          .keyBy(() => 'k')
          .window(fixed(10), { allowedLateness: 20, panes: 'discarding' })
          .combineWith(count());
        return {
          first: first.map(([, n], { pane }) => [n, pane.timing]),
          second: first
            .values()
            .window(fixed(10))
            .combineGloballyWith(
              sum((n) => n),
              { emptyDefault: false },
            ),
        };
      },
      { runner: runner() },
    );
    expect(sorted(r.first.values)).toEqual([
      [1, 'late'],
      [1, 'on-time'],
    ]);
    expect([r.second.values, r.dropped]).toEqual([[1], 1]);
  });

  it('WM-4, TMR-11: what a window emits at its end is on time behind the step', async () => {
    const stream = testStream(s.int).at(1, 1).watermark(9).watermark(50).finish();
    const r = await runTest(
      (p) => ({
        out: p
          .read(stream)
          .keyBy(() => 'k')
          .window(fixed(10))
          .stateful({
            state: { n: value(s.int, 0) },
            element: (n, { state }) => state.n.write(n),
            onWindowExpiration: ({ state }) => [state.n.read()],
          })
          .combineGloballyWith(count(), { emptyDefault: false }),
      }),
      { runner: runner() },
    );
    expect(r.out.panes()).toMatchObject([{ timing: 'on-time', values: [1] }]);
    expect(r.dropped).toBe(0);
  });

  it('TMR-4: elements come before timers of the same time, and one set for the past fires at once', async () => {
    const r = await runTest(
      (p) => ({
        out: p
          .of([1, 2, 3])
          .withTimestamps((n) => n)
          .keyBy(() => 'k')
          .stateful({
            state: { log: value(s.string, '') },
            timers: { t: eventTimerFamily() },
            element(n, { state, timers }) {
              state.log.write(`${state.log.read()}e`);
              timers.t.get(String(n)).at(3);
            },
            onTimer: {
              t({ state, tag, timers }) {
                state.log.write(`${state.log.read()}t`);
                if (tag === '1') timers.t.get('past').at(2);
              },
            },
            onWindowExpiration: ({ state }) => [state.log.read()],
          }),
      }),
      { runner: runner() },
    );
    expect(r.out.values).toEqual(['eeetttt']);
  });

  it('TMR-6: what a timer of the clock emits has the time of whoever set it, also of a timer', async () => {
    const stream = testStream(s.int)
      .at(7, 1)
      .processingTime(10)
      .processingTime(10)
      .watermark(30)
      .finish();
    const r = await runTest(
      (p) => ({
        out: p
          .read(stream)
          .keyBy(() => 'k')
          .stateful({
            state: { fired: value(s.int, 0) },
            timers: { t: processingTimer() },
            element: (_, { timers }) => timers.t.after(10),
            onTimer: {
              t({ state, timers }) {
                state.fired.write(state.fired.read() + 1);
                if (state.fired.read() < 2) timers.t.after(10);
                return [state.fired.read()];
              },
            },
          })
          .window(fixed(10))
          .map((n, { timestamp }) => [n, timestamp])
          .combineGloballyWith(count(), { emptyDefault: false }),
      }),
      { runner: runner() },
    );
    // Both are at 7, and the timer held the watermark there.
    expect(r.out.values).toEqual([2]);
    expect(r.dropped).toBe(0);
  });

  it('TMR-10: the end of a window cancels its timers, those of families too', async () => {
    const stream = testStream(s.int).at(1, 1).watermark(20).processingTime('1h').finish();
    const r = await runTest(
      (p) => ({
        out: p
          .read(stream)
          .window(fixed(10))
          .keyBy(() => 'k')
          .stateful({
            timers: { clock: processingTimer(), more: eventTimerFamily(), one: eventTimer() },
            element(_, { timers }) {
              timers.clock.after('10m');
              timers.more.get('x').at(9);
              timers.one.after('1h');
            },
            onTimer: {
              clock: () => ['clock'],
              more: ({ tag }) => [`more ${tag}`],
              one: ({ firedAt }) => [`one ${String(firedAt)}`],
            },
          }),
      }),
      { runner: runner() },
    );
    expect(sorted(r.out.values)).toEqual(['more x', 'one 9']);
  });

  it('SID-4: a singleton of nothing without a default is an error', async () => {
    const run = runTest(
      (p) => {
        const none = p.of<number>([]).asSingleton();
        return {
          out: p
            .of([1])
            .with({ none })
            .map((n, side) => n + side.none),
        };
      },
      { runner: runner() },
    );
    await expect(run).rejects.toMatchObject({
      title: expect.stringContaining('singleton') as unknown,
    });
  });

  it('SID-2: a global side input of nothing is ready when its input has ended', async () => {
    const side = testStream(s.int).watermark(5).watermark(50).finish();
    const r = await runTest(
      (p) => {
        const none = p.read(side).trigger(eachElement(), { panes: 'discarding' }).asList();
        return {
          out: p
            .of([1])
            .with({ none })
            .map((n, { none: values }) => [n, values.length]),
        };
      },
      { runner: runner() },
    );
    expect(r.out.values).toEqual([[1, 0]]);
  });

  it('SID-3: elements that wait hold the watermark, so nothing behind them is late', async () => {
    const main = testStream(s.int).at(1, 1).watermark(100).finish();
    const side = testStream(s.int).at(1, 7).watermark(5).at(2, 8).watermark(10).finish();
    const r = await runTest(
      (p) => {
        const sides = p.read(side).window(fixed(10)).asList();
        return {
          out: p
            .read(main)
            .window(fixed(10))
            .with({ sides })
            .map((n, c) => n + c.sides.length)
            .combineGloballyWith(
              sum((n) => n),
              { emptyDefault: false },
            ),
        };
      },
      { runner: runner() },
    );
    expect(r.out.panes()).toMatchObject([{ timing: 'on-time', values: [3] }]);
  });

  it('SRT-1: sorted elements wait until nothing earlier is taken any more', async () => {
    const stream = testStream(s.int)
      .at(5, 5)
      .watermark(7)
      .at(3, 3)
      .watermark(15)
      .at(4, 4)
      .watermark(40)
      .finish();
    const r = await runTest(
      (p) => ({
        out: p
          .read(stream)
          .window(fixed(100), { allowedLateness: 10, panes: 'discarding' })
          .keyBy(() => 'k')
          .stateful({
            requiresTimeSortedInput: true,
            state: { seen: value(s.string, '') },
            element(n, { state: { seen } }) {
              seen.write(`${seen.read()}${String(n)}`);
              return [seen.read()];
            },
          }),
      }),
      { runner: runner() },
    );
    expect([r.out.values, r.dropped]).toEqual([['3', '35'], 1]);
  });

  it('SDF-6: a bounded function may pause, and is read to its end all the same', async () => {
    const pauses = source({
      element: s.int,
      bounded: 'bounded',
      initial: () => ({ from: 0, to: 3 }),
      read(r, { claim, emit, resumeAfter }) {
        if (claim(r.from)) emit(r.from);
        resumeAfter(1);
      },
    });
    const r = await runTest((p) => ({ out: p.read(pauses), n: p.read(pauses).count() }), {
      runner: runner(),
    });
    expect([sorted(r.out.values), r.n.values]).toEqual([[0, 1, 2], [3]]);
  });
});
