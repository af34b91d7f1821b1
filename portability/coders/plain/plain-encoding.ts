import types from 'node:util/types';
import { StrahlError } from '../../errors.js';
import type { ByteWriter } from '../../wire/writer.js';
import { writeBigInteger } from '../big-integers.js';
import { ObjectLayouts, writeNames } from './object-layout.js';
import { nameOf, PlainRefusal } from './plain-refusal.js';
import * as tag from './plain-tags.js';

const LAYOUTS = new ObjectLayouts();

/** Writes any plain value. Throws a `PlainRefusal` for what is none. */
export function writePlain(value: unknown, out: ByteWriter, depth: number): void {
  // Comparisons, and no switch: V8 makes one look at the value of each, but of a switch calls that compare strings.
  if (typeof value === 'string') writeText(value, out);
  else if (typeof value === 'number') writeNumber(value, out);
  else if (typeof value === 'boolean') out.byte(value ? tag.TRUE : tag.FALSE);
  else if (value === undefined) out.byte(tag.UNDEFINED);
  else if (value === null) out.byte(tag.NULL);
  else if (typeof value === 'object') writeObject(value, out, depth);
  else if (typeof value === 'bigint') {
    out.byte(tag.BIGINT);
    writeBigInteger(value, out);
  } else throw new PlainRefusal(value, `a ${typeof value}`);
}

export function writeNumber(n: number, out: ByteWriter): void {
  if (n >= 0 && n < tag.SMALL_INTEGER_LIMIT && Number.isInteger(n) && (n !== 0 || 1 / n > 0)) {
    out.byte(tag.SMALL_INTEGER | n);
  } else if (!Number.isSafeInteger(n) || n === 0) {
    out.byte(tag.DOUBLE);
    out.double(n);
  } else if (n > 0) {
    out.byte(tag.INTEGER);
    out.varint(n);
  } else {
    out.byte(tag.NEGATIVE);
    out.varint(-1 - n);
  }
}

export function writeText(text: string, out: ByteWriter): void {
  if (text.length <= tag.SHORT_STRING_LENGTH && out.ascii(text, tag.SHORT_STRING)) return;
  out.byte(tag.STRING);
  out.string(text);
}

export function writeByteString(bytes: Uint8Array, out: ByteWriter): void {
  out.byte(tag.BYTES);
  out.lengthPrefixed(bytes);
}

/** @throws STRAHL-5004 */
export function checkDepth(depth: number): void {
  if (depth < tag.MAX_DEPTH) return;
  throw new StrahlError('limitExceeded', {
    title: `a value lies more than ${String(tag.MAX_DEPTH)} levels deep`,
    why: 'plain data has no references, so a cycle cannot be written',
  });
}

function writeObject(value: object, out: ByteWriter, depth: number): void {
  checkDepth(depth);
  if (Array.isArray(value)) {
    out.byte(tag.ARRAY);
    out.varint(value.length);
    for (let i = 0; i < value.length; i++) writePlain(value[i], out, depth + 1);
  } else if (isPlainObject(value)) {
    writeFields(value as Readonly<Record<string, unknown>>, out, depth);
  } else if (types.isUint8Array(value)) {
    writeByteString(value, out);
  } else if (types.isDate(value)) {
    out.byte(tag.DATE);
    out.double(value.getTime());
  } else {
    writeCollection(value, out, depth);
  }
}

function writeFields(
  value: Readonly<Record<string, unknown>>,
  out: ByteWriter,
  depth: number,
): void {
  out.byte(tag.OBJECT);
  const layout = LAYOUTS.of(value);
  if (layout === undefined) {
    const names = Object.keys(value);
    writeNames(names, out);
    for (const name of names) writePlain(value[name], out, depth + 1);
    return;
  }
  out.run(layout.view, 0, layout.view.byteLength);

  for (const name in value) writePlain(value[name], out, depth + 1);
}

function writeCollection(value: object, out: ByteWriter, depth: number): void {
  if (types.isMap(value)) {
    out.byte(tag.MAP);
    out.varint(value.size);
    for (const [key, item] of value) {
      writePlain(key, out, depth + 1);
      writePlain(item, out, depth + 1);
    }
  } else if (types.isSet(value)) {
    out.byte(tag.SET);
    out.varint(value.size);
    for (const item of value) writePlain(item, out, depth + 1);
  } else {
    throw new PlainRefusal(value, nameOf(value));
  }
}

/** An object literal or one without a prototype, of this realm or another. */
function isPlainObject(value: object): boolean {
  const prototype = Object.getPrototypeOf(value) as object | null;
  return (
    prototype === Object.prototype ||
    prototype === null ||
    (Object.getPrototypeOf(prototype) === null && Object.hasOwn(prototype, 'isPrototypeOf'))
  );
}
