// What a bug here would look like: a slow request for one key that stops all others, or two calls of a key that
// both read its state before either has written it.
import { describe, expect, it } from '@jest/globals';
import { eventTimer, s, value } from '#sdk/index.js';
import { runTest } from '#sdk/testing/index.js';

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('asynchronous calls of a step with state', () => {
  it('overlap for different keys', async () => {
    let begun = 0;
    let allHaveBegun: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => (allHaveBegun = resolve));
    const r = await runTest((p) => ({
      out: p
        .of(['a', 'b', 'c'])
        .keyBy((x) => x)
        .stateful({
          state: { seen: value(s.string, '') },
          async element(x, c) {
            if (++begun === 3) allHaveBegun();
            await gate;
            c.state.seen.write(`${c.state.seen.read()}${x}`);
            return [`${c.key}:${c.state.seen.read()}`];
          },
        }),
    }));
    expect(r.out.values).toEqual(['a:a', 'b:b', 'c:c']);
  });

  it('are made one after the other for a key, in the order of its elements (STA-4)', async () => {
    const numbers = Array.from({ length: 60 }, (_, i) => i);
    const open = new Set<string>();
    const r = await runTest((p) => ({
      out: p
        .of(numbers)
        .keyBy((n) => `k${String(n % 3)}`)
        .stateful(
          {
            state: { text: value(s.string, '') },
            timers: { end: eventTimer() },
            async element(n, { key, state, timers }) {
              if (open.has(key)) throw new RangeError(`two calls of ${key}`);
              open.add(key);
              const before = state.text.read();
              for (let i = n % 5; i > 0; i--) await turn();
              state.text.write(`${before} ${String(n)}`);
              timers.end.after('1m');
              open.delete(key);
            },
            onTimer: { end: ({ state }) => [state.text.read()] },
          },
          { concurrency: 8 },
        ),
    }));
    const expected = [0, 1, 2].map((k) => numbers.filter((n) => n % 3 === k).join(' '));
    expect(r.out.values.map((text) => text.trim()).sort()).toEqual(expected.sort());
  });

  it('are at most as many as allowed', async () => {
    let running = 0;
    let most = 0;
    await runTest((p) => ({
      out: p
        .of(Array.from({ length: 40 }, (_, i) => i))
        .keyBy((n) => n)
        .stateful(
          {
            state: { n: value(s.int, 0) },
            async element() {
              most = Math.max(most, ++running);
              await turn();
              running--;
            },
          },
          { concurrency: 4 },
        ),
    }));
    expect(most).toBe(4);
  });
});
