// What a bug here would look like: the state of one key shown to another, or a key that is found no more after
// others have gone.
import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { hashBytes } from '#portability/wire/frames.js';
import { SlotTable } from './slot-table.js';

const bytesOf = (key: number): Uint8Array => Buffer.from(`key ${String(key)}`);

type Step = { readonly kind: 'insert' | 'remove'; readonly owner: number; readonly key: number };

const step: fc.Arbitrary<Step> = fc.record({
  kind: fc.constantFrom('insert' as const, 'insert' as const, 'remove' as const),
  owner: fc.integer({ min: 0, max: 3 }),
  key: fc.integer({ min: 0, max: 300 }),
});

function find(table: SlotTable, owner: number, key: number, hash?: number): number {
  const bytes = bytesOf(key);
  return table.find(owner, bytes, 0, bytes.length, hash ?? hashBytes(bytes, 0, bytes.length));
}

describe('a table of slots', () => {
  it('agrees with a map, whatever comes and goes (L1, L3)', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 800 }), (steps) => {
        const table = new SlotTable();
        const model = new Map<string, number>();
        for (const { kind, owner, key } of steps) {
          const name = `${String(owner)} ${String(key)}`;
          const bytes = bytesOf(key);
          const slot = find(table, owner, key);
          expect(slot).toBe(model.get(name) ?? -1);
          if (kind === 'remove' && slot >= 0) {
            table.remove(slot);
            model.delete(name);
          } else if (kind === 'insert' && slot < 0) {
            const hash = hashBytes(bytes, 0, bytes.length);
            model.set(name, table.insert(owner, bytes, 0, bytes.length, hash));
          }
        }
        expect(table.size).toBe(model.size);
        for (let owner = 0; owner <= 3; owner++) {
          const names = [...model.keys()].filter((name) => name.startsWith(`${String(owner)} `));
          expect(keysOf(table, owner)).toEqual(names.map((name) => `key ${name.split(' ')[1]!}`));
        }
      }),
      { numRuns: 60 },
    );
  });

  it('finds each of many keys, and reuses what was freed (L2, L3)', () => {
    const table = new SlotTable();
    const count = 40_000;
    for (let key = 0; key < count; key++) {
      const bytes = bytesOf(key);
      table.insert(0, bytes, 0, bytes.length, hashBytes(bytes, 0, bytes.length));
    }
    const lost = Array.from({ length: count }, (_, key) => key).filter(
      (key) => find(table, 0, key) !== key,
    );
    expect(lost).toEqual([]);
    for (let key = 0; key < count; key++) table.remove(find(table, 0, key));
    expect([table.size, find(table, 0, 5), table.first(0)]).toEqual([0, -1, -1]);
    const held = table.heldBytes;
    for (let key = 0; key < count; key++) {
      const bytes = bytesOf(key);
      table.insert(0, bytes, 0, bytes.length, hashBytes(bytes, 0, bytes.length));
    }
    expect([table.created, table.heldBytes]).toEqual([count, held]);
  });
});

function keysOf(table: SlotTable, owner: number): readonly string[] {
  const keys: string[] = [];
  for (let slot = table.first(owner); slot >= 0; slot = table.next(slot)) {
    keys.push(Buffer.from(table.keyOf(slot)).toString());
  }
  return keys;
}
