import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { schemaField, schemaOf, type FieldType, type Schema } from '../../model/schema.js';
import { decodeSchema, encodeSchemaCoderPayload } from '../../proto/generated/schema.js';
import { ByteReader } from '../../wire/reader.js';
import { ByteWriter } from '../../wire/writer.js';
import { RowCoder, rowCoderOfSchemaCoder, type Row } from './rows.js';
import { payloadOfSchema, schemaOfPayload } from './schema-payload.js';

// A bug here changes a record on its way to another SDK, or lets its field names reach a prototype.

const string: FieldType = { kind: 'string', nullable: false };
const int64: FieldType = { kind: 'int64', nullable: false };

function optional(type: FieldType): FieldType {
  return { ...type, nullable: true };
}

function logical(name: string, representation: FieldType, argument?: number): FieldType {
  return {
    kind: 'logical',
    urn: `beam:logical_type:${name}:v1`,
    payload: new Uint8Array(0),
    representation,
    nullable: false,
    ...(argument === undefined
      ? {}
      : { argument: { type: { kind: 'int32', nullable: false }, value: argument } }),
  };
}

function bytesOf(schema: Schema, row: Row): Uint8Array {
  const out = new ByteWriter(1);
  new RowCoder(schema).encode(row, out);
  return out.toBytes();
}

function throughBytes(schema: Schema, row: Row): Row {
  const bytes = bytesOf(schema, row);
  const input = new ByteReader(bytes);
  new RowCoder(schema).skip(input);
  expect(input.remaining).toBe(0);
  return new RowCoder(schema).decode(new ByteReader(bytes));
}

const ORDER = schemaOf([
  schemaField('id', int64),
  schemaField('note', optional(string)),
  schemaField('price', logical('decimal', { kind: 'bytes', nullable: false })),
  schemaField('at', logical('millis_instant', int64)),
  schemaField('tags', { kind: 'array', element: optional(string), nullable: true }),
  schemaField('counts', { kind: 'map', key: string, value: optional(int64), nullable: false }),
  schemaField('small', { kind: 'int32', nullable: false }),
  schemaField('inner', {
    kind: 'row',
    schema: schemaOf([schemaField('x', { kind: 'double', nullable: true })]),
    nullable: true,
  }),
  schemaField('tiny', { kind: 'int16', nullable: false }),
]);

const order = fc.record({
  id: fc.oneof(fc.maxSafeInteger(), fc.bigInt({ min: 2n ** 53n, max: 2n ** 63n - 1n })),
  note: fc.option(fc.string({ unit: 'grapheme' })),
  price: fc
    .tuple(fc.bigInt(), fc.nat(999))
    .map(([whole, part]) => `${String(whole)}.${String(part).padStart(3, '0')}`),
  at: fc.maxSafeInteger(),
  tags: fc.option(fc.array(fc.option(fc.string()))),
  counts: fc.array(fc.tuple(fc.string(), fc.option(fc.maxSafeInteger()))).map((e) => new Map(e)),
  small: fc.integer(),
  inner: fc.option(fc.record({ x: fc.option(fc.double()) })),
  tiny: fc.integer({ min: -32768, max: 32767 }),
});

test('any row comes back as it was', () => {
  fc.assert(
    fc.property(order, (row) => {
      expect(throughBytes(ORDER, row)).toEqual(row);
    }),
  );
});

test('a schema comes back from its payload as it was', () => {
  const schema = schemaOf([...ORDER.fields, schemaField('c', logical('fixed_char', string, 5))]);
  expect(schemaOfPayload(payloadOfSchema(schema))).toEqual(schema);
});

test('columns that a writer does not know yet are null', () => {
  const old = schemaOf([schemaField('a', int64)]);
  const grown = schemaOf([schemaField('a', int64), schemaField('b', optional(string))]);
  const row = new RowCoder(grown).decode(new ByteReader(bytesOf(old, { a: 1 })));
  expect(row).toEqual({ a: 1, b: null });
  expect(() => new RowCoder(old).decode(new ByteReader(bytesOf(grown, { a: 1, b: 'x' })))).toThrow(
    'a row has 2 fields but its schema 1',
  );
});

test('a null bitset of any length is read', () => {
  const schema = schemaOf(['a', 'b'].map((name) => schemaField(name, optional(int64))));
  const decode = (hex: string): Row =>
    new RowCoder(schema).decode(new ByteReader(Buffer.from(hex, 'hex')));
  expect(decode('02000102')).toEqual({ a: 1, b: 2 });
  expect(decode('02010202')).toEqual({ a: 2, b: null });
  expect(decode('0203020000' + '01')).toEqual({ a: 1, b: null });
});

test('a 32-bit integer is read in both forms of a negative number', () => {
  const schema = schemaOf([schemaField('n', { kind: 'int32', nullable: false })]);
  for (const hex of ['0100fdffffff0f', '0100fdffffffffffffffff01']) {
    expect(new RowCoder(schema).decode(new ByteReader(Buffer.from(hex, 'hex')))).toEqual({ n: -3 });
  }
});

test('fields called as something that every object has are fields and nothing else', () => {
  const names = ['__proto__', 'constructor', 'toString'];
  const schema = schemaOf(names.map((name) => schemaField(name, optional(string))));
  const decoded = throughBytes(schema, JSON.parse('{"__proto__":"p","toString":"t"}') as Row);
  expect(Object.keys(decoded)).toEqual(names);
  expect(Object.entries(decoded).map(([, value]) => value)).toEqual(['p', null, 't']);
  expect(Object.getPrototypeOf(decoded)).toBe(Object.prototype);
});

test.each([
  [
    { kind: 'int32', nullable: false },
    2 ** 31,
    'expected an integer from -2147483648 to 2147483647',
  ],
  [string, undefined, 'expected a string but found undefined'],
  [int64, 0.5, 'expected an integer but found 0.5'],
  [logical('var_char', string, 2), 'abc', 'expected no more than 2 characters'],
  [logical('decimal', string), '1e5', 'expected a decimal such as "12.50" but found "1e5"'],
  [{ kind: 'array', element: string, nullable: false }, [1], 'expected a string but found 1'],
] as readonly (readonly [FieldType, unknown, string])[])(
  'a field that is no %j is refused by its name',
  (type, value, message) => {
    expect(() => bytesOf(schemaOf([schemaField('f', type)]), { f: value })).toThrow(
      `STRAHL-5001  field "f": ${message}`,
    );
  },
);

test('a timestamp type without its precision is refused', () => {
  expect(() => new RowCoder(schemaOf([schemaField('t', logical('timestamp', string))]))).toThrow(
    /no argument that is a precision from 0 to 9/,
  );
});

test('a schema coder writes the rows of its schema, whatever type its SDK makes of them', () => {
  const schema = schemaOf([schemaField('id', int64), schemaField('note', optional(string))]);
  const payload = encodeSchemaCoderPayload({
    schema: decodeSchema(payloadOfSchema(schema)),
    toRowFn: { urn: 'example:java:to_row:v1', payload: Uint8Array.of(1) },
  });
  const row = { id: 7, note: null };
  const coder = rowCoderOfSchemaCoder(payload);
  expect(coder.decode(new ByteReader(bytesOf(schema, row)))).toEqual(row);
  expect(() => rowCoderOfSchemaCoder(encodeSchemaCoderPayload({}))).toThrow(
    'STRAHL-5002  a schema coder has no schema',
  );
});
