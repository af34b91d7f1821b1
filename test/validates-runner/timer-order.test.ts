// What a bug here would look like: a timer that fires although the element that puts it off was there before the
// watermark reached it, or only where bundles are small.
import { expect, it } from '@jest/globals';
import { eventTimer, processingTimer, s, type PCollection } from 'strahl';
import { runTest, testStream } from 'strahl/testing';
import { onEveryRunner } from './runners.js';

/** Writes down its elements, and the timers that each sets `delay` behind its time, as they come. */
const noted = (log: string[], delay: number) => (numbers: PCollection<number>) =>
  numbers
    .keyBy(() => 'second')
    .stateful({
      timers: { t: eventTimer() },
      element(n, { timers, timestamp }) {
        log.push(`element ${String(n)}`);
        timers.t.at(timestamp + delay);
      },
      onTimer: {
        t({ firedAt }) {
          log.push(`timer ${String(firedAt)}`);
        },
      },
    });

onEveryRunner('timers and elements', (runner) => {
  it('TMR-4: what came before the watermark reached a timer comes before that timer', async () => {
    const log: string[] = [];
    const stream = testStream(s.int).watermark(0).at(0, 1).watermark(9).at(9, 2).finish();
    await runTest(
      (p) => ({
        out: p
          .read(stream)
          .keyBy(() => 'first')
          .stateful({
            timers: { t: eventTimer() },
            element(n, { timers, timestamp }) {
              // The second element moves the hold from 5 to 14 and is at 9: both come to the next step together.
              timers.t.at(timestamp + 10, { outputTimestamp: timestamp + 5 });
              return [n];
            },
            onTimer: { t: () => undefined },
          })
          .pipe(noted(log, 8)),
      }),
      { runner: runner() },
    );
    expect(log).toEqual(['element 1', 'element 2', 'timer 17']);
  });

  it('TMR-4: whether they come in one bundle or in several is the same (P8)', async () => {
    const log: string[] = [];
    const stream = testStream(s.int).at(1, 1).watermark(200).finish();
    await runTest(
      (p) => ({
        out: p
          .read(stream)
          .keyBy(() => 'first')
          .stateful({
            timers: { t: eventTimer() },
            element: (_, { timers }) => timers.t.at(50, { outputTimestamp: 1 }),
            onTimer: { t: () => [1, 40] },
          })
          .withTimestamps((n) => n)
          .pipe(noted(log, 10)),
      }),
      { runner: runner() },
    );
    expect(log).toEqual(['element 1', 'element 40', 'timer 50']);
  });

  it('TMR-4: what comes after the watermark reached a timer comes after that timer', async () => {
    const log: string[] = [];
    const stream = testStream(s.int)
      .watermark(0)
      .at(0, 1)
      .watermark(8)
      .at(9, 2)
      .processingTime(10)
      .at(7, 3)
      .finish();
    await runTest(
      (p) => ({
        out: p
          .read(stream)
          .keyBy(() => 'k')
          .stateful({
            timers: { t: eventTimer(), clock: processingTimer() },
            element(n, { timers, timestamp }) {
              log.push(`element ${String(n)}`);
              timers.t.at(timestamp + 8);
              if (n === 1) timers.clock.after(10);
            },
            onTimer: {
              t({ firedAt }) {
                log.push(`timer ${String(firedAt)}`);
              },
              clock() {
                log.push('clock');
              },
            },
          }),
      }),
      { runner: runner() },
    );
    const before = ['element 1', 'timer 8', 'element 2', 'clock'];
    expect(log).toEqual([...before, 'element 3', 'timer 15']);
  });
});
