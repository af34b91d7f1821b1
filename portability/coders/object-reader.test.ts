import { expect, test } from '@jest/globals';
import { ByteReader } from '../wire/reader.js';
import { ByteWriter } from '../wire/writer.js';
import { ObjectReader, type FieldReader } from './object-reader.js';

// A bug here gives a field the value of another, or lets bytes of others change what all objects inherit. Objects are read
// in one way first and by generated code later, so each is read often enough for both.
const OFTEN = 200;

const byte: FieldReader = { decode: (input, note) => input.byte() + note };

function readOften(names: readonly string[]): object[] {
  const reader = new ObjectReader(
    names,
    names.map(() => byte),
  );
  return Array.from({ length: OFTEN }, (_, n) => {
    const bytes = Uint8Array.from(names, (_, field) => (n + field) % 100);
    return reader.read(new ByteReader(bytes), 1000);
  });
}

test.each([0, 1, 2, 7, 64, 65, 300])('an object of %i fields is the same each time', (count) => {
  const names = Array.from({ length: count }, (_, field) => `field ${String(field)}`);
  for (const [n, object] of readOften(names).entries()) {
    expect(object).toEqual(
      Object.fromEntries(names.map((name, field) => [name, 1000 + ((n + field) % 100)])),
    );
    expect(Object.keys(object)).toEqual(names);
  }
});

test('names of any text are fields, and no code', () => {
  const names = ['__proto__', 'constructor', '0', 'a"]:process.exit(1)', '\n', '', 'toString'];
  for (const object of readOften(names)) {
    expect(Object.keys(object).sort()).toEqual([...names].sort());
    expect(Object.getPrototypeOf(object)).toBe(Object.prototype);
  }
  expect(Object.keys(Object.prototype)).toEqual([]);
});

test('of two fields of one name the last one counts', () => {
  for (const [n, object] of readOften(['a', 'a']).entries()) {
    expect(object).toEqual({ a: 1000 + ((n + 1) % 100) });
  }
});

test('objects within objects of the same reader do not disturb each other', () => {
  const out = new ByteWriter();
  const inner: FieldReader = {
    decode: (input, depth) => (depth < 3 ? reader.read(input, depth + 1) : input.byte()),
  };
  const reader = new ObjectReader(['left', 'right'], [inner, inner]);
  for (let n = 0; n < 16; n++) out.byte(n);
  const leaves = (value: unknown): unknown[] =>
    typeof value === 'object' ? Object.values(value as object).flatMap(leaves) : [value];
  for (let n = 0; n < OFTEN; n++) {
    const object = reader.read(new ByteReader(out.toBytes()), 0);
    expect(leaves(object)).toEqual(Array.from({ length: 16 }, (_, leaf) => leaf));
  }
});
