import { expect, it } from '@jest/globals';
import { runTest } from 'strahl/testing';
import { sorted } from './in-order.js';
import { onEveryRunner } from './runners.js';

/** Resolves after `turns` microtasks. */
async function after(turns: number): Promise<void> {
  for (let i = 0; i < turns; i++) await Promise.resolve();
}

onEveryRunner('asynchronous functions', (runner) => {
  it('may answer out of order: each output keeps the time of its own element', async () => {
    const r = await runTest(
      (p) => ({
        out: p
          .of([5, 4, 3, 2, 1])
          .withTimestamps((n) => n * 100)
          .map(
            async (n, c) => {
              await after(n * 10);
              return [n, c.timestamp];
            },
            { ordered: false, concurrency: 3 },
          )
          .map(([n, t], c) => [n, t, c.timestamp]),
      }),
      { runner: runner() },
    );
    expect(sorted(r.out.values)).toEqual([1, 2, 3, 4, 5].map((n) => [n, n * 100, n * 100]));
  });

  it('run one after the other where that is asked for', async () => {
    let running = 0;
    let most = 0;
    const r = await runTest(
      (p) => ({
        out: p.of([1, 2, 3, 4]).map(
          async (n) => {
            most = Math.max(most, ++running);
            await after(5);
            running--;
            return n;
          },
          { concurrency: 1 },
        ),
      }),
      { runner: runner() },
    );
    expect(sorted(r.out.values)).toEqual([1, 2, 3, 4]);
    expect(most).toBe(1);
  });

  it.each([true, false])('that reject end a job (ordered: %j)', async (ordered) => {
    const run = runTest(
      (p) => ({
        out: p
          .of([1, 2, 3])
          .map(
            async (n) => {
              await after(n);
              if (n === 2) throw new RangeError('two');
              return n;
            },
            { ordered },
          )
          .named('picky'),
      }),
      { runner: runner() },
    );
    await expect(run).rejects.toMatchObject({
      code: 'STRAHL-4001',
      step: 'picky',
      element: '2',
      title: 'the function threw RangeError: two',
    });
  });

  it('that reject under attempt fail their element alone', async () => {
    const r = await runTest(
      (p) => {
        const { ok, failed } = p.of([1, 2, 3]).attempt(async (n) => {
          await after(4 - n);
          if (n === 2) throw new RangeError('two');
          return n * 10;
        });
        return { ok, failed: failed.map((f) => [f.input, f.error.name, f.error.message]) };
      },
      { runner: runner() },
    );
    expect(sorted(r.ok.values)).toEqual([10, 30]);
    expect(r.failed.values).toEqual([[2, 'RangeError', 'two']]);
  });

  it('filter, key and spread like others', async () => {
    const r = await runTest(
      (p) => {
        const numbers = p.of([1, 2, 3, 4]);
        return {
          filtered: numbers.filter(async (n) => {
            await after(n);
            return n % 2 === 0;
          }),
          spread: numbers.flatMap(async (n) => {
            await after(5 - n);
            return n > 2 ? [n, n] : undefined;
          }),
          values: numbers
            .keyBy((n) => n % 2)
            .mapValues(async (n, k) => {
              await after(n);
              return n * 10 + k;
            }),
          logged: numbers.log('number'),
        };
      },
      { runner: runner() },
    );
    expect(sorted(r.filtered.values)).toEqual([2, 4]);
    expect(sorted(r.spread.values)).toEqual([3, 3, 4, 4]);
    expect(sorted(r.values.values)).toEqual([
      [0, 20],
      [0, 40],
      [1, 11],
      [1, 31],
    ]);
    expect(sorted(r.logged.values)).toEqual([1, 2, 3, 4]);
  });
});
