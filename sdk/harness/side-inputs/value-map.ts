/**
 * A map whose keys are compared as keys of the model are: bytes and tuples by content, everything else
 * as in a `Map`.
 */
export class ValueMap<V> implements ReadonlyMap<unknown, V> {
  readonly #entries = new Map<unknown, readonly [key: unknown, value: V]>();

  get size(): number {
    return this.#entries.size;
  }

  has(key: unknown): boolean {
    return this.#entries.has(identityOf(key));
  }

  get(key: unknown): V | undefined {
    return this.#entries.get(identityOf(key))?.[1];
  }

  /** For whoever builds the map; functions see it as a `ReadonlyMap`. */
  set(key: unknown, value: V): void {
    this.#entries.set(identityOf(key), [key, value]);
  }

  forEach(f: (value: V, key: unknown, map: ReadonlyMap<unknown, V>) => void): void {
    for (const [key, value] of this.#entries.values()) f(value, key, this);
  }

  *keys(): MapIterator<unknown> {
    for (const [key] of this.#entries.values()) yield key;
  }

  *values(): MapIterator<V> {
    for (const [, value] of this.#entries.values()) yield value;
  }

  *entries(): MapIterator<[unknown, V]> {
    for (const [key, value] of this.#entries.values()) yield [key, value];
  }

  [Symbol.iterator](): MapIterator<[unknown, V]> {
    return this.entries();
  }

  get [Symbol.toStringTag](): string {
    return 'Map';
  }
}

/** Composite keys become texts that no string key can be equal to: strings keep their quote-free form. */
function identityOf(key: unknown): unknown {
  return typeof key === 'object' && key !== null ? `\u0000${textOf(key)}` : plainIdentity(key);
}

function plainIdentity(key: unknown): unknown {
  return typeof key === 'string' && key.startsWith('\u0000') ? `\u0000s${key}` : key;
}

function textOf(key: unknown): string {
  if (ArrayBuffer.isView(key)) {
    return `b${Buffer.from(key.buffer, key.byteOffset, key.byteLength).toString('hex')}`;
  }
  if (Array.isArray(key)) return `[${key.map(textOf).join()}]`;
  return `${typeof key} ${JSON.stringify(typeof key === 'bigint' ? String(key) : key)}`;
}
