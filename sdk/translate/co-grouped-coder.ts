import { StrahlError } from '#portability/errors.js';
import { ByteReader } from '#portability/wire/reader.js';
import { ByteWriter } from '#portability/wire/writer.js';
import type { Group } from '../dofn/dofn.js';
import type { ComposedCoder } from '../dofn/user-function.js';

type CoGrouped = Readonly<Record<string, Group<unknown> & Iterable<unknown>>>;

/**
 * Co-grouped values as lists, input by input, in the coders of the inputs. Only where they pass between
 * stages: then, unlike before, all values of a key are in memory at once.
 */
export function coGroupedCoder(names: readonly string[]): ComposedCoder {
  return (coders) => ({
    encode(value) {
      const out = new ByteWriter();
      for (const [i, name] of names.entries()) {
        const values = valuesOf(value as CoGrouped, name);
        out.varint(values.length);
        for (const each of values) coders[i]!.encode(each, out);
      }
      return out.toBytes();
    },
    decode(bytes) {
      const input = new ByteReader(bytes);
      const groups = names.map((name, i) => {
        const values: unknown[] = [];
        // A value may have no bytes at all, so the number alone says nothing about the memory.
        for (let n = input.count(0, 'a group'); n > 0; n--) values.push(coders[i]!.decode(input));
        return [name, new ListGroup(values)] as const;
      });
      return Object.fromEntries(groups);
    },
  });
}

function valuesOf(value: CoGrouped, name: string): readonly unknown[] {
  const group = value[name];
  if (group !== undefined && Symbol.iterator in group) return [...group];
  throw new StrahlError('cannotEncode', {
    title: `the values of input "${name}" are not a group of a coGroupByKey`,
    fix: 'make a value of your own with map(…) instead of changing the co-grouped one',
  });
}

class ListGroup implements Group<unknown>, Iterable<unknown> {
  readonly #values: readonly unknown[];

  constructor(values: readonly unknown[]) {
    this.#values = values;
  }

  [Symbol.iterator](): Iterator<unknown> {
    return this.#values[Symbol.iterator]();
  }

  async *[Symbol.asyncIterator](): AsyncIterator<unknown> {
    for (const value of this.#values) yield await Promise.resolve(value);
  }

  toArray(): Promise<readonly unknown[]> {
    return Promise.resolve([...this.#values]);
  }
}
