import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { formatJson } from './format-json.js';
import { parseJson } from './parse-json.js';

describe('a JSON record', () => {
  it.each([
    ['{"n":9007199254740993}', { n: 9007199254740993n }],
    ['[-92233720368547758080, 9007199254740991]', [-92233720368547758080n, 9007199254740991]],
    ['{"s":"12345678901234567890"}', { s: '12345678901234567890' }],
    ['{"a\\"1":"]}","n":12345678901234567890}', { 'a"1': ']}', n: 12345678901234567890n }],
    [
      ' [ 12345678901234567890 , true , null , { } , [ ] ] ',
      [12345678901234567890n, true, null, {}, []],
    ],
    ['1.2345678901234567', 1.2345678901234567],
    ['1e300', 1e300],
    ['{"a":"b\\":1","c" : {"a":[{"a":0}]}}', { a: 'b":1', c: { a: [{ a: 0 }] } }],
  ])('%s keeps every integer exact', (text, value) => {
    expect(parseJson(text)).toEqual(value);
  });

  it.each([
    ['{"a":1,"a":2}', '"a"', 8],
    ['{"a" \t: 1, "b":"\\":", "a":2}', '"a"', 23],
    ['[{"a":{"b":1}},{"a":{"b":1,"b":1}}]', '"b"', 28],
    ['{"a":1,"\\u0061":2}', '"a"', 8],
    ['{"__proto__":1,"__proto__":2}', '"__proto__"', 16],
  ])('that gives a key twice is refused: %s', (text, key, column) => {
    const refused = { key: 'recordMismatch', why: `the key ${key} is given twice`, column };
    expect(() => parseJson(text)).toThrow(expect.objectContaining(refused));
  });

  it('cannot change its prototype', () => {
    for (const text of [
      '{"__proto__":{"polluted":1}}',
      '{"__proto__":{"polluted":1},"n":12345678901234567890}',
    ]) {
      const record = parseJson(text) as Record<string, unknown>;
      expect(Object.getPrototypeOf(record)).toBe(Object.prototype);
      expect(record['polluted']).toBeUndefined();
      expect(Object.keys(record)[0]).toBe('__proto__');
    }
  });

  it('is read as JSON.parse reads it, where that is exact', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = JSON.stringify([12345678901234567, value]).replace(
          '12345678901234568',
          '12345678901234567',
        );
        const read = parseJson(text) as [bigint, unknown];
        expect(read[0]).toBe(12345678901234567n);
        expect(formatJson(read[1])).toBe(JSON.stringify(value));
      }),
    );
  });
});

describe('a value', () => {
  it.each([
    [{ a: 1n, b: [2n ** 64n, undefined], c: undefined }, '{"a":1,"b":[18446744073709551616,null]}'],
    [{ a: null, b: {} }, '{"a":null,"b":{}}'],
    [{ at: new Date(0), n: 1n }, '{"at":"1970-01-01T00:00:00.000Z","n":1}'],
    ['a\nb', '"a\\nb"'],
  ])('becomes one line', (value, text) => {
    expect(formatJson(value)).toBe(text);
  });

  it.each([
    [{ a: NaN }, /value\.a is NaN/],
    [{ a: [1, Infinity] }, /value\.a\.1 is Infinity/],
    [{ a: new Map() }, /value\.a is a Map/],
    [{ a: new Set([1]) }, /value\.a is a Set/],
    [{ a: new Uint8Array(2) }, /value\.a is a Uint8Array/],
    [{ a: new Map(), n: 1n }, /value\.a is a Map/],
    [undefined, /JSON has no undefined/],
    [() => 1, /JSON has no function/],
  ])('that JSON cannot say is refused, not changed', (value, text) => {
    expect(() => formatJson(value)).toThrow(text);
  });

  it('with a bigint comes back the same', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 2n ** 53n }), fc.string(), (n, text) => {
        expect(parseJson(formatJson({ n, text }))).toEqual({ n, text });
      }),
    );
  });
});
