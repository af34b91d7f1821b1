import { expect, it } from '@jest/globals';
import { runTest } from 'strahl/testing';
import { onEveryRunner } from './runners.js';

const TENS = { kind: 'linear', start: 0, width: 10, number: 3 } as const;
const POWERS = { kind: 'exponential', scale: 0, number: 5 } as const;

onEveryRunner('metrics', (runner) => {
  it('are summed over bundles, step by step', async () => {
    const r = await runTest(
      (p) => ({
        out: p
          .of([5, 1, 4])
          .reshuffle()
          .map((n, { metrics }) => {
            metrics.counter('seen').inc();
            metrics.counter('sum').inc(n);
            metrics.distribution('n').update(n);
            metrics.stringSet('odd').add(n % 2 === 1 ? String(n) : 'none');
            return n;
          })
          .named('first')
          .map((n, { metrics }) => {
            metrics.counter('seen').inc(10);
            metrics.gauge('constant').set(7);
            return n;
          })
          .named('second'),
      }),
      { runner: runner() },
    );
    const { metrics } = r;
    expect(metrics.counter('seen')).toBe(33);
    expect(metrics.counter('seen', { step: 'first' })).toBe(3);
    expect(metrics.counter('seen', { step: 'second', kind: 'attempted' })).toBe(30);
    expect(metrics.counter('sum')).toBe(10);
    expect(metrics.counter('never asked for')).toBe(0);
    expect(metrics.distribution('n')).toEqual({ count: 3, sum: 10, min: 1, max: 5 });
    expect(metrics.gauge('constant')).toBe(7);
    expect(metrics.stringSet('odd')).toEqual(new Set(['1', '5', 'none']));
  });

  it('unite paths, beyond a hundred by their prefix', async () => {
    const r = await runTest(
      (p) => ({
        out: p
          .of(Array.from({ length: 150 }, (_, i) => i))
          .reshuffle()
          .map((n, { metrics }) => {
            metrics.boundedTrie('files').add(n < 2 ? ['a', String(n)] : ['b', 'c', String(n)]);
            return n;
          }),
      }),
      { runner: runner() },
    );
    const paths = r.metrics.boundedTrie('files');
    expect([...paths].map(({ segments }) => segments.join('/')).sort()).toEqual([
      'a/0',
      'a/1',
      'b/c',
    ]);
    expect(paths.filter(({ truncated }) => truncated).map(({ segments }) => segments)).toEqual([
      ['b', 'c'],
    ]);
    expect(r.metrics.boundedTrie('never asked for')).toEqual([]);
  });

  it('count values by buckets', async () => {
    const r = await runTest(
      (p) => ({
        out: p
          .of([-1, 0, 9.5, 10, 25, 30])
          .reshuffle()
          .map((n, { metrics }) => {
            metrics.histogram('n', TENS).update(n);
            metrics.histogram('powers', POWERS).update(n);
            return n;
          }),
      }),
      { runner: runner() },
    );
    const { metrics } = r;
    expect(metrics.histogram('n')).toEqual({ buckets: TENS, count: 6, counts: [2, 1, 1] });
    expect(metrics.histogram('powers')).toEqual({
      buckets: POWERS,
      count: 6,
      counts: [1, 0, 0, 2, 2],
    });
    expect(metrics.histogram('never asked for')).toBeUndefined();
  });

  it('count asynchronous calls and what objects count at the end of a bundle', async () => {
    const r = await runTest(
      (p) => ({
        out: p.of([1, 2, 3]).process(() => {
          let inBundle = 0;
          return {
            startBundle() {
              inBundle = 0;
            },
            async *element(n: number, { metrics }) {
              inBundle++;
              metrics.counter('calls').inc();
              yield await Promise.resolve(n);
            },
            finishBundle({ metrics }) {
              metrics.counter('finished').inc(inBundle);
            },
          };
        }),
      }),
      { runner: runner() },
    );
    expect(r.metrics.counter('calls')).toBe(3);
    expect(r.metrics.counter('finished')).toBe(3);
  });
});
