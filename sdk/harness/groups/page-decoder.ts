import type { ElementCoder } from '#portability/coders/coder.js';
import { isStrahlError } from '#portability/errors.js';
import { ByteReader } from '#portability/wire/reader.js';

const NO_BYTES = new Uint8Array(0);

/**
 * Decodes nested encodings that come in pages, which end anywhere.
 *
 *   D1. No proper beginning of an encoding is an encoding. So what cannot be decoded at the end of a page is
 *       tried again with more of it, and is damaged only if nothing more comes.
 */
export class PageDecoder<V> {
  readonly #coder: ElementCoder<V>;
  /** What a page left, and how many bytes there should be before it is tried again. */
  #rest: Uint8Array = NO_BYTES;
  #worthTrying = 0;

  constructor(coder: ElementCoder<V>) {
    this.#coder = coder;
  }

  /**
   * The values that end in this page.
   *
   * @throws STRAHL-5002 for what cannot be decoded although the page is the last one
   */
  take(page: Uint8Array, isLast: boolean): readonly V[] {
    const bytes = this.#rest.length === 0 ? page : joined(this.#rest, page);
    if (bytes.length < this.#worthTrying && !isLast) {
      this.#rest = bytes;
      return [];
    }
    const input = new ByteReader(bytes);
    const values: V[] = [];
    let start = 0;
    try {
      while (input.remaining > 0) {
        start = input.pos;
        values.push(this.#coder.decode(input));
      }
      this.#rest = NO_BYTES;
      this.#worthTrying = 0;
    } catch (e) {
      if (isLast || !isStrahlError(e)) throw e;
      this.#rest = bytes.slice(start);
      // A value of many pages is not tried with each of them.
      this.#worthTrying = this.#rest.length * 2;
    }
    return values;
  }
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}
