// What a bug here looks like: a key whose accumulator is lost, or that has two.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { KeyPlaces } from './key-places.js';

/** As its owner has it: keys by place, from 1 on; 0 is nobody's. */
function filled(keys: readonly unknown[]) {
  const ids: unknown[] = [undefined, ...keys];
  const places = new KeyPlaces(ids);
  keys.forEach((key, i) => places.add(key, i + 1));
  return { ids, places };
}

/** That differ where no look at some of their characters can tell. */
const alike = Array.from(
  { length: 500 },
  (_, i) => `a${'x'.repeat(20)}${String(i).padStart(9, '0')}${'x'.repeat(30)}`,
);

describe('places of keys', () => {
  it.each([
    ['numbered', Array.from({ length: 5000 }, (_, i) => `user-${String(i)}`)],
    ['short', ['', 'a', 'b', 'ab', 'ba', 'abc', 'abd', '\u{1f600}', 'é', '\0']],
    ['alike in all that is looked at', alike],
    ['integers', Array.from({ length: 5000 }, (_, i) => (i - 2500) * 65_536)],
    ['of all kinds', [0, '0', 1, '1', true, null, 1n, 2 ** 40, -(2 ** 31), 2 ** 31, 0.5, '']],
  ])('are found again where the keys are %s', (_, keys) => {
    const { places } = filled(keys);
    expect(keys.map((key) => places.find(key))).toEqual(keys.map((_, i) => i + 1));
    expect(places.find('nobody')).toBe(0);
  });

  it('are found by equal texts, which need not be the same', () => {
    const { places } = filled(['user-1', 'user-2']);
    expect(places.find(['user', '2'].join('-'))).toBe(2);
  });

  it('are those of a Map, whatever is added and deleted', () => {
    const key = fc.oneof(
      fc.string({ maxLength: 4 }),
      fc.constantFrom(...alike),
      fc.integer({ min: -20, max: 20 }),
      fc.maxSafeInteger(),
    );
    const step = fc.record({ key, deletes: fc.boolean() });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 300 }), (steps) => {
        const known = new Map<unknown, number>();
        const ids: unknown[] = [undefined];
        const places = new KeyPlaces(ids);
        for (const { key, deletes } of steps) {
          expect(places.find(key)).toBe(known.get(key) ?? 0);
          if (deletes && known.has(key)) {
            places.delete(key);
            ids[known.get(key)!] = undefined;
            known.delete(key);
          } else if (!known.has(key)) {
            places.add(key, ids.length);
            known.set(key, ids.length);
            ids.push(key);
          }
        }
        for (const [key, place] of known) expect(places.find(key)).toBe(place);
      }),
    );
  });

  it.each([
    ['of one character', Array.from({ length: 90 }, (_, i) => String.fromCharCode(33 + i))],
    ['of two', Array.from({ length: 900 }, (_, i) => (i + 100).toString(36))],
    ['numbered', Array.from({ length: 20_000 }, (_, i) => `user-${String(i)}`)],
  ])('are told apart by what is looked at where texts are %s', (_, texts) => {
    expect(filled(texts).places.slots).toBeGreaterThan(texts.length);
  });

  it('take no more room when texts come and go', () => {
    const ids: unknown[] = [undefined];
    const places = new KeyPlaces(ids);
    for (let n = 0; n < 10_000; n++) {
      ids[1] = `user-${String(n)}`;
      places.add(`user-${String(n)}`, 1);
      places.delete(`user-${String(n)}`);
    }
    expect(places.slots).toBeLessThan(64);
  });
});
