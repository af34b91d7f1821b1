import type { ByteReader } from '../../wire/reader.js';

const SLOTS = 512;
const LONGEST = 40;

/**
 * Field names repeat from record to record. Making a string of bytes and looking it up as a property name
 * costs more than comparing the bytes with those of the name seen before.
 */
export class NameCache {
  readonly #names: (string | undefined)[] = new Array<string | undefined>(SLOTS).fill(undefined);
  readonly #bytes: Uint8Array[] = new Array<Uint8Array>(SLOTS).fill(new Uint8Array(0));

  /** Reads a nested string. */
  read(input: ByteReader): string {
    const length = input.length('a name');
    if (length === 0 || length > LONGEST) return input.text(length);
    const { bytes, pos } = input;
    const slot =
      (length * 31 +
        bytes[pos]! * 7 +
        bytes[pos + length - 1]! * 13 +
        bytes[pos + (length >> 1)]!) &
      (SLOTS - 1);
    const known = this.#names[slot];
    if (known !== undefined && this.#isAt(slot, bytes, pos, length)) {
      input.pos = pos + length;
      return known;
    }
    const name = input.text(length);
    this.#names[slot] = name;
    this.#bytes[slot] = Uint8Array.prototype.slice.call(bytes, pos, pos + length);
    return name;
  }

  #isAt(slot: number, bytes: Uint8Array, pos: number, length: number): boolean {
    const known = this.#bytes[slot]!;
    if (known.length !== length) return false;
    for (let i = 0; i < length; i++) if (bytes[pos + i] !== known[i]) return false;
    return true;
  }
}
