// What a bug here looks like: a timer of the clock that never fires in a test, since the worker that sets it has a
// clock of its own.
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Serving } from '#portability/grpc/serve.js';
import { pipeline, processingTimer, s } from '#sdk/index.js';
import { testStream } from '#sdk/testing/index.js';
import { portableRunner } from './portable-runner.js';
import { runJobServer } from './server/job-server.js';

const HOUR_MS = 3_600_000;

let server: Serving;
beforeAll(async () => {
  server = await runJobServer();
});
afterAll(async () => {
  await server.close();
});

it('TST-1: timers of the clock go by that of the stream, whatever time the worker has', async () => {
  const log: string[] = [];
  const stream = testStream(s.string)
    .at(0, 'a')
    .processingTime('30m')
    .at(0, 'b')
    .processingTime('31m')
    .at(0, 'c')
    .processingTime('30m')
    .at(0, 'd')
    .processingTime('30m')
    .finish();
  const job = pipeline('clock', (p) =>
    p
      .read(stream)
      .keyBy(() => 'k')
      .stateful({
        timers: { t: processingTimer() },
        element(x, { timers }) {
          log.push(x);
          if (x === 'a') timers.t.after('1h');
        },
        onTimer: {
          t({ firedAt, timers }) {
            log.push('fired');
            // Of the first time, an hour after that: what a worker is told and what it says are on one clock.
            if (log.length < 5) timers.t.at(firedAt + HOUR_MS);
          },
        },
      }),
  );
  await job.run({}, { runner: portableRunner({ jobEndpoint: server.address }) });
  expect(log).toEqual(['a', 'b', 'fired', 'c', 'd', 'fired']);
});

it('a batch is not over before its timers of the clock have fired', async () => {
  const fired: number[] = [];
  const job = pipeline('batch', (p) =>
    p
      .of([1, 2])
      .keyBy((n) => n)
      .stateful({
        timers: { t: processingTimer() },
        element: (_, { timers }) => timers.t.after(20),
        onTimer: { t: ({ key }) => void fired.push(key) },
      }),
  );
  await job.run({}, { runner: portableRunner({ jobEndpoint: server.address }) });
  expect(fired.sort()).toEqual([1, 2]);
});
