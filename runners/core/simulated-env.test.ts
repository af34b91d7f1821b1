import { expect, it } from '@jest/globals';
import type { ProcessingTime } from '#portability/model/time.js';
import { SimulatedEnv } from './simulated-env.js';

const t = (ms: number): ProcessingTime => ms as ProcessingTime;

it('time passes from sleeper to sleeper, in order', async () => {
  const env = new SimulatedEnv();
  const woken: string[] = [];
  const { signal } = new AbortController();
  const sleep = async (name: string, until: number): Promise<void> => {
    await env.sleepUntil(t(until), signal);
    woken.push(`${name} at ${String(env.now())}`);
  };
  await Promise.all([sleep('late', 100), sleep('early', 50)]);
  expect(woken).toEqual(['early at 50', 'late at 100']);
});

it('an aborted sleeper wakes without time passing', async () => {
  const env = new SimulatedEnv();
  const abort = new AbortController();
  const sleeping = env.sleepUntil(t(1000), abort.signal);
  abort.abort();
  await sleeping;
  expect(env.now()).toBe(0);
});

it('the same seed gives the same chances', () => {
  const draw = (seed: number): number[] => {
    const env = new SimulatedEnv({ seed });
    return Array.from({ length: 5 }, () => env.random());
  };
  expect(draw(3)).toEqual(draw(3));
  expect(draw(3)).not.toEqual(draw(4));
  for (const x of draw(5)) expect(x >= 0 && x < 1).toBe(true);
});

it('with jumps the time of the day goes forward and back, and what has passed only forward', async () => {
  const env = new SimulatedEnv({ jumps: 0.5 });
  const { signal } = new AbortController();
  const shown: number[] = [];
  const passed: number[] = [];
  for (let i = 0; i < 50; i++) {
    const until = t(env.now() + 10);
    await env.sleepUntil(until, signal);
    // Whoever waits for a time of the day sees it come, however often the clock is set back meanwhile.
    expect(env.now()).toBeGreaterThanOrEqual(until);
    shown.push(env.now());
    await env.yield();
    shown.push(env.now());
    passed.push(env.monotonic());
  }
  expect(passed).toEqual([...passed].sort((a, b) => a - b));
  const steps = shown.slice(1).map((time, i) => time - shown[i]!);
  expect([Math.max(...steps) > 1_000, Math.min(...steps) < -1_000]).toEqual([true, true]);
});
