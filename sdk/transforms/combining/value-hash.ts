import type { Key } from '../../dofn/dofn.js';

/** 64 bits as two unsigned 32-bit numbers. */
export interface Hash {
  readonly high: number;
  readonly low: number;
}

/**
 * The hash of a value: equal values have equal hashes, on every machine. Two multiplicative hashes run side
 * by side over the same units and are mixed at the end.
 */
export function hashOf(value: Key): Hash {
  const hasher = new Hasher();
  hasher.value(value);
  return hasher.hash();
}

/** Kinds of values, so that `1`, `'1'` and `[1]` differ. */
const TAG = { null: 1, false: 2, true: 3, number: 4, bigint: 5, string: 6, bytes: 7, list: 8 };

const { imul } = Math;
const number = new Float64Array(1);
const words = new Uint32Array(number.buffer);

class Hasher {
  #high = 0x9e3779b9;
  #low = 0x85ebca6b;

  value(value: Key): void {
    switch (typeof value) {
      case 'string':
        return this.#string(TAG.string, value);
      case 'number':
        this.#unit(TAG.number);
        // Negative zero equals zero.
        number[0] = value + 0;
        this.#unit(words[0]!);
        return this.#unit(words[1]!);
      case 'bigint':
        return this.#string(TAG.bigint, value.toString(16));
      case 'boolean':
        return this.#unit(value ? TAG.true : TAG.false);
      default:
        return value === null ? this.#unit(TAG.null) : this.#list(value);
    }
  }

  #list(list: Uint8Array | readonly Key[]): void {
    this.#unit(list instanceof Uint8Array ? TAG.bytes : TAG.list);
    this.#unit(list.length);
    for (const part of list) {
      if (list instanceof Uint8Array) this.#unit(part as number);
      else this.value(part);
    }
  }

  #string(tag: number, text: string): void {
    this.#unit(tag);
    this.#unit(text.length);
    for (let i = 0; i < text.length; i++) this.#unit(text.charCodeAt(i));
  }

  #unit(unit: number): void {
    this.#high = imul(this.#high ^ unit, 0x01000193);
    this.#high ^= this.#high >>> 15;
    this.#low = imul((this.#low << 13) | (this.#low >>> 19), 5) + 0xe6546b64;
    this.#low ^= imul(unit, 0xcc9e2d51);
  }

  hash(): Hash {
    const high = mixed(this.#high ^ imul(this.#low, 0x27d4eb2f));
    return { high, low: mixed(this.#low ^ high) };
  }
}

/** Each bit of the result depends on each of `x` (the finalizer of MurmurHash 3). */
function mixed(x: number): number {
  let h = x;
  h = imul(h ^ (h >>> 16), 0x85ebca6b);
  h = imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
