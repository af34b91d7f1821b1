import { isSameRun } from '../../wire/copy-run.js';
import { viewNear, viewOf } from '../../wire/native-buffer.js';
import type { ByteReader } from '../../wire/reader.js';
import { ObjectReader, type FieldReader } from '../object-reader.js';

const SLOTS = 512;
/** In bytes; longer ones are read anew each time. */
const LONGEST = 2048;

interface KnownLayout {
  readonly names: DataView;
  readonly reader: ObjectReader;
}

/**
 * Readers of objects by the bytes of their names. Names repeat from record to record: to compare their bytes with
 * those seen before costs less than to make texts of them.
 */
export class KnownLayouts {
  readonly #field: FieldReader;
  readonly #slots: (KnownLayout | undefined)[] = new Array<KnownLayout | undefined>(SLOTS).fill(
    undefined,
  );

  /** `field` reads the value of any field. */
  constructor(field: FieldReader) {
    this.#field = field;
  }

  /** Reads names, with their length in front, up to the first value. */
  next(input: ByteReader): ObjectReader {
    const size = input.length('the names of an object');
    const { bytes, pos } = input;
    const end = pos + size;
    if (size > LONGEST) return new ObjectReader(...this.#read(input, end));
    const slot = (size * 31 + bytes[pos + (size >> 1)]! * 7 + bytes[end - 1]!) & (SLOTS - 1);
    const known = this.#slots[slot];
    const view = viewNear(bytes);
    if (known !== undefined && isSameRun(view, pos, end, known.names, 0, known.names.byteLength)) {
      input.pos = end;
      return known.reader;
    }
    const reader = new ObjectReader(...this.#read(input, end));
    const names = viewOf(Uint8Array.prototype.slice.call(bytes, pos, end));
    this.#slots[slot] = { names, reader };
    return reader;
  }

  #read(input: ByteReader, end: number): [string[], FieldReader[]] {
    const names: string[] = [];
    while (input.pos < end) {
      const size = input.length('a name');
      if (size > end - input.pos) input.fail('a name is longer than all names of its object');
      names.push(input.text(size));
    }
    return [names, names.map(() => this.#field)];
  }
}
