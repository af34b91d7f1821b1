import { expect, it } from '@jest/globals';
import { eventTime, eventTimer, fixed, s, stamp } from 'strahl';
import { runTest } from 'strahl/testing';
import { sorted } from './in-order.js';
import { onEveryRunner } from './runners.js';

onEveryRunner('ParDo', (runner) => {
  it('maps, filters and flattens element by element', async () => {
    const r = await runTest(
      (p) => ({
        out: p
          .of([1, 2, 3, 4])
          .map((n) => n * 10)
          .filter((n) => n !== 20)
          .flatMap((n) => [n, n + 1]),
      }),
      { runner: runner() },
    );
    expect(sorted(r.out.values)).toEqual([10, 11, 30, 31, 40, 41]);
  });

  it('keeps the order of the inputs when calls are asynchronous', async () => {
    const waiting: (() => void)[] = [];
    const r = await runTest(
      (p) => ({
        out: p.of([1, 2, 3]).map(async (n) => {
          // The first call ends only after a later microtask than the others.
          if (n === 1)
            await new Promise<void>((resolve) => waiting.push(resolve) && queueMicrotask(resolve));
          return n;
        }),
      }),
      { runner: runner() },
    );
    expect(sorted(r.out.values)).toEqual([1, 2, 3]);
  });

  it('accepts generators, asynchronous generators and promises of lists', async () => {
    const r = await runTest(
      (p) => ({
        generator: p.of([1, 2]).flatMap(function* (n) {
          yield n;
          yield -n;
        }),
        asynchronous: p.of([1, 2]).flatMap(async function* (n) {
          yield await Promise.resolve(n);
          yield n + 100;
        }),
        promise: p.of([1, 2]).flatMap((n) => Promise.resolve([n, n])),
        nothing: p.of([1, 2]).flatMap(() => undefined),
      }),
      { runner: runner() },
    );
    expect(sorted(r.generator.values)).toEqual([-1, -2, 1, 2]);
    expect(sorted(r.asynchronous.values)).toEqual([1, 101, 102, 2]);
    expect(sorted(r.promise.values)).toEqual([1, 1, 2, 2]);
    expect(r.nothing.values).toEqual([]);
  });

  it('runs the life cycle of a DoFn: setup, start of bundle, elements, end of bundle', async () => {
    const r = await runTest(
      (p) => ({
        out: p.of(['a', 'b']).process(() => {
          let ready = false;
          let seen = 0;
          return {
            setup() {
              ready = true;
            },
            startBundle() {
              seen = 0;
            },
            *element(x: string) {
              seen++;
              yield `${x}${String(ready)}`;
            },
            *finishBundle() {
              if (seen > 0) yield stamp('end', 5);
            },
          };
        }),
      }),
      { runner: runner() },
    );
    const values = r.out.values.filter((v) => v !== 'end');
    expect(sorted(values)).toEqual(['atrue', 'btrue']);
    expect(r.out.values).toContain('end');
  });

  it('sends each output to the PCollection of its tag', async () => {
    const r = await runTest(
      (p) => {
        const { even, odd } = p
          .of([1, 2, 3])
          .split({ even: s.int64, odd: s.string }, function* (n, out) {
            yield n % 2 === 0 ? out.even(n) : out.odd(String(n));
          });
        const [low, high] = p.of([1, 2, 3]).partition(2, (n) => (n < 2 ? 0 : 1));
        const [first, , last] = p
          .of([1, 2, 3])
          .with({ least: p.of([1]).asSingleton() })
          .partition(3, (n, { least }, parts) => (n === least ? 0 : parts - 1));
        const [, rest] = p.of([1, 2, 3]).partition(2, (n, parts) => n % parts);
        return { even, odd, low: low!, high: high!, first: first!, last: last!, rest: rest! };
      },
      { runner: runner() },
    );
    expect(r.even.values).toEqual([2]);
    expect(sorted(r.odd.values)).toEqual(['1', '3']);
    expect(r.low.values).toEqual([1]);
    expect(sorted(r.high.values)).toEqual([2, 3]);
    expect(r.first.values).toEqual([1]);
    expect(sorted(r.last.values)).toEqual([2, 3]);
    expect(sorted(r.rest.values)).toEqual([1, 3]);
  });

  it('separates the elements for which a function throws', async () => {
    const r = await runTest(
      (p) => {
        const { ok, failed } = p.of(['1', 'x']).attempt((text) => {
          if (text === 'x') throw new TypeError('no number');
          return Number(text);
        });
        return { ok, failed: failed.map((f) => [f.input, f.error.name, f.error.message]) };
      },
      { runner: runner() },
    );
    expect(r.ok.values).toEqual([1]);
    expect(r.failed.values).toEqual([['x', 'TypeError', 'no number']]);
  });

  it('WIN-11: outputs inherit the time of their input, unless they are stamped', async () => {
    const r = await runTest(
      (p) => ({
        inherited: p
          .of([1, 2])
          .withTimestamps((n) => n * 1000)
          .map((n, c) => [n, c.timestamp]),
        stamped: p
          .of([1, 2])
          .withTimestamps((n) => n * 1000)
          .flatMap((n) => [stamp(n, n * 1000 + 5)])
          .map((n, c) => [n, c.timestamp]),
      }),
      { runner: runner() },
    );
    expect(sorted(r.inherited.values)).toEqual([
      [1, 1000],
      [2, 2000],
    ]);
    expect(sorted(r.stamped.values)).toEqual([
      [1, 1005],
      [2, 2005],
    ]);
  });

  it('WIN-11: outputs inherit the window and the pane of their input, and those of a timer are at its time', async () => {
    const r = await runTest(
      (p) => {
        const minutes = p
          .of([1, 61])
          .withTimestamps((n) => n * 1000)
          .keyBy(() => 'k')
          .window(fixed('1m'));
        return {
          grouped: minutes
            .countPerKey()
            .flatMap(([, n]) => [n, -n])
            .map((n, { window, pane }) => [n, window.maxTimestamp, pane.timing]),
          fired: minutes
            .stateful({
              timers: { t: eventTimer() },
              element: (n, { timers }) =>
                timers.t.at(n * 1000 + 7, { outputTimestamp: n * 1000 + 3 }),
              onTimer: { t: ({ key }) => [key] },
            })
            .map((key, { timestamp, window }) => [key, timestamp, window.maxTimestamp]),
        };
      },
      { runner: runner() },
    );
    expect(sorted(r.grouped.values)).toEqual(
      sorted([
        [1, 59_999, 'on-time'],
        [-1, 59_999, 'on-time'],
        [1, 119_999, 'on-time'],
        [-1, 119_999, 'on-time'],
      ]),
    );
    expect(sorted(r.fired.values)).toEqual([
      ['k', 1003, 59_999],
      ['k', 61_003, 119_999],
    ]);
  });

  it('WIN-11: what finishBundle emits must say its time', async () => {
    const run = runTest(
      (p) => ({
        out: p.of([1]).process({
          element: () => undefined,
          *finishBundle() {
            yield 'late' as never;
          },
        }),
      }),
      { runner: runner() },
    );
    await expect(run).rejects.toMatchObject({
      code: 'STRAHL-4001',
      title: 'finishBundle gave an output without a time and a window',
      step: 'process',
    });
  });

  it('WIN-12: refuses an output before its input', async () => {
    const run = runTest(
      (p) => ({
        out: p
          .of([1])
          .withTimestamps(() => 1000)
          .flatMap((n) => [stamp(n, eventTime(999))]),
      }),
      { runner: runner() },
    );
    await expect(run).rejects.toMatchObject({ code: 'STRAHL-4002' });
  });

  it('names transform, place and element when a function throws', async () => {
    const run = runTest(
      (p) => ({
        out: p
          .of(['good', 'bad'])
          .map((text) => {
            if (text === 'bad') throw new Error('did not like it');
            return text;
          })
          .named('taste'),
      }),
      { runner: runner() },
    );
    await expect(run).rejects.toMatchObject({
      code: 'STRAHL-4001',
      step: 'taste',
      site: expect.stringMatching(/par-do\.test\.ts:\d+:\d+$/),
      element: expect.stringContaining('bad'),
      message: expect.stringContaining('did not like it'),
    });
  });

  it('counts user metrics', async () => {
    const r = await runTest(
      (p) => ({
        out: p.of([3, 1, 2]).map((n, c) => {
          c.metrics.counter('seen').inc();
          c.metrics.distribution('value').update(n);
          c.metrics.stringSet('parity').add(n % 2 === 0 ? 'even' : 'odd');
          return n;
        }),
      }),
      { runner: runner() },
    );
    expect(r.metrics.counter('seen')).toBe(3);
    expect(r.metrics.distribution('value')).toMatchObject({ count: 3, sum: 6, min: 1, max: 3 });
    expect([...r.metrics.stringSet('parity')].sort()).toEqual(['even', 'odd']);
  });
});
