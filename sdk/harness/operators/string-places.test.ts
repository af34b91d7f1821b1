// What a bug here looks like: a key whose accumulator is lost, or that has two.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { StringPlaces } from './string-places.js';

/** As its owner has it: texts by place, from 1 on; 0 is nobody's. */
function filled(texts: readonly string[]) {
  const ids: unknown[] = [undefined, ...texts];
  const places = new StringPlaces(ids);
  texts.forEach((text, i) => places.add(text, i + 1));
  return { ids, places };
}

/** That differ where no look at some of their characters can tell. */
const alike = Array.from(
  { length: 500 },
  (_, i) => `a${'x'.repeat(20)}${String(i).padStart(9, '0')}${'x'.repeat(30)}`,
);

describe('places of texts', () => {
  it.each([
    ['numbered', Array.from({ length: 5000 }, (_, i) => `user-${String(i)}`)],
    ['short', ['', 'a', 'b', 'ab', 'ba', 'abc', 'abd', '\u{1f600}', 'é', '\0']],
    ['alike in all that is looked at', alike],
  ])('are found again where the texts are %s', (_, texts) => {
    const { places } = filled(texts);
    expect(texts.map((text) => places.find(text))).toEqual(texts.map((_, i) => i + 1));
    expect(places.find('nobody')).toBe(0);
  });

  it('are found by equal texts, which need not be the same', () => {
    const { places } = filled(['user-1', 'user-2']);
    expect(places.find(['user', '2'].join('-'))).toBe(2);
  });

  it('are those of a Map, whatever is added and deleted', () => {
    const text = fc.oneof(fc.string({ maxLength: 4 }), fc.constantFrom(...alike));
    const step = fc.record({ text, deletes: fc.boolean() });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 300 }), (steps) => {
        const known = new Map<string, number>();
        const ids: unknown[] = [undefined];
        const places = new StringPlaces(ids);
        for (const { text, deletes } of steps) {
          expect(places.find(text)).toBe(known.get(text) ?? 0);
          if (known.has(text) === deletes && deletes) {
            places.delete(text);
            ids[known.get(text)!] = undefined;
            known.delete(text);
          } else if (!known.has(text)) {
            places.add(text, ids.length);
            known.set(text, ids.length);
            ids.push(text);
          }
        }
        for (const [text, place] of known) expect(places.find(text)).toBe(place);
      }),
    );
  });

  it('take no more room when texts come and go', () => {
    const ids: unknown[] = [undefined];
    const places = new StringPlaces(ids);
    for (let n = 0; n < 10_000; n++) {
      ids[1] = `user-${String(n)}`;
      places.add(`user-${String(n)}`, 1);
      places.delete(`user-${String(n)}`);
    }
    expect(places.slots).toBeLessThan(64);
  });
});
