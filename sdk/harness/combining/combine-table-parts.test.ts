// What a bug here looks like: an accumulator that is lost, or counted twice, at the end of a large bundle.
import { describe, expect, it } from '@jest/globals';
import type { ElementCoder } from '#portability/coders/coder.js';
import type { EventTime } from '#portability/model/time.js';
import { GLOBAL_WINDOW, intervalWindow, type Window } from '#portability/model/windows.js';
import { CombineTable } from './combine-table.js';

/** Writes the JSON text; enough for keys that are compared by their bytes. */
const json = {
  encode: (value: unknown, out: { string(text: string): void }) => {
    out.string(JSON.stringify(value));
  },
} as unknown as ElementCoder<unknown>;

const sum = {
  create: () => 0,
  add: (a: number, x: number) => a + x,
  merge: (a: number, b: number) => a + b,
  extract: (a: number) => a,
} as never;

function table() {
  const evicted: (readonly [unknown, unknown, number, readonly Window[], number])[] = [];
  const combined = new CombineTable({
    fn: sum,
    keyCoder: json,
    accumulatorCoder: json,
    timestampCombiner: 'end-of-window',
    evict: (...entry) => evicted.push(entry),
  });
  const add = (key: unknown, x: number): void => {
    combined.add(key, x, { timestamp: 0 as EventTime, windows: [GLOBAL_WINDOW] });
  };
  return { combined, evicted, add };
}

describe('a full table in front of a shuffle', () => {
  it('lets go of a part at a time, and of each entry once', () => {
    const { combined, evicted, add } = table();
    for (let n = 0; n < 25; n++) add(n % 2 === 0 ? n : [n], n);
    while (combined.flushSome(4)) expect(combined.size).toBe(25 - evicted.length);
    expect(combined.size).toBeLessThanOrEqual(4);
    combined.flush();
    expect(evicted.map(([, sum]) => sum).sort((a, b) => (a as number) - (b as number))).toEqual(
      Array.from({ length: 25 }, (_, n) => n),
    );
    add(0, 7);
    combined.flush();
    expect(evicted.at(-1)).toEqual([0, 7, expect.anything(), [GLOBAL_WINDOW], 1]);
  });

  it('lets go of as much at a time where each window holds little', () => {
    const { combined, evicted } = table();
    for (let n = 0; n < 25; n++) {
      const windows = [intervalWindow(n as EventTime, (n + 1) as EventTime)];
      combined.add('k', n, { timestamp: n as EventTime, windows });
    }
    for (let parts = 1; combined.flushSome(4); parts++) expect(evicted).toHaveLength(4 * parts);
    combined.flush();
    expect(evicted.map(([, sum]) => sum)).toEqual(Array.from({ length: 25 }, (_, n) => n));
  });

  it('does not take apart what is folded over several windows', () => {
    const { combined, evicted } = table();
    const pane = {
      timestamp: 0 as EventTime,
      windows: [0, 1].map((n) => intervalWindow(n as EventTime, 60 as EventTime)),
    };
    for (let n = 0; n < 9; n++) combined.add(n, n, pane);
    expect(combined.flushSome(4)).toBe(false);
    expect(evicted).toEqual([]);
  });
});
