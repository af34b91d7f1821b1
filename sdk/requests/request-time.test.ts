// What a bug here looks like: a test of a pipeline that waits, or responses that never grow old in one.
import { expect, it } from '@jest/globals';
import { SimulatedEnv } from '#runners/core/simulated-env.js';
import { directRunner } from '#runners/direct/index.js';
import { pipeline } from '../index.js';
import { runTest, testStream } from '../testing/index.js';

it('rate: requests are spaced by the clock of the job', async () => {
  const env = new SimulatedEnv();
  const starts: number[] = [];
  const ask = (n: number): Promise<number> => {
    starts.push(env.now());
    return Promise.resolve(n);
  };
  await pipeline('rate', (p) => p.of([1, 2, 3, 4]).requestResponse(ask, { rate: 2 })).run(
    {},
    { runner: directRunner({ env }) },
  );
  expect(starts).toEqual([0, 500, 1000, 1500]);
});

it('retries: the pauses pass by the clock of the job', async () => {
  const env = new SimulatedEnv();
  let calls = 0;
  const ask = (n: number): Promise<number> =>
    calls++ < 2 ? Promise.reject(new Error('not yet')) : Promise.resolve(n);
  await pipeline('retries', (p) => p.of([1]).requestResponse(ask)).run(
    {},
    { runner: directRunner({ env }) },
  );
  expect(calls).toBe(3);
  expect(env.now()).toBeGreaterThan(100);
});

it('cache: responses grow old by the clock that a test stream moves', async () => {
  const asked: string[] = [];
  const ask = (x: string): Promise<string> => {
    asked.push(x);
    return Promise.resolve(x);
  };
  const xs = testStream<string>()
    .at(0, 'a')
    .processingTime('59s')
    .at(0, 'a')
    .processingTime('2s')
    .at(0, 'a')
    .finish();
  await runTest((p) => ({
    out: p.read(xs).requestResponse(ask, { cache: { by: (x) => x, for: '1m' } }),
  }));
  expect(asked).toEqual(['a', 'a']);
});
