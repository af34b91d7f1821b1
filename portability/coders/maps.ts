import type { ByteReader } from '../wire/reader.js';
import type { ByteWriter } from '../wire/writer.js';
import { NestedCoder, type ElementCoder } from './coder.js';
import { checkedCount } from './iterables.js';
import { wrongType } from './refusals.js';

/** An int32 count, then keys and values in turn. */
export class MapFieldCoder extends NestedCoder<ReadonlyMap<unknown, unknown>> {
  readonly urn: string = 'map';
  // Equal maps may have their entries in another order.
  readonly deterministic: boolean = false;
  readonly #key: ElementCoder<unknown>;
  readonly #value: ElementCoder<unknown>;

  constructor(key: ElementCoder<unknown>, value: ElementCoder<unknown>) {
    super();
    this.#key = key;
    this.#value = value;
  }

  override encode(map: ReadonlyMap<unknown, unknown>, out: ByteWriter): void {
    if (typeof map !== 'object' || typeof map.entries !== 'function') throw wrongType(map, 'a Map');
    out.int32(map.size);
    for (const [key, value] of map) {
      this.#key.encode(key, out);
      this.#value.encode(value, out);
    }
  }

  override decode(input: ByteReader): ReadonlyMap<unknown, unknown> {
    const map = new Map<unknown, unknown>();
    for (let n = checkedCount(input.int32(), input); n > 0; n--) {
      const key = this.#key.decode(input);
      map.set(key, this.#value.decode(input));
    }
    return map;
  }

  override skip(input: ByteReader): void {
    for (let n = checkedCount(input.int32(), input); n > 0; n--) {
      this.#key.skip(input);
      this.#value.skip(input);
    }
  }
}
