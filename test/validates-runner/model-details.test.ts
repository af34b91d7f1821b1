// Clauses of the model whose rule has its test elsewhere. What a bug here looks like: windows that merge where they must
// not, or not where they must, or a side input that keeps more waiting than it must.
import { expect, it } from '@jest/globals';
import {
  coGroupByKey,
  count,
  eachElement,
  eventTimer,
  fixed,
  processingTimer,
  repeat,
  s,
  sessions,
  sliding,
  sum,
} from 'strahl';
import { runTest, testStream } from 'strahl/testing';
import { sorted } from './in-order.js';
import { onEveryRunner } from './runners.js';

const byNumber = (a: number, b: number): number => a - b;

onEveryRunner('details of the model', (runner) => {
  it('MRG-8: what is windowed anew behind a grouping merges again', async () => {
    const r = await runTest(
      (p) => ({
        out: p
          .of([0, 3, 20])
          .withTimestamps((t) => t)
          .window(sessions(5))
          .combineGloballyWith(count(), { emptyDefault: false })
          .window(sessions(30))
          .combineGloballyWith(
            sum((n) => n),
            { emptyDefault: false },
          )
          .map((n, { window }) => [n, window.maxTimestamp]),
      }),
      { runner: runner() },
    );
    expect(r.out.values).toEqual([[3, 53]]);
  });

  it('RSH-1: a reshuffle merges no windows, and a grouping behind it does', async () => {
    const r = await runTest(
      (p) => {
        const shuffled = p
          .of([0, 3])
          .withTimestamps((t) => t)
          .window(sessions(5))
          .reshuffle();
        return {
          windows: shuffled.map((_, { window }) => window.maxTimestamp),
          counts: shuffled.combineGloballyWith(count(), { emptyDefault: false }),
        };
      },
      { runner: runner() },
    );
    expect([...r.windows.values].sort(byNumber)).toEqual([4, 7]);
    expect(r.counts.values).toEqual([2]);
  });

  it('SID-3: an element in two windows goes on in the one whose side window is ready', async () => {
    const seen: string[] = [];
    const script = testStream(s.string).at(5, 'side 5').at(5, 'main').at(15, 'side 15').finish();
    const r = await runTest(
      (p) => {
        const all = p.read(script);
        const early = {
          trigger: repeat(eachElement()),
          allowedLateness: 0,
          panes: 'accumulating',
        } as const;
        const side = all
          .filter((x) => x.startsWith('side'))
          .window(fixed(10), early)
          .map((x) => {
            seen.push(x);
            return x;
          })
          .asList();
        return {
          out: all
            .filter((x) => x === 'main')
            // The one ends in the first side window, the other in the second.
            .window(sliding(20, 10))
            .with({ side })
            .map((_, { side: values }, { window }) => {
              seen.push(`main to ${String(window.maxTimestamp)}`);
              return [...values];
            }),
        };
      },
      { runner: runner() },
    );
    expect(seen).toEqual(['side 5', 'main to 9', 'side 15', 'main to 19']);
    expect(sorted(r.out.values)).toEqual([['side 15'], ['side 5']]);
  });

  it('SID-4: of discarding panes the latest is all there is', async () => {
    const script = testStream(s.string).at(1, 'side 1').at(2, 'side 2').at(3, 'main').finish();
    const r = await runTest(
      (p) => {
        const all = p.read(script);
        const side = all
          .filter((x) => x.startsWith('side'))
          .window(fixed(10), { trigger: repeat(eachElement()), panes: 'discarding' })
          .asList();
        return {
          out: all
            .filter((x) => x === 'main')
            .window(fixed(10))
            .with({ side })
            .map((_, { side: values }) => [...values]),
        };
      },
      { runner: runner() },
    );
    expect(r.out.values).toEqual([['side 2']]);
  });

  it('TMR-5: a timer of the clock that sets itself again for now keeps nobody from going on', async () => {
    let rounds = 0;
    const stream = testStream(s.string).at(1, 'loop').processingTime(5).at(3, 'other').finish();
    const r = await runTest(
      (p) => ({
        out: p
          .read(stream)
          .keyBy((x) => x)
          .stateful({
            timers: { t: processingTimer() },
            element(x, { timers }) {
              if (x === 'other') return [x];
              timers.t.after(0);
              return [];
            },
            onTimer: {
              t({ timers }) {
                if (++rounds < 3000) timers.t.after(0);
              },
            },
          }),
      }),
      { runner: runner() },
    );
    expect([rounds, r.out.values]).toEqual([3000, ['other']]);
  });

  it('TMR-3, LATE-1: a late element of an open window sets a timer for the past, which fires at once', async () => {
    const log: string[] = [];
    const stream = testStream(s.int).at(1, 1).watermark(15).at(3, 3).watermark(18).finish();
    const r = await runTest(
      (p) => ({
        out: p
          .read(stream)
          .window(fixed(10), { allowedLateness: 10, panes: 'discarding' })
          .keyBy(() => 'k')
          .stateful({
            timers: { t: eventTimer() },
            element(n, { timers, timestamp }) {
              log.push(`element ${String(n)}`);
              timers.t.at(timestamp + 2);
            },
            onTimer: {
              t({ firedAt, timestamp }) {
                log.push(`timer ${String(firedAt)}`);
                return [timestamp];
              },
            },
            onWindowExpiration() {
              log.push('over');
            },
          }),
      }),
      { runner: runner() },
    );
    expect(log).toEqual(['element 1', 'timer 3', 'element 3', 'timer 5', 'over']);
    expect(r.out.values).toEqual([3, 5]);
  });

  it('WM-9: an input that has ended holds nobody, a co-grouping waits for the slower one', async () => {
    const order: string[] = [];
    const pair = s.pair(s.string, s.int);
    const fast = testStream(pair).at(1, ['k', 1]).watermark(100).finish();
    const slow = testStream(pair)
      .at(2, ['k', 2])
      .watermark(5)
      .at(6, ['k', 4])
      .watermark(50)
      .at(51, ['k', 8])
      .finish();
    const r = await runTest(
      (p) => {
        const read = (stream: typeof fast, name: string) =>
          p
            .read(stream)
            .map((x) => {
              order.push(`${name} ${String(x[1])}`);
              return x;
            }, pair)
            .window(fixed(10))
            .keyed();
        return {
          out: coGroupByKey({ a: read(fast, 'fast'), b: read(slow, 'slow') }).map(
            async ([, { a, b }], { window }) => {
              order.push(`group ${String(window.maxTimestamp)}`);
              return [await a.toArray(), [...(await b.toArray())].sort(byNumber)];
            },
          ),
        };
      },
      { runner: runner() },
    );
    expect(r.out.values).toEqual([
      [[1], [2, 4]],
      [[], [8]],
    ]);
    expect(order.filter((text) => !text.startsWith('fast'))).toEqual([
      'slow 2',
      'slow 4',
      'group 9',
      'slow 8',
      'group 59',
    ]);
    expect(r.dropped).toBe(0);
  });
});
