import { mayGenerate } from '../may-generate.js';
import type { ByteReader } from '../wire/reader.js';
import { defineField } from './fields.js';

/** Reads the value of a field. */
export interface FieldReader {
  /** `note` is a number that whoever reads the object has for all its fields. */
  decode(input: ByteReader, note: number): unknown;
}

type Read = (input: ByteReader, note: number) => object;
type MakeRead = (names: readonly string[], readers: readonly FieldReader[]) => Read;

/** So many objects are read without code of their own: making it costs as much as reading some hundred. */
const BEFORE_CODE = 64;
/** Objects of more fields are slow in V8 anyway. */
const MOST_FIELDS = 64;

let generated = 0;

/**
 * Reads objects that have the same fields in the same order, whose values follow each other.
 *
 * Objects of many kinds built in one place are what V8 is worst at: five times slower than a literal. So each reader
 * gets a literal of its own, in code that is generated. Its text depends on numbers alone; the names, which may come
 * from anywhere, are arguments.
 */
export class ObjectReader {
  readonly #names: readonly string[];
  readonly #readers: readonly FieldReader[];
  #count = 0;
  #generated: Read | undefined;
  /**
   * V8 forgets the shape of objects when the last one is gone, and with it what it has learned of the literal, which
   * costs more than all else; so one of them stays.
   */
  #kept: object | undefined;

  constructor(names: readonly string[], readers: readonly FieldReader[]) {
    this.#names = names;
    this.#readers = readers;
  }

  read(input: ByteReader, note: number): object {
    const read = this.#generated;
    const count = ++this.#count;
    if (read === undefined) return this.#readSlowly(input, note);
    // Shapes change while values of new types come.
    if ((count & (count - 1)) === 0) this.#keep(read, input, note);
    return read(input, note);
  }

  #readSlowly(input: ByteReader, note: number): object {
    if (this.#count === BEFORE_CODE) this.#generate();
    const object: Record<string, unknown> = {};
    for (let i = 0; i < this.#names.length; i++) {
      defineField(object, this.#names[i]!, this.#readers[i]!.decode(input, note));
    }
    return object;
  }

  #keep(read: Read, input: ByteReader, note: number): void {
    const { pos } = input;
    this.#kept = emptied(read(input, note) as Record<string, unknown>);
    input.pos = pos;
  }

  #generate(): void {
    const { length } = this.#names;
    if (length > MOST_FIELDS || !mayGenerate()) return;
    // eslint-disable-next-line @typescript-eslint/no-implied-eval -- the text holds nothing but numbers
    const make = new Function('names', 'readers', literalOf(length, generated++)) as MakeRead;
    this.#generated = make(this.#names.map(internalized), this.#readers);
  }
}

/**
 * In a literal, a computed name is an own field also if it is `__proto__`. What V8 learns of a function is shared by all
 * of the same text, hence the `serial`.
 */
function literalOf(fields: number, serial: number): string {
  const numbers = Array.from({ length: fields }, (_, i) => String(i));
  const names = numbers.map((i) => `n${i}`).join();
  const readers = numbers.map((i) => `r${i}`).join();
  const literal = numbers.map((i) => `[n${i}]:r${i}.decode(input,note)`).join();
  return (
    `const [${names}]=names;const [${readers}]=readers;` +
    `return function object${String(serial)}(input,note){return {${literal}}}`
  );
}

/** The same object with next to nothing in it. */
function emptied(object: Record<string, unknown>): object {
  for (const name of Object.keys(object)) {
    const value = object[name];
    if (typeof value === 'string') defineField(object, name, '');
    else if (Array.isArray(value)) value.length = 0;
    else if (typeof value === 'object' && value !== null) defineField(object, name, undefined);
  }
  return object;
}

/** The same text as V8 keeps names of fields: only with such does it remember where the field lies. */
function internalized(name: string): string {
  return Object.keys({ [name]: undefined })[0]!;
}
