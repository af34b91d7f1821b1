// A bug here mixes the values of keys whose hashes are equal, or changes the order of values.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { MemoryScratch } from '../spill/memory-scratch.js';
import { ByteWriter } from '#portability/wire/writer.js';
import { PartWriter } from './part-writer.js';
import { SortedPart } from './sorted-part.js';

interface Added {
  readonly key: string;
  readonly values: string;
  readonly count: number;
  readonly time: number;
}

/** Of four values, two of them negative, so that many keys share one. */
const hashOf = (key: string): number => (key.length & 3) * 0x60000001;

function load(part: SortedPart, all: readonly Added[], blockBytes: number): void {
  const file = new MemoryScratch().open();
  const writer = new PartWriter(file, blockBytes);
  for (const { key, values, count, time } of all) {
    const bytes = new TextEncoder().encode(`..${key}${values}`);
    const view = new DataView(bytes.buffer);
    writer.put(view, 2, 2 + key.length, bytes.length, hashOf(key), count, time);
  }
  writer.flush();
  part.load(file, writer);
}

const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

function contents(part: SortedPart): ReadonlyMap<string, Omit<Added, 'key'>> {
  const found = new Map<string, Omit<Added, 'key'>>();
  for (let id = part.next(); id >= 0; id = part.next()) {
    const key = new ByteWriter();
    part.writeKey(id, key);
    const values = new ByteWriter();
    part.writeValues(id, values);
    expect(values.pos).toBe(part.bytesOf());
    const lazy = part.lazyValues(id, new MemoryScratch());
    const pages = Array.from({ length: lazy.pages }, (_, n) => text(lazy.page(n)));
    expect(pages.join('')).toBe(text(values.toBytes()));
    expect(found.has(text(key.toBytes()))).toBe(false);
    const group = { values: pages.join(''), count: part.countOf(), time: part.time };
    found.set(text(key.toBytes()), group);
  }
  return found;
}

function grouped(all: readonly Added[]): ReadonlyMap<string, Omit<Added, 'key'>> {
  const groups = new Map<string, Omit<Added, 'key'>>();
  for (const { key, values, count, time } of all) {
    const known = groups.get(key) ?? { values: '', count: 0, time: NaN };
    const least = Number.isNaN(known.time) || time < known.time ? time : known.time;
    groups.set(key, { values: known.values + values, count: known.count + count, time: least });
  }
  return groups;
}

describe('a part that fits into memory', () => {
  const added = fc.record({
    key: fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 6 }),
    values: fc.oneof(
      fc.string({ unit: fc.constantFrom('1', '2', '3'), maxLength: 9 }),
      fc.constant('x'.repeat(600)),
    ),
    count: fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 1000 })),
    time: fc.oneof(fc.constant(NaN), fc.integer({ min: -5, max: 5 })),
  });

  it('R1, R2: has the groups of its records, also where keys share a hash, part after part', () => {
    const part = new SortedPart();
    fc.assert(
      fc.property(
        fc.array(added, { maxLength: 40 }),
        fc.integer({ min: 1, max: 99 }),
        (all, size) => {
          load(part, all, size);
          expect(contents(part)).toEqual(grouped(all));
        },
      ),
    );
  });

  it('is told in pages where its values are many', () => {
    const part = new SortedPart();
    const all = Array.from({ length: 300 }, (_, i) => {
      return { key: 'k', values: String(i % 10).repeat(1000), count: 1, time: NaN };
    });
    load(part, all, 4096);
    const lazy = part.lazyValues(part.next(), new MemoryScratch());
    expect(lazy.pages).toBe(3);
    const pages = Array.from({ length: lazy.pages }, (_, n) => text(lazy.page(n)));
    expect(pages.join('')).toBe(all.map(({ values }) => values).join(''));
  });
});
