// Watermarks along a pipeline, and what waits for them.
import { expect, it } from '@jest/globals';
import {
  afterWatermark,
  eachElement,
  eventTimer,
  fixed,
  processingTimer,
  source,
  stamp,
  sum,
} from 'strahl';
import { runTest } from 'strahl/testing';
import { Event, events } from './events.js';
import { ascending } from './in-order.js';
import { onEveryRunner } from './runners.js';

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

  it('LATE-1: an element is no later than its window, though its own time lies behind that', async () => {
    const r = await runTest(
      (p) => ({
        out: p
          .of([1, 2, 12])
          .withTimestamps((n) => n)
          .window(fixed(10))
          .flatMap((n) => [stamp({ key: 'k', n }, n < 10 ? 11 : 25)])
          .keyBy((e) => e.key)
          .groupByKey()
          .map(async ([, group]) => (await group.toArray()).reduce((all, e) => all + e.n, 0)),
      }),
      { runner: runner() },
    );
    expect(r.dropped).toBe(0);
    expect(ascending(r.out.values)).toEqual([3, 12]);
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
