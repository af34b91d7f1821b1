import { plainCoder } from '#portability/coders/plain.js';
import { StrahlError } from '#portability/errors.js';
import { ByteReader } from '#portability/wire/reader.js';
import { ByteWriter } from '#portability/wire/writer.js';
import type { Group } from '../dofn/dofn.js';
import type { UserCoder } from '../dofn/user-function.js';

type CoGrouped = Readonly<Record<string, Group<unknown> & Iterable<unknown>>>;

/**
 * Co-grouped values as plain lists, input by input. Only where they pass between stages: then, unlike
 * before, all values of a key are in memory at once.
 */
export function coGroupedCoder(names: readonly string[]): UserCoder {
  return {
    encode(value) {
      const out = new ByteWriter();
      plainCoder.encode(listsOf(value as CoGrouped, names), out);
      return out.toBytes();
    },
    decode(bytes) {
      const lists = plainCoder.decode(new ByteReader(bytes)) as readonly (readonly unknown[])[];
      return Object.fromEntries(names.map((name, i) => [name, new ListGroup(lists[i]!)]));
    },
  };
}

function listsOf(value: CoGrouped, names: readonly string[]): readonly (readonly unknown[])[] {
  return names.map((name) => {
    const group = value[name];
    if (group !== undefined && Symbol.iterator in group) return [...group];
    throw new StrahlError('cannotEncode', {
      title: `the values of input "${name}" are no group of a coGroupByKey`,
      fix: 'make a value of your own with map(…) instead of changing the co-grouped one',
    });
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
