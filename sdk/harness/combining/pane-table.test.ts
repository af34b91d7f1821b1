// What a bug here looks like: a window that starts with the keys or sums of one that is over.
import { expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import type { ElementCoder } from '#portability/coders/coder.js';
import type { EventTime } from '#portability/model/time.js';
import { intervalWindow } from '#portability/model/windows.js';
import { CombineTable } from './combine-table.js';

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

const WINDOWS = Array.from({ length: 40 }, (_, n) =>
  intervalWindow(n as EventTime, (n + 1) as EventTime),
);
const KEYS = ['a', 'b', 7, -1, null, true, ['list'], ['other'], 1.5, 'a much longer text'];

class Sums extends Map<string, number> {
  add(window: number, key: unknown, x: number): void {
    const id = JSON.stringify([window, key]);
    this.set(id, (this.get(id) ?? 0) + x);
  }
}

it('oracle: gives to each window its own sums, whatever windows have left behind', () => {
  const added = fc.tuple(fc.nat(WINDOWS.length - 1), fc.constantFrom(...KEYS), fc.nat(9));
  const bundle = fc.tuple(fc.boolean(), fc.array(added, { maxLength: 60 }));
  fc.assert(
    fc.property(fc.array(bundle, { maxLength: 12 }), (bundles) => {
      const sums = new Sums();
      const expected = new Sums();
      const combined = new CombineTable({
        fn: sum,
        keyCoder: json,
        accumulatorCoder: json,
        timestampCombiner: 'end-of-window',
        evict: (key, x, _at, [window]) => {
          sums.add(WINDOWS.indexOf(window as never), key, x as number);
        },
      });
      for (const [inParts, elements] of bundles) {
        for (const [n, key, x] of elements) {
          combined.add(key, x, { timestamp: n as EventTime, windows: [WINDOWS[n]!] });
          expected.add(n, key, x);
        }
        if (inParts) while (combined.flushSome(7));
        combined.flush();
      }
      expect(sums).toEqual(expected);
    }),
  );
});
