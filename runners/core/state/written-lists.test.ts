// What a bug here would look like: an entry of an ordered list that comes back after it was cleared, or one that was
// written in the same bundle and is not seen.
import { expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { ByteWriter } from '#portability/wire/writer.js';
import type { OrderedList } from './ordered-list.js';
import { WrittenLists } from './written-lists.js';

const CELL = 3;

function entry(time: number, value: number): Uint8Array {
  const out = new ByteWriter();
  out.varint(time);
  out.lengthPrefixed(Uint8Array.of(value));
  return out.toBytes();
}

const range = fc.tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 15 }));
const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ add: fc.integer({ min: 0, max: 40 }) }) },
  { weight: 2, arbitrary: fc.record({ clear: range }) },
  { weight: 2, arbitrary: fc.record({ read: range }) },
  { weight: 1, arbitrary: fc.record({ commit: fc.constant(true) }) },
);

it('STA-3: a bundle sees an ordered list as it has written it, and so does the next one', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const committed = new Map<number, OrderedList>();
      let written = new WrittenLists();
      let model: { readonly time: number; readonly value: number }[] = [];
      const read = (start: number, end: number): readonly Uint8Array[] => [
        ...written.parts(CELL, committed.get(CELL), start, end),
      ];
      steps.forEach((s, value) => {
        if ('add' in s) {
          written.append(CELL, entry(s.add, value));
          model = [...model, { time: s.add, value }].sort((a, b) => a.time - b.time);
        } else if ('clear' in s) {
          const [start, length] = s.clear;
          written.clear(CELL, start, start + length);
          model = model.filter(({ time }) => time < start || time >= start + length);
        } else if ('read' in s) {
          const [start, length] = s.read;
          const seen = model.filter(({ time }) => time >= start && time < start + length);
          expect(read(start, start + length)).toEqual(seen.map((e) => entry(e.time, e.value)));
        } else {
          written.applyTo(committed);
          written = new WrittenLists();
        }
      });
      expect(read(-1, 100)).toEqual(model.map((e) => entry(e.time, e.value)));
    }),
  );
});
