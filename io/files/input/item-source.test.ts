import { setImmediate } from 'node:timers';
import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import { SimulatedEnv } from '#runners/core/simulated-env.js';
import { directRunner } from '#runners/direct/index.js';
import { pipeline } from '#sdk/index.js';
import { memory } from '../../memory/index.js';

beforeEach(() => {
  // A timer of the platform would never fire.
  jest.useFakeTimers({
    doNotFake: ['nextTick', 'queueMicrotask', 'setImmediate', 'performance', 'hrtime'],
  });
});

afterEach(() => {
  jest.useRealTimers();
});

it('an input that is silent is waited for by the clock of the job alone', async () => {
  const env = new SimulatedEnv();
  async function* slow(): AsyncIterable<string> {
    yield 'at once';
    while (env.now() < 1_000) await new Promise((resolve) => setImmediate(resolve));
    yield 'after a second';
  }
  const seen: string[] = [];
  await pipeline('slow', (p) =>
    p.read(memory.iterable(slow(), { bounded: true })).map((text) => void seen.push(text)),
  ).run({}, { runner: directRunner({ env }) });
  expect(seen).toEqual(['at once', 'after a second']);
  expect(env.now()).toBeGreaterThanOrEqual(1_000);
});
