// What a bug here looks like: an element that is processed with the side input of another window.
import { expect, it } from '@jest/globals';
import {
  calendar,
  eventTimer,
  fixed,
  globalWindow,
  lookAt,
  s,
  sessions,
  type Root,
  value,
  windowFn,
} from 'strahl';
import { runTest } from 'strahl/testing';
import { sorted } from './in-order.js';
import { onEveryRunner } from './runners.js';

const seconds = (n: number): number => n * 1000;

/** Windows of ten seconds, as only their owner knows them. */
const tens = windowFn({
  window: s.row({ ten: s.int64 }),
  assign: (time) => [{ ten: Math.floor(time / 10_000) }],
  maxTimestamp: ({ ten }) => ten * 10_000 + 9_999,
});

/** How many there are in each ten seconds, and how many there were in the ten before. */
function countsAndThoseBefore(p: Root) {
  const counts = p.of([1, 2, 11, 21, 22, 23]).withTimestamps(seconds).window(fixed('10s')).count();
  const before = lookAt(counts.asSingleton(0), (w) => w.maxTimestamp - 10_000, { lookback: '10s' });
  return { counts, before };
}

onEveryRunner('windows of side inputs', (runner) => {
  it('SID-1: are found by a window function of the user', async () => {
    const r = await runTest(
      (p) => {
        const side = p.of([1, 11, 12]).withTimestamps(seconds).window(tens).asList();
        return {
          out: p
            .of([5, 15, 25])
            .withTimestamps(seconds)
            .window(fixed('5s'))
            .with({ side })
            .map((n, { side: values }) => [n, [...values].sort((a, b) => a - b)]),
        };
      },
      { runner: runner() },
    );
    expect(sorted(r.out.values)).toEqual(
      sorted([
        [5, [1]],
        [15, [11, 12]],
        [25, []],
      ]),
    );
  });

  it('SID-1: are days of the calendar', async () => {
    const day = 86_400;
    const r = await runTest(
      (p) => {
        const side = p
          .of([1, day + 1])
          .withTimestamps(seconds)
          .window(calendar.days(1))
          .asList();
        return {
          out: p
            .of([2, day + 2])
            .withTimestamps(seconds)
            .window(fixed('1h'))
            .with({ side })
            .map((n, { side: values }) => [n, ...values]),
        };
      },
      { runner: runner() },
    );
    expect(sorted(r.out.values)).toEqual(
      sorted([
        [2, 1],
        [day + 2, day + 1],
      ]),
    );
  });

  it('SID-1: are those at the time that a function says', async () => {
    const r = await runTest(
      (p) => {
        const { counts, before } = countsAndThoseBefore(p);
        return { out: counts.with({ before }).map((n, sides) => [n, sides.before]) };
      },
      { runner: runner() },
    );
    expect(sorted(r.out.values)).toEqual([
      [1, 2],
      [2, 0],
      [3, 1],
    ]);
  });

  it('SID-1: are found by a function in a step with state, for elements and for its timers', async () => {
    const r = await runTest(
      (p) => {
        const { counts, before } = countsAndThoseBefore(p);
        const ofTheirOwn = p.of([7, 17, 27]).withTimestamps(seconds).window(tens).asSingleton(0);
        return {
          out: counts
            .keyBy(() => 'k')
            .with({ before, own: ofTheirOwn })
            .stateful({
              state: { seen: value(s.int, 0) },
              timers: { end: eventTimer() },
              element(n, c) {
                c.state.seen.write(c.state.seen.read() + n);
                c.timers.end.at(c.window.maxTimestamp);
                return [`${String(n)} after ${String(c.sides.before)}, ${String(c.sides.own)}`];
              },
              onTimer: {
                end: (c) => [
                  `in all ${String(c.state.seen.read())} after ${String(c.sides.before)}`,
                ],
              },
            }),
        };
      },
      { runner: runner() },
    );
    expect(sorted(r.out.values)).toEqual([
      '1 after 2, 17',
      '2 after 0, 7',
      '3 after 1, 27',
      'in all 1 after 2',
      'in all 2 after 0',
      'in all 3 after 1',
    ]);
  });

  it('SID-1: are found by a function in a splittable step, for each part of an element', async () => {
    const r = await runTest(
      (p) => {
        const { counts, before } = countsAndThoseBefore(p);
        const own = p.of([7, 17, 27]).withTimestamps(seconds).window(tens).asSingleton(0);
        return {
          out: counts.with({ before, own }).splittable({
            output: s.string,
            initial: (n) => ({ from: 0, to: n }),
            split: ({ from, to }) =>
              Array.from({ length: to - from }, (_, i) => ({ from: from + i, to: from + i + 1 })),
            element: (n, range, sides, { claim, emit }) => {
              for (let i = range.from; claim(i); i++) {
                emit(`${String(n)}.${String(i)} ${String(sides.before)} ${String(sides.own)}`);
              }
            },
          }),
        };
      },
      { runner: runner() },
    );
    expect(sorted(r.out.values)).toEqual([
      '1.0 2 17',
      '2.0 0 7',
      '2.1 0 7',
      '3.0 1 27',
      '3.1 1 27',
      '3.2 1 27',
    ]);
  });

  it('SID-6: a window further back than the lookback is an error, not an empty side input', async () => {
    const run = runTest(
      (p) => {
        const counts = p.of([1, 11]).withTimestamps(seconds).window(fixed('10s')).count();
        const before = lookAt(counts.asSingleton(0), (w) => w.maxTimestamp - 10_000);
        return { out: counts.with({ before }).map((n, sides) => n + sides.before) };
      },
      { runner: runner() },
    );
    await expect(run).rejects.toMatchObject({
      code: 'STRAHL-9002',
      fix: 'give lookAt a longer lookback, or a later time',
    });
  });

  it.each([
    ['sessions', sessions('1s'), fixed('1s')],
    ['intervals beside a global main input', fixed('1s'), globalWindow()],
  ])('SID-1: %s are refused', async (_, sideWindows, mainWindows) => {
    const run = runTest(
      (p) => {
        const side = p.of([1]).window(sideWindows).asList();
        return {
          out: p
            .of([1])
            .window(mainWindows)
            .with({ side })
            .map((n) => n),
        };
      },
      { runner: runner() },
    );
    await expect(run).rejects.toMatchObject({ code: 'STRAHL-1202' });
  });
});
