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
  value,
  type Root,
} from 'strahl';
import { runTest, testStream } from 'strahl/testing';
import { onEveryRunner } from './runners.js';

/** One element per text, at the second that it names. */
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

  it('hold the output watermark at their output timestamp until they have fired (TMR-6, TMR-9)', async () => {
    const stream = testStream(s.int).at('10s', 1).watermark('50s').watermark('90s').finish();
    const r = await runTest(
      (p) => ({
        out: p
          .read(stream)
          .keyBy(() => 'k')
          .stateful({
            timers: { t: eventTimer() },
            element(_, { timers }) {
              timers.t.at(80_000, { outputTimestamp: 20_000 });
            },
            onTimer: { t: ({ timestamp }) => [timestamp] },
          })
          .window(fixed('1m'))
          .combineGloballyWith(count(), { emptyDefault: false }),
      }),
      { runner: runner() },
    );
    expect(r.out.panes().map(({ timing }) => timing)).toEqual(['on-time']);
    expect(r.dropped).toBe(0);
  });

  it('without an output timestamp hold nothing (TMR-6)', async () => {
    const stream = testStream(s.int)
      .at('10s', 1)
      .watermark('50s')
      .at('55s', 2)
      .watermark('90s')
      .finish();
    const order: string[] = [];
    await runTest(
      (p) => {
        const outputs = p
          .read(stream)
          .keyBy(() => 'k')
          .stateful({
            timers: { t: eventTimer() },
            element(n, { timers }) {
              if (n === 1) timers.t.at(80_000, { outputTimestamp: 'none' });
              return [n];
            },
            onTimer: {
              t() {
                order.push('timer');
              },
            },
          });
        return {
          out: outputs
            .window(fixed('30s'))
            .combineGloballyWith(count(), { emptyDefault: false })
            .map((n) => {
              order.push('pane');
              return n;
            }),
        };
      },
      { runner: runner() },
    );
    // The window of the first element closes at 30 s, long before the timer fires.
    expect(order.slice(0, 1)).toEqual(['pane']);
    expect(order).toContain('timer');
  });

  it('that set themselves again do not keep others from going on (TMR-5)', async () => {
    let rounds = 0;
    const stream = testStream(s.string).at('1s', 'loop').watermark('2s').at('3s', 'other').finish();
    const r = await runTest(
      (p) => ({
        out: p
          .read(stream)
          .keyBy((x) => x)
          .stateful({
            timers: { t: eventTimer() },
            element(x, { timers }) {
              if (x === 'other') return ['other'];
              timers.t.at(1000);
              return [];
            },
            onTimer: {
              t({ timers }) {
                if (++rounds < 3000) timers.t.at(1000);
              },
            },
          }),
      }),
      { runner: runner() },
    );
    expect(rounds).toBe(3000);
    expect(r.out.values).toEqual(['other']);
  });

  it('set for later by a relative time end with the window (TMR-7)', async () => {
    const r = await runTest(
      (p) => ({
        out: at(p, 50)
          .window(fixed('1m'))
          .stateful({
            timers: { t: eventTimer() },
            element(_, { timers }) {
              timers.t.after('1h');
            },
            onTimer: {
              t({ firedAt, timers }) {
                timers.t.after('1h');
                return [firedAt];
              },
            },
          }),
      }),
      { runner: runner() },
    );
    expect(r.out.values).toEqual([59_999]);
  });

  it.each([
    ['after the end of the window', (t: T) => t.at(60_000), /Attempted to set an event-time timer/],
    ['for no time', (t: T) => t.at(NaN), /the time is no time/],
    [
      'with an output before its element',
      (t: T) => t.at(50_000, { outputTimestamp: 1 }),
      /outside/,
    ],
    ['with an output after the window', (t: T) => t.at(1, { outputTimestamp: 60_000 }), /outside/],
    ['for an invalid duration', (t: T) => t.after('soon' as '1s'), /no duration/],
    ['for a time in the past, relatively', (t: T) => t.after('-1s'), /-1000 ms/],
  ])('are refused %s (TMR-6, TMR-7, bad input 35)', async (_, set, text) => {
    const run = runTest(
      (p) => ({
        out: at(p, 50)
          .window(fixed('1m'))
          .stateful({
            timers: { t: eventTimer() },
            element(__, { timers }) {
              set(timers.t);
            },
            onTimer: { t: () => undefined },
          }),
      }),
      { runner: runner({ maxBundleAttempts: 1 }) },
    );
    await expect(run).rejects.toMatchObject({ code: 'STRAHL-1304', step: 'stateful' });
    await expect(run).rejects.toMatchObject({ title: expect.stringMatching(text) as unknown });
  });

  it('of processing time whose window is over are forgotten (TMR-10, pitfall 17)', async () => {
    const stream = testStream(s.int).at('1s', 1).watermark('2m').processingTime('1h').finish();
    const r = await runTest(
      (p) => ({
        out: p
          .read(stream)
          .window(fixed('1m'))
          .keyBy(() => 'k')
          .stateful({
            timers: { t: processingTimer() },
            element(_, { timers }) {
              timers.t.after('10m');
            },
            onTimer: { t: () => ['fired'] },
          }),
      }),
      { runner: runner() },
    );
    expect(r.out.values).toEqual([]);
  });

  it('all fire before their window tells its end, once, with its state (TMR-11, pitfall 24)', async () => {
    const r = await runTest(
      (p) => ({
        out: at(p, 1, 2)
          .window(fixed('1m'), { allowedLateness: '1m', panes: 'discarding' })
          .stateful({
            state: { log: value(s.string, '') },
            timers: { end: eventTimer(), expiry: eventTimer() },
            element(n, { state, timers }) {
              state.log.write(`${state.log.read()}e`);
              timers.end.at(59_999);
              timers.expiry.at(119_999);
            },
            onTimer: {
              end({ state }) {
                state.log.write(`${state.log.read()} end`);
              },
              expiry({ state }) {
                state.log.write(`${state.log.read()} expiry`);
              },
            },
            onWindowExpiration: ({ state, timestamp }) => [[state.log.read(), timestamp]],
          }),
      }),
      { runner: runner() },
    );
    expect(r.out.values).toEqual([['ee end expiry', 59_999]]);
  });

  it('tell the end of a window to each key that had an element, with state or without (TMR-11)', async () => {
    const r = await runTest(
      (p) => ({
        out: p
          .of(['a', 'b', 'a'])
          .keyBy((x) => x)
          .stateful({ element: () => undefined, onWindowExpiration: ({ key }) => [key] }),
      }),
      { runner: runner() },
    );
    expect([...r.out.values].sort()).toEqual(['a', 'b']);
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

interface T {
  at(time: number, o?: { readonly outputTimestamp?: number }): void;
  after(d: `${number}s`): void;
}
