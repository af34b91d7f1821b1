import protobuf from 'protobufjs/minimal.js';
import { StrahlError, isStrahlError } from '../errors.js';
import { asBuffer } from '../wire/native-buffer.js';

/**
 * What every generated message module shares.
 *
 *   P1. A decoded value owns its bytes: nothing in it aliases the input.
 *   P2. Fields that a text does not know are kept with their tags, in order, and written back after the
 *       known ones.
 *   P3. Whatever the input is, decoding ends with a value or a StrahlError: lengths are checked before
 *       anything is allocated, and messages nest at most `MAX_DEPTH` deep.
 */
export type Reader = protobuf.Reader;

const MAX_DEPTH = 100;

const TWO_32 = 4294967296;
/** Bytes that are copied one by one. */
const SMALL = 64;

/** The bytes of every field that has none. */
export const NO_BYTES: Uint8Array = new Uint8Array(0);
/** Kept for the life of the process, as the writer of `message-writer.ts` is; readers of a `Buffer` have a shape of their own. */
const NO_INPUT = protobuf.Reader.create(asBuffer(NO_BYTES));

/** A message to be written: what is left out has its default. */
export type Init<T> = T extends Uint8Array | string | number | bigint | boolean | undefined
  ? T
  : T extends ReadonlyMap<infer K, infer V>
    ? ReadonlyMap<K, Init<V>>
    : T extends readonly (infer E)[]
      ? readonly Init<E>[]
      : T extends { readonly case: infer C; readonly value: infer V }
        ? { readonly case: C; readonly value: Init<V> }
        : { readonly [K in keyof T]?: Init<T[K]> | undefined };

/** A message while it is read. */
export type Draft<T> = {
  -readonly [K in keyof T]: T[K] extends readonly (infer E)[] ? E[] : T[K];
};

type Read<T> = (r: Reader, depth: number) => T;

/** @throws STRAHL-5002 with the byte where reading failed, 5003 for an integer beyond 2^53, 5004 beyond `MAX_DEPTH` */
export function decodeMessage<T>(name: string, read: Read<T>, bytes: Uint8Array): T {
  // A Buffer view reads text about twice as fast as a bare Uint8Array.
  const reader = protobuf.Reader.create(asBuffer(bytes));
  try {
    return read(reader, 0);
  } catch (cause) {
    if (isStrahlError(cause)) throw cause;
    throw new StrahlError('cannotDecode', {
      title: `${name} proto cannot be decoded at byte ${String(reader.pos)}`,
      why: (cause as { readonly message: string }).message,
      cause,
    });
  }
}

/** A message field: reads within its length, then goes on behind it. */
export function readNested<T>(r: Reader, read: Read<T>, depth: number): T {
  if (depth >= MAX_DEPTH) {
    throw new StrahlError('limitExceeded', {
      title: `messages are nested deeper than ${String(MAX_DEPTH)} levels at byte ${String(r.pos)}`,
    });
  }
  const outer = enter(r);
  const message = read(r, depth + 1);
  r.len = outer;
  return message;
}

/** The map of every message that has no entry; a map costs more than most messages. */
export const NO_ENTRIES: ReadonlyMap<string, never> = new Map<string, never>();

/**
 * An entry of a map: key as field 1, value as field 2; without a value it is `missing`. Answers the map to
 * go on with.
 */
export function readEntry<V>(
  r: Reader,
  into: ReadonlyMap<string, V>,
  valueTag: number,
  readValue: (r: Reader) => V,
  missing: V,
): ReadonlyMap<string, V> {
  const outer = enter(r);
  let key = '';
  let value = missing;
  while (r.pos < r.len) {
    const tag = r.tag();
    if (tag === 10) key = readString(r);
    else if (tag === valueTag) value = readValue(r);
    else r.skipType(tag & 7, 0, tag >>> 3);
  }
  r.len = outer;
  return withEntry(into, key, value);
}

/** An entry whose value is a message; a missing one has all its defaults. */
export function readMessageEntry<V>(
  r: Reader,
  into: ReadonlyMap<string, V>,
  readValue: Read<V>,
  depth: number,
): ReadonlyMap<string, V> {
  const outer = enter(r);
  let key = '';
  let value: V | undefined;
  while (r.pos < r.len) {
    const tag = r.tag();
    if (tag === 10) key = readString(r);
    else if (tag === 18) value = readNested(r, readValue, depth);
    else r.skipType(tag & 7, 0, tag >>> 3);
  }
  r.len = outer;
  return withEntry(into, key, value ?? readValue(NO_INPUT, 0));
}

function withEntry<V>(into: ReadonlyMap<string, V>, key: string, value: V): ReadonlyMap<string, V> {
  // Whatever is not the shared empty map was made here.
  const map = into === NO_ENTRIES ? new Map<string, V>() : (into as Map<string, V>);
  return map.set(key, value);
}

/** Narrows the reader to a length-delimited field; answers the length to restore. */
function enter(r: Reader): number {
  const outer = r.len;
  const length = r.uint32();
  if (length > outer - r.pos) throw tooLong(r, length);
  r.len = r.pos + length;
  return outer;
}

function tooLong(r: Reader, length: number): RangeError {
  return new RangeError(`a length of ${String(length)} but ${String(r.len - r.pos)} bytes remain`);
}

/** Numbers of a packed field; the unpacked form is one number per tag. */
export function readPacked<T>(r: Reader, into: T[], readOne: (r: Reader) => T): void {
  const outer = enter(r);
  while (r.pos < r.len) into.push(readOne(r));
  r.len = outer;
}

/** A copy (P1). */
export function readBytes(r: Reader): Uint8Array {
  const length = r.uint32();
  const { pos, buf } = r;
  if (length > r.len - pos) throw tooLong(r, length);
  if (length === 0) return NO_BYTES;
  r.pos = pos + length;
  const bytes = new Uint8Array(length);
  if (length > SMALL) bytes.set(r.raw(pos, pos + length));
  // For a few bytes a view costs more than the copy.
  else for (let i = 0; i < length; i++) bytes[i] = buf[pos + i]!;
  return bytes;
}

/** Text; what is not UTF-8 is refused, since it could not be written back. */
export function readString(r: Reader): string {
  const at = r.pos;
  const text = r.string();
  if (!text.includes('\ufffd')) return text;
  // Either a genuine replacement character or bytes that are none: the slower reader tells.
  r.pos = at;
  return r.stringVerify();
}

/** @throws STRAHL-5003 for an integer that a number cannot hold */
export function readInt64(r: Reader): number {
  const at = r.pos;
  const { high, low } = readBits(r);
  const n = high * TWO_32 + low;
  if (Number.isSafeInteger(n)) return n;
  throw new StrahlError('integerOutOfRange', {
    title: `the integer at byte ${String(at)} lies beyond 2^53 − 1`,
  });
}

export function readBigInt64(r: Reader): bigint {
  const { high, low } = readBits(r);
  return (BigInt(high) << 32n) | BigInt(low);
}

/** Two halves of an integer: a signed and an unsigned 32-bit number. */
interface Bits {
  readonly high: number;
  readonly low: number;
}

/** A varint of up to ten bytes. The reader's own method would need a package for 64-bit integers. */
function readBits(r: Reader): Bits {
  const { buf, len } = r;
  let low = 0;
  let high = 0;
  for (let shift = 0; shift < 70; shift += 7) {
    if (r.pos >= len) throw new RangeError('the input ends within an integer');
    const byte = buf[r.pos++]!;
    const bits = byte & 0x7f;
    if (shift < 32) low |= bits << shift;
    if (shift >= 32) high |= bits << (shift - 32);
    else if (shift === 28) high |= bits >> 4;
    if (byte < 0x80) return { high, low: low >>> 0 };
  }
  throw new RangeError('an integer of more than ten bytes');
}

/** Where the unknown fields of one message are: pairs of start and end, neighbours joined (P2). */
export type UnknownFields = number[];

/** Skips the field whose tag has just been read, remembering its bytes from `start` on. */
export function skipUnknown(
  r: Reader,
  start: number,
  tag: number,
  unknown: UnknownFields | undefined,
): UnknownFields {
  r.skipType(tag & 7, 0, tag >>> 3);
  if (unknown === undefined) return [start, r.pos];
  if (unknown.at(-1) === start) unknown[unknown.length - 1] = r.pos;
  else unknown.push(start, r.pos);
  return unknown;
}

export function unknownBytes(r: Reader, unknown: UnknownFields): Uint8Array {
  let size = 0;
  for (let i = 0; i < unknown.length; i += 2) size += unknown[i + 1]! - unknown[i]!;
  const bytes = new Uint8Array(size);
  let at = 0;
  for (let i = 0; i < unknown.length; i += 2) {
    bytes.set(r.raw(unknown[i]!, unknown[i + 1]!), at);
    at += unknown[i + 1]! - unknown[i]!;
  }
  return bytes;
}
