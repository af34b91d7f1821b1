import type { ElementCoder } from '#portability/coders/coder.js';
import type { SideStateKey, StateReader } from '#portability/fnapi/connection.js';
import { ByteReader } from '#portability/wire/reader.js';
import { ByteWriter } from '#portability/wire/writer.js';
import type { SideShape } from '../../dofn/user-function.js';
import { isThenable } from '../answers.js';
import { readSide, type Spend } from './side-pages.js';
import { keyTwice } from './side-value.js';
import { ValueMap } from './value-map.js';

/** Coders of the parts of a pair. */
export interface PairCoder {
  readonly key: ElementCoder<unknown>;
  readonly value: ElementCoder<unknown>;
}

type KeyedKind = Extract<SideShape['kind'], 'map' | 'multimap'>;

/** A map or multimap of what `multimap-keys-values-side-input` holds. */
export function keyedValue(
  kind: KeyedKind,
  { key, value }: PairCoder,
  bytes: Uint8Array,
): ValueMap<unknown> {
  const map = new ValueMap<unknown>();
  const input = new ByteReader(bytes);
  while (input.remaining > 0) {
    const k = key.decode(input);
    const values: unknown[] = [];
    for (let n = input.int32(); n > 0; n--) values.push(value.decode(input));
    map.set(k, shaped(kind, values));
  }
  return map;
}

/** The same from a runner that has to be asked for the keys first, then for the values of each. */
export async function keyByKey({ state, cell, kind, coder, spend }: KeyedSource): Promise<unknown> {
  const all = await readSide(state, { ...cell, kind: 'multimap-keys-side-input' }, spend);
  const keys = keysIn(all, coder.key);
  const map = new ValueMap<unknown>();
  for (let at = 0; at < keys.length; at += KEYS_AT_ONCE) {
    const some = keys.slice(at, at + KEYS_AT_ONCE);
    const found = await Promise.all(
      some.map(async ({ bytes: key }) =>
        readSide(state, { ...cell, kind: 'multimap-side-input', key }, spend),
      ),
    );
    for (const [i, { value: key }] of some.entries()) {
      const values: unknown[] = [];
      const of = new ByteReader(found[i]!);
      while (of.remaining > 0) values.push(coder.value.decode(of));
      map.set(key, shaped(kind, values));
    }
  }
  return map;
}

/** Values of so many keys are asked for before the first answer: requests must not fill memory. */
const KEYS_AT_ONCE = 1000;

function keysIn(
  bytes: Uint8Array,
  coder: PairCoder['key'],
): readonly { readonly value: unknown; readonly bytes: Uint8Array }[] {
  const input = new ByteReader(bytes);
  const keys: { readonly value: unknown; readonly bytes: Uint8Array }[] = [];
  while (input.remaining > 0) {
    const start = input.pos;
    const value = coder.decode(input);
    keys.push({ value, bytes: Uint8Array.prototype.slice.call(input.bytes, start, input.pos) });
  }
  return keys;
}

function shaped(kind: KeyedKind, values: readonly unknown[]): unknown {
  if (kind === 'multimap') return Object.freeze(values);
  return values.length === 1 ? values[0] : keyTwice();
}

/** What a large map is read from. */
export interface KeyedSource {
  readonly state: StateReader;
  readonly cell: Pick<SideStateKey, 'transform' | 'sideInput' | 'window'>;
  readonly kind: KeyedKind;
  readonly coder: PairCoder;
  readonly spend: Spend;
}

/**
 * A map or multimap that is too large to be read for the sake of a few keys: each is looked up when it is
 * asked for. Whatever needs all of it reads all of it. Only where state answers at once.
 */
export class KeyedSide implements ReadonlyMap<unknown, unknown> {
  readonly #source: KeyedSource;
  /** Keys that were looked up; those that are not there too. */
  readonly #found = new ValueMap<{ readonly value: unknown } | undefined>();
  #all: ValueMap<unknown> | undefined;

  constructor(source: KeyedSource) {
    this.#source = source;
  }

  get size(): number {
    return this.#whole().size;
  }

  has(key: unknown): boolean {
    return this.#find(key) !== undefined;
  }

  get(key: unknown): unknown {
    return this.#find(key)?.value;
  }

  forEach(f: (value: unknown, key: unknown, map: ReadonlyMap<unknown, unknown>) => void): void {
    for (const [key, value] of this.#whole()) f(value, key, this);
  }

  keys(): MapIterator<unknown> {
    return this.#whole().keys();
  }

  values(): MapIterator<unknown> {
    return this.#whole().values();
  }

  entries(): MapIterator<[unknown, unknown]> {
    return this.#whole().entries();
  }

  [Symbol.iterator](): MapIterator<[unknown, unknown]> {
    return this.entries();
  }

  get [Symbol.toStringTag](): string {
    return 'Map';
  }

  #find(key: unknown): { readonly value: unknown } | undefined {
    if (this.#found.has(key)) return this.#found.get(key);
    const values = this.#valuesOf(key);
    const found = values.length === 0 ? undefined : { value: shaped(this.#source.kind, values) };
    this.#found.set(key, found);
    return found;
  }

  #valuesOf(key: unknown): readonly unknown[] {
    const { coder } = this.#source;
    const out = new ByteWriter(32);
    try {
      coder.key.encode(key, out);
    } catch {
      // What cannot be a key is none.
      return [];
    }
    const input = new ByteReader(this.#read({ kind: 'multimap-side-input', key: out.toBytes() }));
    const values: unknown[] = [];
    while (input.remaining > 0) values.push(coder.value.decode(input));
    return values;
  }

  #whole(): ValueMap<unknown> {
    const { kind, coder } = this.#source;
    return (this.#all ??= keyedValue(
      kind,
      coder,
      this.#read({ kind: 'multimap-keys-values-side-input' }),
    ));
  }

  #read(
    what:
      | { readonly kind: 'multimap-side-input'; readonly key: Uint8Array }
      | { readonly kind: 'multimap-keys-values-side-input' },
  ): Uint8Array {
    const { state, cell, spend } = this.#source;
    const bytes = readSide(state, { ...cell, ...what }, spend);
    if (isThenable(bytes)) throw new RangeError('state that answered at once answers later now');
    return bytes;
  }
}
