import { decodeElements, type Elements, type Elements_Data } from '../../proto/generated/fn-api.js';
import { asBuffer } from '../../wire/native-buffer.js';

/*
 * Element bytes are most of what crosses a wire, so the message around them is written and read by hand:
 * they are copied once, into the message, and never out of it. All other fields take the generated way.
 */

/** A run of elements of one bundle at one port; `isLast` says that none follows. */
export interface ElementsPart {
  readonly instructionId: string;
  readonly transformId: string;
  readonly data?: Uint8Array;
  readonly isLast?: boolean;
}

const FIRST_FIELD = 0x0a;
const SECOND_FIELD = 0x12;
const DATA_FIELD = 0x1a;
const IS_LAST_FIELD = 0x20;

/**
 * An `Elements` message of these parts.
 *
 * @param rest other fields of the same message, encoded
 */
export function encodeElementsParts(parts: readonly ElementsPart[], rest?: Uint8Array): Uint8Array {
  const sizes = parts.map(sizeOf);
  let total = rest?.length ?? 0;
  for (const size of sizes) total += 1 + lengthOfVarint(size) + size;
  const out = Buffer.allocUnsafe(total);
  let at = 0;
  parts.forEach((part, i) => {
    out[at++] = FIRST_FIELD;
    at = writePart(out, writeVarint(out, at, sizes[i]!), part);
  });
  if (rest !== undefined) out.set(rest, at);
  return out;
}

function sizeOf({ instructionId, transformId, data, isLast }: ElementsPart): number {
  let size = sizeOfField(Buffer.byteLength(instructionId));
  size += sizeOfField(Buffer.byteLength(transformId));
  if (data !== undefined && data.length > 0) size += sizeOfField(data.length);
  return isLast === true ? size + 2 : size;
}

function sizeOfField(length: number): number {
  return 1 + lengthOfVarint(length) + length;
}

function writePart(out: Buffer, from: number, part: ElementsPart): number {
  const { data, isLast } = part;
  let at = writeText(out, from, FIRST_FIELD, part.instructionId);
  at = writeText(out, at, SECOND_FIELD, part.transformId);
  if (data !== undefined && data.length > 0) {
    out[at++] = DATA_FIELD;
    at = writeVarint(out, at, data.length);
    out.set(data, at);
    at += data.length;
  }
  if (isLast === true) {
    out[at++] = IS_LAST_FIELD;
    out[at++] = 1;
  }
  return at;
}

function writeText(out: Buffer, from: number, tag: number, text: string): number {
  out[from] = tag;
  const at = writeVarint(out, from + 1, Buffer.byteLength(text));
  return at + out.write(text, at);
}

function writeVarint(out: Buffer, from: number, value: number): number {
  let at = from;
  let rest = value;
  while (rest > 0x7f) {
    out[at++] = (rest & 0x7f) | 0x80;
    rest >>>= 7;
  }
  out[at++] = rest;
  return at;
}

function lengthOfVarint(value: number): number {
  let length = 1;
  for (let rest = value; rest > 0x7f; rest >>>= 7) length++;
  return length;
}

/**
 * The parts of an `Elements` message. Their bytes are views of `message`: whoever gives it must not change it
 * afterwards.
 *
 * @throws STRAHL-5002 as the generated decoder
 */
export function decodeElementsViews(message: Uint8Array): Elements {
  const input = new Cursor(message);
  const data: Elements_Data[] = [];
  while (input.at < message.length) {
    // Timers, fields from a newer Beam, and what is broken: read in the way that knows everything.
    if (message[input.at++] !== FIRST_FIELD) return decodeElements(message);
    const length = input.varint();
    const part = length < 0 ? undefined : readPart(input, input.at + length);
    if (part === undefined) return decodeElements(message);
    data.push(part);
  }
  return { data, timers: [] };
}

/** `undefined` where the part holds anything that is not expected. */
function readPart(input: Cursor, end: number): Elements_Data | undefined {
  const { bytes } = input;
  if (end > bytes.length) return undefined;
  const part = { instructionId: '', transformId: '', data: NOTHING, isLast: false };
  while (input.at < end) {
    const tag = bytes[input.at++];
    const value = input.varint();
    if (value < 0) return undefined;
    if (tag === IS_LAST_FIELD) {
      part.isLast = value !== 0;
      continue;
    }
    const from = input.at;
    input.at += value;
    if (input.at > end) return undefined;
    if (tag === FIRST_FIELD) part.instructionId = bytes.utf8Slice(from, input.at);
    else if (tag === SECOND_FIELD) part.transformId = bytes.utf8Slice(from, input.at);
    else if (tag === DATA_FIELD) part.data = bytes.subarray(from, input.at);
    else return undefined;
  }
  return input.at === end && isText(part.instructionId) && isText(part.transformId)
    ? part
    : undefined;
}

/** U+FFFD may stand for bytes that are no UTF-8. */
function isText(text: string): boolean {
  return !text.includes('\ufffd');
}

const NOTHING: Uint8Array = new Uint8Array(0);

class Cursor {
  readonly bytes: ReturnType<typeof asBuffer>;
  at = 0;

  constructor(message: Uint8Array) {
    this.bytes = asBuffer(message);
  }

  /** −1 for what is no length of a message. */
  varint(): number {
    let value = 0;
    for (let shift = 0; shift < 28; shift += 7) {
      const byte = this.bytes[this.at++];
      if (byte === undefined) return -1;
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
    return -1;
  }
}
