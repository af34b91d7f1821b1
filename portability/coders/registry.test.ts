import { expect, test } from '@jest/globals';
import { functionSpec } from '../model/function-spec.js';
import type { CoderSpec } from '../model/graph.js';
import { coderId, type CoderId } from '../model/ids.js';
import { ByteReader } from '../wire/reader.js';
import { ByteWriter } from '../wire/writer.js';
import { stringCoder } from './primitives.js';
import { CoderRegistry } from './registry.js';

function coders(specs: Readonly<Record<string, readonly [urn: string, ...components: string[]]>>) {
  return new Map<CoderId, CoderSpec>(
    Object.entries(specs).map(([id, [urn, ...components]]) => [
      coderId(id),
      { spec: functionSpec(urn), componentIds: components.map(coderId) },
    ]),
  );
}

test('a coder is made once', () => {
  const registry = new CoderRegistry(
    coders({ a: ['beam:coder:kv:v1', 'b', 'b'], b: ['beam:coder:varint:v1'] }),
  );
  expect(registry.coderOf(coderId('a'))).toBe(registry.coderOf(coderId('a')));
});

test('an unknown coder is refused by its URN', () => {
  const registry = new CoderRegistry(coders({ a: ['beam:coder:iterable:v1', 'b'], b: ['x:y:v1'] }));
  expect(() => registry.coderOf(coderId('a'))).toThrow('STRAHL-2002  coder x:y:v1 is not known');
});

test('what stands behind a length prefix may be unknown and is carried as bytes', () => {
  const registry = new CoderRegistry(
    coders({ a: ['beam:coder:length_prefix:v1', 'b'], b: ['beam:coder:schema:v1'] }),
  );
  const coder = registry.coderOf(coderId('a'));
  const bytes = Uint8Array.from([2, 7, 8]);
  const value = coder.decode(new ByteReader(bytes));
  expect(value).toEqual(Uint8Array.from([7, 8]));
  const out = new ByteWriter();
  coder.encode(value, out);
  expect(Uint8Array.from(out.toBytes())).toEqual(bytes);
});

test('a row behind a length prefix may have fields of types that only its SDK has', () => {
  // One field "f" of a logical type without a representation.
  const type = [1 << 3, 1, (7 << 3) | 2, 3, (1 << 3) | 2, 1, 0x78];
  const field = [(1 << 3) | 2, 1, 0x66, (3 << 3) | 2, type.length, ...type];
  const payload = Uint8Array.of((1 << 3) | 2, field.length, ...field);
  const row = { spec: functionSpec('beam:coder:row:v1', payload), componentIds: [] };
  const specs = coders({ a: ['beam:coder:length_prefix:v1', 'r'] }).set(coderId('r'), row);
  const registry = new CoderRegistry(specs);
  expect(registry.coderOf(coderId('a')).decode(new ByteReader(Uint8Array.of(1, 9)))).toEqual(
    Uint8Array.of(9),
  );
  expect(() => registry.coderOf(coderId('r'))).toThrow('STRAHL-5002  field "f" of a schema');
});

test('a long value behind a length prefix is moved behind its length', () => {
  const registry = new CoderRegistry(
    coders({ a: ['beam:coder:length_prefix:v1', 'b'], b: ['beam:coder:string_utf8:v1'] }),
  );
  const coder = registry.coderOf(coderId('a'));
  for (const length of [0, 127, 128, 20_000]) {
    const out = new ByteWriter(1);
    coder.encode('x'.repeat(length), out);
    expect(coder.decode(new ByteReader(out.toBytes()))).toBe('x'.repeat(length));
  }
});

test('an extension makes what is not standard', () => {
  const registry = new CoderRegistry(coders({ a: ['x:y:v1'] }), ({ spec }) =>
    spec.urn === 'x:y:v1' ? stringCoder : undefined,
  );
  expect(registry.coderOf(coderId('a'))).toBe(stringCoder);
});

test('a cycle, a missing coder and a wrong number of components are refused', () => {
  const registry = new CoderRegistry(
    coders({
      a: ['beam:coder:iterable:v1', 'b'],
      b: ['beam:coder:nullable:v1', 'a'],
      c: ['beam:coder:nullable:v1', 'd'],
      e: ['beam:coder:kv:v1', 'f'],
      f: ['beam:coder:bytes:v1'],
    }),
  );
  expect(() => registry.coderOf(coderId('a'))).toThrow('coders contain each other: "a", "b"');
  expect(() => registry.coderOf(coderId('c'))).toThrow('coder "d" does not exist');
  expect(() => registry.coderOf(coderId('e'))).toThrow('has 1 components instead of 2');
});
