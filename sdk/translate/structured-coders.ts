import { StrahlError } from '#portability/errors.js';
import type { ElementCoder } from '#portability/coders/coder.js';
import { ByteReader } from '#portability/wire/reader.js';
import { ByteWriter } from '#portability/wire/writer.js';
import type { ComposedCoder } from '../dofn/user-function.js';

/** Arrays, each value in the one component. */
export const listCoder: ComposedCoder = ([element]) => ({
  encode(value) {
    const values = checkedList(value);
    const out = new ByteWriter();
    out.varint(values.length);
    for (const each of values) element!.encode(each, out);
    return out.toBytes();
  },
  decode(bytes) {
    const input = new ByteReader(bytes);
    const values: unknown[] = [];
    // A value may have no bytes at all, so the number alone says nothing about the memory.
    for (let n = input.count(0, 'a list'); n > 0; n--) values.push(element!.decode(input));
    return values;
  },
});

/** Arrays, each value in the component at its place. */
export const tupleCoder: ComposedCoder = (coders) => ({
  encode(value) {
    const values = checkedList(value);
    const out = new ByteWriter();
    for (const [i, coder] of coders.entries()) encodePart(values[i], coder, out);
    return out.toBytes();
  },
  decode(bytes) {
    const input = new ByteReader(bytes);
    return coders.map((coder) => decodePart(input, coder));
  },
});

/** Objects with these fields, each in the component at its place. */
export function recordCoder(names: readonly string[]): ComposedCoder {
  return (coders) => ({
    encode(value) {
      const fields = value as Readonly<Record<string, unknown>>;
      const out = new ByteWriter();
      for (const [i, name] of names.entries()) encodePart(fields[name], coders[i]!, out);
      return out.toBytes();
    },
    decode(bytes) {
      const input = new ByteReader(bytes);
      return Object.fromEntries(names.map((name, i) => [name, decodePart(input, coders[i]!)]));
    },
  });
}

const ABSENT = 0;
const PRESENT = 1;

function encodePart(value: unknown, coder: ElementCoder<unknown>, out: ByteWriter): void {
  out.byte(value === undefined ? ABSENT : PRESENT);
  if (value !== undefined) coder.encode(value, out);
}

function decodePart(input: ByteReader, coder: ElementCoder<unknown>): unknown {
  return input.byte() === ABSENT ? undefined : coder.decode(input);
}

function checkedList(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw new StrahlError('cannotEncode', {
    title: `a value of type ${typeof value} is not a list`,
    fix: 'give the collection a coder of its own with .withCoder(…) after changing its elements',
  });
}
