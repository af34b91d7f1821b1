import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { ByteReader } from '../../wire/reader.js';
import { ByteWriter } from '../../wire/writer.js';
import type { ElementCoder } from '../coder.js';
import { plainCoder, plainKeyCoder } from './plain.js';

// A bug here changes a user's value on its way between two stages, or lets equal keys miss each other.

function bytesOf(coder: ElementCoder<unknown>, value: unknown): Uint8Array {
  const out = new ByteWriter(1);
  coder.encode(value, out);
  return out.toBytes();
}

function throughBytes(coder: ElementCoder<unknown>, value: unknown): unknown {
  const bytes = bytesOf(coder, value);
  const input = new ByteReader(bytes);
  const decoded = coder.decode(input);
  expect(input.pos).toBe(bytes.length);
  const skipped = new ByteReader(bytes);
  coder.skip(skipped);
  expect(skipped.pos).toBe(bytes.length);
  return decoded;
}

const plainValue = fc.anything({
  withBigInt: true,
  withDate: false,
  withMap: true,
  withSet: true,
  withNullPrototype: false,
  withSparseArray: false,
});

test('any plain value comes back as it was', () => {
  fc.assert(
    fc.property(plainValue, (value) => {
      expect(throughBytes(plainCoder, value)).toStrictEqual(value);
    }),
  );
});

test.each([
  NaN, Infinity, -Infinity, -0, 0, 63, 64, -1, -64, 2 ** 31, -(2 ** 32), 2 ** 53 - 1, -(2 ** 53 - 1), 2 ** 53, 0.1,
  5e-324, 0n, -1n, 127n, 128n, -128n, -129n, 255n, 2n ** 64n, -(2n ** 200n), '', 'a'.repeat(32), 'a'.repeat(33),
  'ä'.repeat(20), '光线'.repeat(50), '\ufffd', new Date(-1), undefined, null, true, false,
 new Map([[{ a: 1 }, new Set([[]])]]),
])('%p comes back as it was', (value) => {
  expect(throughBytes(plainCoder, value)).toStrictEqual(value);
}); // prettier-ignore

test('an invalid date stays one', () => {
  expect((throughBytes(plainCoder, new Date(NaN)) as Date).getTime()).toBeNaN();
});

test('a Buffer comes back as bytes of its own', () => {
  const bytes = bytesOf(plainCoder, Buffer.from('abc'));
  const decoded = plainCoder.decode(new ByteReader(bytes)) as Uint8Array;
  bytes.fill(0);
  expect(decoded).toStrictEqual(new Uint8Array([97, 98, 99]));
});

test('a field called __proto__ is a field and nothing else', () => {
  const hostile = JSON.parse('{"__proto__": {"polluted": true}, "a": 1}') as unknown;
  const decoded = throughBytes(plainCoder, hostile) as { polluted?: unknown };
  expect(Object.keys(decoded as object)).toEqual(['__proto__', 'a']);
  expect(decoded.polluted).toBeUndefined();
  expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
});

const NAMES = ['a', 'b', 'kind', '0', '__proto__', 'ä', 'n'.repeat(130), 'n'.repeat(300)];

test('objects of few names come back with their fields in order, however often', () => {
  const object = fc
    .uniqueArray(fc.tuple(fc.constantFrom(...NAMES), fc.nat(3)), { selector: ([name]) => name })
    .map((fields) => Object.fromEntries(fields));
  fc.assert(
    fc.property(
      fc.array(
        fc.oneof(
          object,
          object.map((inner) => ({ inner })),
        ),
      ),
      (objects) => {
        const back = throughBytes(plainCoder, objects) as object[];
        expect(back).toStrictEqual(objects);
        expect(back.map((o) => Object.keys(o))).toEqual(objects.map((o) => Object.keys(o)));
      },
    ),
    { numRuns: 500 },
  );
});

test('names that are data, thousands of them, come back as well', () => {
  const objects = Array.from({ length: 6000 }, (_, n) => ({ [`user ${String(n)}`]: n, last: n }));
  expect(throughBytes(plainCoder, objects)).toStrictEqual(objects);
});

test('what a prototype has is not written, also where an own field had its name', () => {
  expect(throughBytes(plainCoder, { own: 1, foreign: 2 })).toEqual({ own: 1, foreign: 2 });
  const prototype = Object.prototype as { foreign?: number };
  Object.defineProperty(prototype, 'foreign', { value: 3, enumerable: true, configurable: true });
  try {
    for (let n = 0; n < 3; n++) expect(bytesOf(plainCoder, { own: 1 })).toHaveLength(7);
    expect(bytesOf(plainCoder, {})).toHaveLength(2);
  } finally {
    delete prototype.foreign;
  }
});

test.each([
  [[0x0b, 5, 1, 97], /the names of an object has length 5 but 2 bytes remain/],
  [[0x0b, 2, 2, 97, 98, 0x41], /a name is longer than all names of its object/],
  [[0x0b, 2, 1, 97], /unexpected end of input/],
])('an object of the bytes %p is refused', (bytes, message) => {
  expect(() => plainCoder.decode(new ByteReader(Uint8Array.from(bytes)))).toThrow(message);
  expect(() => {
    plainCoder.skip(new ByteReader(Uint8Array.from(bytes)));
  }).toThrow(message);
});

class Money {
  readonly cents = 1;
}

test.each([
  [() => 1, 'value is a function'],
  [{ a: [1, 2, 3, Symbol('s')] }, 'value.a[3] is a symbol'],
  [[{ price: new Money() }], 'value[0].price is an instance of Money'],
  [new Map([['k', /x/]]), 'value.values[0] is an instance of RegExp'],
  [new Float64Array(1), 'value is an instance of Float64Array'],
  [{ a: { b: 'x\ud800' } }, 'value.a.b: a string holds a lone surrogate'],
])('%p is refused with its path', (value, message) => {
  expect(() => bytesOf(plainCoder, value)).toThrow(message);
});

test.each([
  [[oneByOne()], 'value[0] is a generator', 'flatMap'],
  [{ a: Promise.resolve(1) }, 'value.a is an instance of Promise', 'await'],
])('what %p should have been is told', (value, title, fix) => {
  expect(() => bytesOf(plainCoder, value)).toThrow(title);
  expect(() => bytesOf(plainCoder, value)).toThrow(
    expect.objectContaining({ fix: expect.stringContaining(fix) }),
  );
});

function* oneByOne(): Iterable<number> {
  yield 1;
}

test('a cycle is refused as too deep, also one that branches', () => {
  const cycle: unknown[] = [];
  cycle.push(cycle, cycle);
  expect(() => bytesOf(plainCoder, cycle)).toThrow(/STRAHL-5004/);
});

test('bytes that nest without end are refused', () => {
  const deep = new Uint8Array(1000).fill(1);
  for (let i = 0; i < deep.length; i += 2) deep[i] = 0x0a;
  expect(() => plainCoder.decode(new ByteReader(deep))).toThrow(/STRAHL-5004/);
  expect(() => {
    plainCoder.skip(new ByteReader(deep));
  }).toThrow(/STRAHL-5004/);
});

const keyPart = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.boolean(),
  fc.constant(null),
  fc.maxSafeInteger().map((n) => n + 0),
  fc.bigInt(),
  fc.uint8Array(),
);

test('a key comes back as it was, and equal keys have equal bytes', () => {
  fc.assert(
    fc.property(fc.oneof(keyPart, fc.array(keyPart)), (key) => {
      expect(throughBytes(plainKeyCoder, key)).toStrictEqual(key);
      expect(bytesOf(plainKeyCoder, structuredClone(key))).toEqual(bytesOf(plainKeyCoder, key));
    }),
  );
});

test('different keys have different bytes', () => {
  fc.assert(
    fc.property(keyPart, keyPart, (a, b) => {
      const same = Buffer.compare(bytesOf(plainKeyCoder, a), bytesOf(plainKeyCoder, b)) === 0;
      expect(same).toBe(isSameKey(a, b));
    }),
  );
});

function isSameKey(a: unknown, b: unknown): boolean {
  return a instanceof Uint8Array && b instanceof Uint8Array ? Buffer.compare(a, b) === 0 : a === b;
}

test.each([
  [0.5, '0.5'],
  [-0, '-0'],
  [NaN, 'NaN'],
  [2 ** 53, '9007199254740992'],
  [{ a: 1 }, 'an object'],
  [['a', { b: 1 }], 'an object'],
  [undefined, 'undefined'],
  [new Date(0), 'an instance of Date'],
])('the key %p is refused by its value', (key, preview) => {
  expect(() => bytesOf(plainKeyCoder, key)).toThrow(`STRAHL-5006  ${preview} cannot be a key`);
});
