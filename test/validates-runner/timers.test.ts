// What a bug here would look like: a timer that fires twice, early or never, one that fires although it was
// cleared, an output behind the watermark, or a looping timer after which nothing else goes on.
import { expect, it } from '@jest/globals';
import {
  count,
  eventTimer,
  eventTimerFamily,
  fixed,
  processingTimer,
  s,
  TIMESTAMP_MIN,
  value,
  type Root,
} from 'strahl';
import { runTest, testStream } from 'strahl/testing';
import { onEveryRunner } from './runners.js';

/** One element per number, at the second that it names. */
const at = (p: Root, ...seconds: readonly number[]) =>
  p
    .of(seconds)
    .withTimestamps((n) => n * 1000)
    .keyBy(() => 'k');

onEveryRunner('timers', (runner) => {
  it('of event time fire once the watermark has reached them (TMR-3)', async () => {
    const fired: string[] = [];
    const stream = testStream(s.string)
      .at('1s', 'a')
      .watermark('10999ms')
      .at('11s', 'late enough')
      .watermark('11s')
      .finish();
    await runTest(
      (p) => ({
        out: p
          .read(stream)
          .keyBy(() => 'k')
          .stateful({
            timers: { t: eventTimer() },
            element(x, { timers }) {
              fired.push(x);
              if (x === 'a') timers.t.after('10s');
            },
            onTimer: {
              t({ firedAt }) {
                fired.push(`timer ${String(firedAt)}`);
              },
            },
          }),
      }),
      { runner: runner() },
    );
    expect(fired).toEqual(['a', 'late enough', 'timer 11000']);
  });

  it('count from the least time if the element has none, where numbers lie two apart (TMR-3)', async () => {
    const r = await runTest(
      (p) => ({
        out: p
          .of(['a', 'b'])
          .keyBy((x) => x)
          .stateful({
            timers: { t: eventTimer() },
            element: (_, { timers }) => timers.t.after('1s'),
            onTimer: { t: ({ firedAt, timestamp }) => [[firedAt, timestamp] as const] },
          })
          .window(fixed('1s'))
          .combineGloballyWith(count(), { emptyDefault: false })
          .map((n, { timestamp, window }) => [
            n,
            timestamp > TIMESTAMP_MIN + 1000,
            window.maxTimestamp - timestamp,
          ]),
      }),
      { runner: runner() },
    );
    expect(r.out.values).toEqual([[2, true, 0]]);
  });

  it('of processing time fire once the clock has reached them (TMR-3)', async () => {
    const stream = testStream(s.string)
      .at('1s', 'a')
      .processingTime('9s')
      .at('2s', 'b')
      .processingTime('1s')
      .at('3s', 'c')
      .finish();
    const r = await runTest(
      (p) => ({
        out: p
          .read(stream)
          .keyBy(() => 'k')
          .stateful({
            state: { all: value(s.string, '') },
            timers: { t: processingTimer() },
            element(x, { state, timers }) {
              state.all.write(state.all.read() + x);
              if (x === 'a') timers.t.after('10s');
            },
            onTimer: { t: ({ state, timestamp }) => [[state.all.read(), timestamp]] },
          }),
      }),
      { runner: runner() },
    );
    // TMR-6: the output has the timestamp of the element that set the timer.
    expect(r.out.values).toEqual([['ab', 1000]]);
  });

  it('are replaced by being set again, and cancelled by clear (TMR-1, pitfall 23)', async () => {
    const r = await runTest(
      (p) => ({
        out: at(p, 1, 2, 3, 4).stateful({
          timers: { again: eventTimer(), never: eventTimer() },
          element(n, { timers }) {
            timers.again.at(10_000 + n * 1000);
            timers.never.at(20_000);
            if (n === 4) timers.never.clear();
          },
          onTimer: {
            again: ({ firedAt }) => [`again ${String(firedAt)}`],
            never: () => ['never'],
          },
        }),
      }),
      { runner: runner() },
    );
    // Which element came last is not said (STA-6), but it set the timer alone.
    expect(r.out.values.filter((text) => text.startsWith('again'))).toHaveLength(1);
  });

  it('fire in the order of their times, and what a callback sets or clears counts (TMR-4)', async () => {
    const r = await runTest(
      (p) => ({
        out: at(p, 1).stateful({
          timers: { t: eventTimerFamily() },
          element(_, { timers: { t } }) {
            t.get('c').at(4000);
            t.get('a').at(2000);
            t.get('d').at(5000);
          },
          onTimer: {
            *t({ tag, timers: { t } }) {
              yield tag;
              if (tag === 'a') {
                t.get('b').at(3000);
                t.get('d').clear();
                t.get('e').at(1500);
              }
            },
          },
        }),
      }),
      { runner: runner() },
    );
    // What is set before the time that fires comes at once (TMR-4).
    expect(r.out.values).toEqual(['a', 'e', 'b', 'c']);
  });

  it('of one key and another, and of one window and another, are not the same (TMR-1)', async () => {
    const r = await runTest(
      (p) => ({
        out: p
          .of([1, 2, 61])
          .withTimestamps((n) => n * 1000)
          .window(fixed('1m'))
          .keyBy((n) => n % 2)
          .stateful({
            timers: { t: eventTimer() },
            element(n, { timers }) {
              timers.t.after('5s');
            },
            onTimer: { t: ({ key, firedAt }) => [[key, firedAt]] },
          }),
      }),
      { runner: runner() },
    );
    expect([...r.out.values].sort()).toEqual([
      [0, 7000],
      [1, 6000],
      [1, 66_000],
    ]);
  });

  it('fire once each, also if their bundle fails (TMR-12, WM-5)', async () => {
    let failures = 0;
    const r = await runTest(
      (p) => ({
        out: p
          .of([1, 2, 3])
          .withTimestamps((n) => n * 1000)
          .keyBy((n) => n)
          .stateful({
            state: { fired: value(s.int, 0) },
            timers: { t: eventTimer() },
            element(_, { timers }) {
              timers.t.after('1s');
            },
            onTimer: {
              t({ key, state }) {
                state.fired.write(state.fired.read() + 1);
                if (key === 2 && failures++ === 0) throw new RangeError('once');
                return [`${String(key)} ${String(state.fired.read())}`];
              },
            },
          }),
      }),
      { runner: runner({ maxBundleAttempts: 3 }) },
    );
    expect([...r.out.values].sort()).toEqual(['1 1', '2 1', '3 1']);
  });

  it('come between elements that are sorted by time (SRT-1, TMR-4)', async () => {
    const r = await runTest(
      (p) => ({
        out: at(p, 5, 1, 9, 2).stateful({
          requiresTimeSortedInput: true,
          state: { log: value(s.string, '') },
          timers: { t: eventTimer() },
          element(n, { state, timers }) {
            state.log.write(`${state.log.read()} ${String(n)}`);
            timers.t.after('2s');
          },
          onTimer: {
            t({ firedAt, state }) {
              state.log.write(`${state.log.read()} t${String(firedAt / 1000)}`);
            },
          },
          onWindowExpiration: ({ state }) => [state.log.read()],
        }),
      }),
      { runner: runner() },
    );
    expect(r.out.values).toEqual([' 1 2 t4 5 t7 9 t11']);
  });

  it('are set by asynchronous functions as by others', async () => {
    const r = await runTest(
      (p) => ({
        out: p
          .of([1, 2])
          .withTimestamps((n) => n * 1000)
          .keyBy((n) => n)
          .stateful({
            state: { n: value(s.int, 0) },
            timers: { t: eventTimer() },
            async element(n, { state, timers }) {
              await Promise.resolve();
              state.n.write(n);
              timers.t.after('1s');
            },
            onTimer: {
              async *t({ key, firedAt, state }) {
                await Promise.resolve();
                yield [key, firedAt, state.n.read()];
              },
            },
          }),
      }),
      { runner: runner() },
    );
    expect([...r.out.values].sort()).toEqual([
      [1, 2000, 1],
      [2, 3000, 2],
    ]);
  });
});
