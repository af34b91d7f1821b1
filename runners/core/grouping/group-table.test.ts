// What a bug here would look like: two keys in one group, or one key in two.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { hashBytes } from '#portability/wire/frames.js';
import { viewOf } from '#portability/wire/native-buffer.js';
import { ByteWriter } from '#portability/wire/writer.js';
import { GroupBuffer } from './group-buffer.js';
import { GroupTable } from './group-table.js';

/** Groups values by key as the engine does; `hash` may be made bad on purpose. */
function groupAll(
  entries: readonly (readonly [key: Uint8Array, value: Uint8Array])[],
  hash = hashBytes,
): Map<string, string> {
  const buffer = new GroupBuffer();
  const table = new GroupTable(buffer);
  for (const [key, value] of entries) {
    const h = hash(key, 0, key.length);
    let id = table.find(viewOf(key), 0, key.length, h);
    if (id < 0) {
      id = buffer.create(viewOf(key), 0, key.length, value.length);
      table.insert(h, id);
    }
    buffer.append(id, viewOf(value), 0, value.length);
  }
  const groups = new Map<string, string>();
  for (let id = 0; id < buffer.created; id++)
    groups.set(hex(buffer, 'key', id), hex(buffer, 'values', id));
  return groups;
}

function hex(buffer: GroupBuffer, what: 'key' | 'values', id: number): string {
  const out = new ByteWriter();
  if (what === 'key') buffer.writeKey(id, out);
  else buffer.writeValues(id, out);
  return Buffer.from(out.toBytes()).toString('hex');
}

function oracle(entries: readonly (readonly [Uint8Array, Uint8Array])[]): Map<string, string> {
  const groups = new Map<string, string>();
  for (const [key, value] of entries) {
    const k = Buffer.from(key).toString('hex');
    groups.set(k, (groups.get(k) ?? '') + Buffer.from(value).toString('hex'));
  }
  return groups;
}

const bytes = (maxLength: number) => fc.uint8Array({ maxLength });

describe('a table of groups', () => {
  it('oracle: agrees with a Map for any keys and values', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(bytes(3), bytes(200)), { maxLength: 200 }), (entries) => {
        expect(groupAll(entries)).toEqual(oracle(entries));
      }),
    );
  });

  it('tells keys apart that all have the same hash', () => {
    const entries = Array.from(
      { length: 300 },
      (_, i) => [Uint8Array.of(i >> 8, i), Uint8Array.of(i)] as const,
    );
    expect(groupAll(entries, () => 7)).toEqual(oracle(entries));
  });

  it('T2: keeps 200,000 keys through growth and splits', () => {
    const buffer = new GroupBuffer();
    const table = new GroupTable(buffer);
    const key = Buffer.alloc(4);
    const view = viewOf(key);
    const keyOf = (i: number): number => {
      key.writeInt32BE(i);
      return hashBytes(key, 0, 4);
    };
    for (let i = 0; i < 200_000; i++) table.insert(keyOf(i), buffer.create(view, 0, 4, 0));
    let wrong = 0;
    for (let i = 0; i < 200_000; i++) if (table.find(view, 0, 4, keyOf(i)) !== i) wrong++;
    expect(wrong).toBe(0);
    expect(table.find(view, 0, 4, keyOf(-1))).toBe(-1);
  });
});

describe('a buffer of groups', () => {
  it('B2: a group that is filled and cleared for ever holds no more than at its fullest', () => {
    const buffer = new GroupBuffer();
    const value = new DataView(new ArrayBuffer(100));
    const id = buffer.create(value, 0, 3, 0);
    const fill = (): void => {
      for (let i = 0; i < 50; i++) buffer.append(id, value, 0, 100);
      buffer.clear(id);
    };
    fill();
    const { heldBytes } = buffer;
    for (let round = 0; round < 100; round++) fill();
    expect(buffer.heldBytes).toBe(heldBytes);
  });

  it('B3: recycled groups make room for others', () => {
    const buffer = new GroupBuffer();
    const value = viewOf(new Uint8Array(100).fill(1));
    const round = (): void => {
      const ids = Array.from({ length: 20 }, () => buffer.create(value, 0, 8, 16));
      for (const id of ids) for (let i = 0; i < 9; i++) buffer.append(id, value, 0, 100);
      for (const id of ids) expect(hex(buffer, 'values', id)).toBe('01'.repeat(900));
      for (const id of ids) buffer.recycle(id);
    };
    round();
    round();
    const { heldBytes } = buffer;
    for (let i = 0; i < 20; i++) round();
    expect(buffer.heldBytes).toBe(heldBytes);
    expect(buffer.size).toBe(0);
  });

  it('keeps keys and marks when it drops its values', () => {
    const buffer = new GroupBuffer();
    const key = viewOf(Uint8Array.of(1, 2, 3));
    const id = buffer.create(key, 0, 3, 10);
    buffer.append(id, key, 0, 3);
    buffer.setMark(id, 6);
    const keys = buffer.withoutValues();
    expect([keys.keyEquals(id, key, 0, 3), keys.markOf(id), keys.countOf(id)]).toEqual([
      true,
      6,
      0,
    ]);
    keys.append(id, key, 0, 3);
    expect(hex(keys, 'values', id)).toBe('010203');
  });
});
