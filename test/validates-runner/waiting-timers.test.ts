// What a bug here looks like: an output of a timer that is late behind its step because the bundle of the timer took
// its time, or timers that wait as long as elements do.
import { describe, expect, it } from '@jest/globals';
import { count, eventTimer, fixed, processingTimer, s } from 'strahl';
import { directRunner } from 'strahl/runners/direct';
import { runTest, testStream } from 'strahl/testing';
import type { ProcessingTime } from '#portability/model/time.js';
import { SimulatedEnv } from '#runners/core/simulated-env.js';
import { onEveryRunner } from './runners.js';

/** The engine has its turn. */
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

onEveryRunner('timers that fire', (runner) => {
  it('WM-4, WM-5: hold the watermark until their bundle is over, also while it is tried again', async () => {
    let tries = 0;
    const stream = testStream(s.int).at(1, 1).watermark(25).finish();
    const r = await runTest(
      (p) => ({
        out: p
          .read(stream)
          .keyBy(() => 'k')
          .stateful({
            timers: { t: eventTimer() },
            element: (_, { timers }) => timers.t.at(20, { outputTimestamp: 5 }),
            onTimer: {
              async t({ timestamp }) {
                for (let turns = 0; turns < 5; turns++) await turn();
                if (tries++ === 0) throw new RangeError('once');
                return [timestamp];
              },
            },
          })
          .window(fixed(10))
          .combineGloballyWith(count(), { emptyDefault: false }),
      }),
      { runner: runner({ maxBundleAttempts: 2 }) },
    );
    expect(r.out.panes()).toMatchObject([{ timing: 'on-time', values: [1] }]);
    expect([tries, r.dropped]).toEqual([2, 0]);
  });

  it('WM-5: hold it as before while a bundle that clears them may yet fail', async () => {
    let tries = 0;
    const stream = testStream(s.int).at(1, 1).watermark(25).at(26, 2).finish();
    const r = await runTest(
      (p) => ({
        out: p
          .read(stream)
          .keyBy(() => 'k')
          .stateful({
            timers: { t: eventTimer() },
            async element(n, { timers }) {
              if (n === 1) timers.t.at(100, { outputTimestamp: 5 });
              else if (tries++ === 0) {
                timers.t.clear();
                for (let turns = 0; turns < 5; turns++) await turn();
                throw new RangeError('once');
              }
            },
            onTimer: { t: ({ timestamp }) => [timestamp] },
          })
          .window(fixed(10))
          .combineGloballyWith(count(), { emptyDefault: false }),
      }),
      { runner: runner({ maxBundleAttempts: 2 }) },
    );
    expect(r.out.panes()).toMatchObject([{ timing: 'on-time', values: [1] }]);
    expect([tries, r.dropped]).toEqual([2, 0]);
  });
});

describe.each([{}, { connection: 'bytes' }, { partitions: 3 }] as const)(
  'timers, %j',
  (options) => {
    it('TMR-5: of the clock have their turn while elements wait', async () => {
      const log: string[] = [];
      const env = new SimulatedEnv();
      await runTest(
        (p) => ({
          out: p
            .of(Array.from({ length: 100 }, (_, n) => n))
            .keyBy(() => 'k')
            .stateful({
              timers: { t: processingTimer() },
              element(_, { timers }) {
                log.push('element');
                if (log.length === 1) timers.t.after(10);
                // Meanwhile it is time.
                if (log.length === 5) env.advanceTo((env.now() + 10) as ProcessingTime);
              },
              onTimer: {
                t() {
                  log.push('timer');
                },
              },
            }),
        }),
        { runner: directRunner({ ...options, env, bundle: { maxElements: 1 } }) },
      );
      expect(log).toHaveLength(101);
      expect(log.indexOf('timer')).toBeLessThan(50);
    });
  },
);
