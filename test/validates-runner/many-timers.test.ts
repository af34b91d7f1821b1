// What a bug here looks like: a key whose later timer fires before its earlier one, but only where thousands of keys
// have timers that are due at once.
import { describe, expect, it } from '@jest/globals';
import { eventTime, eventTimer, eventTimerFamily, fixed } from 'strahl';
import { runTest } from 'strahl/testing';

/** So many timers that they are taken as they lie in memory. */
const KEYS = 2_000;

describe('many timers that are due together', () => {
  it('TMR-4: fire for each key in the order of their times, and of setting where these are equal', async () => {
    const r = await runTest((p) => ({
      fired: p
        .of(Array.from({ length: KEYS }, (_, n) => n))
        .withTimestamps(() => 0)
        .window(fixed('1m'))
        .keyBy((n) => n)
        .stateful({
          timers: { late: eventTimer(), tagged: eventTimerFamily(), early: eventTimer() },
          element(n: number, { timers }) {
            timers.late.at(eventTime(30_000));
            timers.tagged.get('second').at(eventTime(20_000));
            timers.tagged.get('first').at(eventTime(10_000 + (n % 7)));
            timers.early.at(eventTime(10_000));
          },
          onTimer: {
            late: ({ key }) => [[key, 'late'] as const],
            tagged: ({ key, tag }) => [[key, tag] as const],
            early: ({ key }) => [[key, 'early'] as const],
          },
        }),
    }));
    const byKey = new Map<number, string[]>();
    for (const [key, name] of r.fired.values as readonly (readonly [number, string])[]) {
      byKey.set(key, [...(byKey.get(key) ?? []), name]);
    }
    expect(byKey.size).toBe(KEYS);
    const orders = new Set([...byKey.values()].map((names) => names.join()));
    expect([...orders].sort()).toEqual(['early,first,second,late', 'first,early,second,late']);
  });
});
