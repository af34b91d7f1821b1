import { CODER_URN } from '../urns.js';
import type { ByteReader } from '../wire/reader.js';
import type { ByteWriter } from '../wire/writer.js';
import type { ElementCoder } from './coder.js';

const ABSENT = 0;
const PRESENT = 1;

/** One byte, and the value in the same context if there is one. `undefined` is written as null. */
export class NullableCoder implements ElementCoder<unknown> {
  readonly urn: string = CODER_URN.NULLABLE;
  readonly deterministic: boolean;
  readonly #value: ElementCoder<unknown>;

  constructor(value: ElementCoder<unknown>) {
    this.#value = value;
    this.deterministic = value.deterministic;
  }

  encode(value: unknown, out: ByteWriter): void {
    if (writePresence(value, out)) this.#value.encode(value, out);
  }

  encodeOuter(value: unknown, out: ByteWriter): void {
    if (writePresence(value, out)) this.#value.encodeOuter(value, out);
  }

  decode(input: ByteReader): unknown {
    return readPresence(input) ? this.#value.decode(input) : null;
  }

  decodeOuter(input: ByteReader): unknown {
    return readPresence(input) ? this.#value.decodeOuter(input) : null;
  }

  skip(input: ByteReader): void {
    if (readPresence(input)) this.#value.skip(input);
  }
}

function writePresence(value: unknown, out: ByteWriter): boolean {
  const present = value !== null && value !== undefined;
  out.byte(present ? PRESENT : ABSENT);
  return present;
}

function readPresence(input: ByteReader): boolean {
  const byte = input.byte();
  if (byte > PRESENT) input.fail(`a nullable value starts with ${String(byte)}`, input.pos - 1);
  return byte === PRESENT;
}
