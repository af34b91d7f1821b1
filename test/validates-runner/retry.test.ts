import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { pipeline, type Context } from 'strahl';
import { memory } from 'strahl/io/memory';
import { text } from 'strahl/io/text';
import { onEveryRunner } from './runners.js';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'strahl-retry-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Fails for its first two calls, after it has counted them. */
function flaky(): (x: string, c: Context) => string {
  let calls = 0;
  return (x, { metrics }) => {
    metrics.counter('calls').inc();
    metrics.distribution('length').update(x.length);
    metrics.stringSet('seen').add(x);
    if (++calls <= 2) throw new Error(`try ${String(calls)}`);
    return x;
  };
}

const SYNC_AND_ASYNC: readonly (readonly [string, (x: string) => string | Promise<string>])[] = [
  ['synchronous', (x) => x],
  ['asynchronous', (x) => Promise.resolve(x)],
];

onEveryRunner('a bundle that fails twice', (runner) => {
  it.each(SYNC_AND_ASYNC)(
    'MET-1: counts three tries and commits one of a step behind %s code',
    async (_, before) => {
      const flakily = flaky();
      const kept: string[] = [];
      const p = pipeline('retried', (root) =>
        root
          .of(['abc'])
          .map(before)
          .reshuffle()
          .map(before)
          .map(flakily)
          .write(memory.collect(kept)),
      );
      const { metrics } = await p.run({}, { runner: runner({ maxBundleAttempts: 3 }) });
      expect(metrics.counter('calls', { kind: 'attempted' })).toBe(3);
      expect(metrics.counter('calls')).toBe(1);
      expect(metrics.distribution('length', { kind: 'attempted' })).toEqual({
        count: 3,
        sum: 9,
        min: 3,
        max: 3,
      });
      expect(metrics.distribution('length').count).toBe(1);
      expect(metrics.stringSet('seen')).toEqual(new Set(['abc']));
      expect(kept).toEqual(['abc']);
    },
  );

  it('BND-2: leaves no trace of the failed tries in files or memory', async () => {
    const kept: string[] = [];
    const lines = flaky();
    const records = flaky();
    const p = pipeline('without-trace', (root) => {
      const words = root.of(['a', 'b', 'c']).reshuffle();
      words.map(lines).write(text.sink(join(folder, 'out.txt')));
      words.map(records).write(memory.collect(kept));
    });
    await p.run({}, { runner: runner({ maxBundleAttempts: 5 }) });
    expect(kept.sort()).toEqual(['a', 'b', 'c']);
    expect(readdirSync(folder)).toEqual(['out.txt']);
    expect(readFileSync(join(folder, 'out.txt'), 'utf8').split('\n').sort()).toEqual([
      '',
      'a',
      'b',
      'c',
    ]);
  });

  it('fails the job when its tries are used up, and counts them all', async () => {
    const flakily = flaky();
    const p = pipeline('given-up', (root) => {
      root
        .of(['abc'])
        .reshuffle()
        .map(flakily)
        .write(text.sink(join(folder, 'out.txt')));
    });
    const job = await p.runAsync({}, { runner: runner({ maxBundleAttempts: 2 }) });
    await expect(job.result()).rejects.toMatchObject({
      code: 'STRAHL-4001',
      title: 'the function threw Error: try 2',
    });
    expect(job.metrics().counter('calls', { kind: 'attempted' })).toBe(2);
    expect(job.metrics().counter('calls')).toBe(0);
    expect(existsSync(join(folder, 'out.txt'))).toBe(false);
    expect(readdirSync(folder)).toEqual([]);
  });
});
