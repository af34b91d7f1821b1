// What a bug here would look like: an output behind the watermark, a timer that outlives its window, or a window
// whose end nobody hears of.
import { expect, it } from '@jest/globals';
import { count, eventTimer, fixed, processingTimer, s, value, type Root } from 'strahl';
import { runTest, testStream } from 'strahl/testing';
import { onEveryRunner } from './runners.js';

/** One element per number, at the second that it names. */
const at = (p: Root, ...seconds: readonly number[]) =>
  p
    .of(seconds)
    .withTimestamps((n) => n * 1000)
    .keyBy(() => 'k');

onEveryRunner('timers', (runner) => {
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
    ['for no time', (t: T) => t.at(NaN), /the time is not a time/],
    [
      'with an output before its element',
      (t: T) => t.at(50_000, { outputTimestamp: 1 }),
      /outside/,
    ],
    ['with an output after the window', (t: T) => t.at(1, { outputTimestamp: 60_000 }), /outside/],
    ['for an invalid duration', (t: T) => t.after('soon' as '1s'), /not a duration/],
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
});

interface T {
  at(time: number, o?: { readonly outputTimestamp?: number }): void;
  after(d: `${number}s`): void;
}
