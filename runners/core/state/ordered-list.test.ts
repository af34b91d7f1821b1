// What a bug here would look like: a range that misses an entry, or one that comes twice.
import { expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { OrderedList, type ListEntry } from './ordered-list.js';

it('an ordered list agrees with a sorted array, equal times in the order of adding', () => {
  const step = fc.oneof(
    fc.record({ kind: fc.constant('add' as const), time: fc.integer({ min: 0, max: 50 }) }),
    fc.record({
      kind: fc.constant('clear' as const),
      time: fc.integer({ min: 0, max: 50 }),
      length: fc.integer({ min: 0, max: 20 }),
    }),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 2000 }), (steps) => {
      const list = new OrderedList();
      let model: ListEntry[] = [];
      for (const [i, s] of steps.entries()) {
        if (s.kind === 'add') {
          const entry = { time: s.time, bytes: Uint8Array.of(i & 255, i >> 8) };
          list.add(entry);
          model.push(entry);
        } else if (i % 50 === 0) {
          list.clear(s.time, s.time + s.length);
          model = model.filter(({ time }) => time < s.time || time >= s.time + s.length);
        }
      }
      // Sorting is stable.
      model.sort((a, b) => a.time - b.time);
      expect([...list.range(-1, 100)]).toEqual(model);
      const middle = model.filter(({ time }) => time >= 10 && time < 20);
      expect([...list.range(10, 20)]).toEqual(middle);
      expect(list.isEmpty).toBe(model.length === 0);
    }),
    { numRuns: 30 },
  );
});
