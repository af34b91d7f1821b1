// What a bug here would look like: a step that sees half of what a failed try did, elements whose time is over,
// or elements of a key in another order than it asked for.
import { expect, it } from '@jest/globals';
import { bag, eventTimer, fixed, mapOf, s, sessions, value } from 'strahl';
import { runTest, testStream } from 'strahl/testing';
import { onEveryRunner } from './runners.js';

onEveryRunner('state', (runner) => {
  it('is as it was before a bundle that fails (BND-1, pitfall 35)', async () => {
    let failures = 0;
    const r = await runTest(
      (p) => ({
        out: p
          .of([1, 2, 3, 4])
          .keyBy(() => 'k')
          .stateful({
            state: { total: value(s.int, 0), all: bag(s.int), map: mapOf(s.int, s.int) },
            element(n, { state: { total, all, map } }) {
              total.write(total.read() + n);
              all.add(n);
              map.set(n, n);
              if (n === 3 && failures++ === 0) throw new RangeError('once');
            },
            async *onWindowExpiration({ state: { total, all, map } }) {
              yield [total.read(), (await list(all)).length, (await list(map)).length];
            },
          }),
      }),
      { runner: runner({ maxBundleAttempts: 3 }) },
    );
    expect(failures).toBeGreaterThan(0);
    expect(r.out.values).toEqual([[10, 4, 4]]);
  });

  it('is not reached by elements whose window is over; they are counted (STA-5, pitfall 24)', async () => {
    const stream = testStream(s.int)
      .at('10s', 1)
      .watermark('1m')
      .at('20s', 2)
      .watermark('2m')
      .at('30s', 3)
      .finish();
    const r = await runTest(
      (p) => ({
        out: p
          .read(stream)
          .window(fixed('1m'), { allowedLateness: '30s', panes: 'discarding' })
          .keyBy(() => 'k')
          .stateful({
            state: { n: value(s.int, 0) },
            element(x, { state: { n } }) {
              n.write(n.read() + x);
            },
            onWindowExpiration: ({ state: { n }, timestamp }) => [[n.read(), timestamp]],
          }),
      }),
      { runner: runner() },
    );
    expect(r.out.values).toEqual([[3, 59_999]]);
    expect(r.dropped).toBe(1);
  });

  it('runs asynchronous functions of a key one after the other (STA-4)', async () => {
    const r = await runTest(
      (p) => ({
        out: p
          .of([1, 2, 3, 4, 5])
          .keyBy(() => 'k')
          .stateful({
            state: { n: value(s.int, 0) },
            async element(_, { state: { n } }) {
              const before = n.read();
              await Promise.resolve();
              n.write(before + 1);
              return [n.read()];
            },
          }),
      }),
      { runner: runner() },
    );
    expect([...r.out.values].sort()).toEqual([1, 2, 3, 4, 5]);
  });

  it('stands behind a grouping of sessions, whose windows stay (STA-1, MRG-8)', async () => {
    const r = await runTest(
      (p) => ({
        out: p
          .of([1, 2, 60])
          .withTimestamps((n) => n * 1000)
          .window(sessions('10s'))
          .keyBy(() => 'k')
          .groupByKey()
          .stateful({
            state: { n: value(s.int, 0) },
            async element(group, { state: { n } }) {
              n.write(n.read() + 1);
              return [[n.read(), (await group.toArray()).length]];
            },
          }),
      }),
      { runner: runner() },
    );
    expect([...r.out.values].sort()).toEqual([
      [1, 1],
      [1, 2],
    ]);
  });

  it('gets its elements in the order of their times, if it asks for that (SRT-1, pitfall 31)', async () => {
    const stream = testStream(s.int)
      .at('5s', 5)
      .at('3s', 3)
      .at('9s', 9)
      .watermark('6s')
      .at('4s', 4)
      .at('7s', 7)
      .finish();
    const r = await runTest(
      (p) => ({
        out: p
          .read(stream)
          .keyBy(() => 'k')
          .stateful({
            requiresTimeSortedInput: true,
            state: { seen: value(s.string, '') },
            element(n, { state: { seen } }) {
              seen.write(`${seen.read()}${String(n)}`);
              return [seen.read()];
            },
          }),
      }),
      { runner: runner() },
    );
    expect(r.out.values).toEqual(['3', '35', '357', '3579']);
    expect(r.dropped).toBe(1);
  });

  it('gets the same elements when a bundle is tried again (STB-1, pitfall 30)', async () => {
    const seen: number[] = [];
    let failures = 0;
    let made = 0;
    await runTest(
      (p) => ({
        out: p
          .of([1, 2, 3])
          .map((n) => ({ n, made: made++ }))
          .keyBy(() => 'k')
          .stateful({
            requiresStableInput: true,
            state: { n: value(s.int, 0) },
            element(x) {
              if (x.n !== 3) return;
              seen.push(x.made);
              if (failures++ < 2) throw new RangeError('twice');
            },
          }),
      }),
      { runner: runner({ maxBundleAttempts: 3 }) },
    );
    expect(seen).toEqual([seen[0], seen[0], seen[0]]);
  });

  it('is kept beside side inputs, which elements, timers and ends of windows read (SID-1, STA-1)', async () => {
    const r = await runTest(
      (p) => {
        const factor = p.of([10]).asSingleton();
        return {
          out: p
            .of([1, 2, 3])
            .withTimestamps((n) => n * 1000)
            .keyBy(() => 'k')
            .with({ factor })
            .stateful({
              state: { sum: value(s.int, 0) },
              timers: { flush: eventTimer() },
              element: (n, { state, timers, sides }) => {
                state.sum.write(state.sum.read() + n * sides.factor);
                timers.flush.at(9_000);
              },
              onTimer: { flush: ({ state, sides }) => [state.sum.read() + sides.factor] },
              onWindowExpiration: ({ key, sides }) => [`${key} ${String(sides.factor)}`],
            }),
        };
      },
      { runner: runner() },
    );
    expect([...r.out.values].sort()).toEqual([70, 'k 10']);
  });
});

async function list<T>(values: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const v of values) all.push(v);
  return all;
}
