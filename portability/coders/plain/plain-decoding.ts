import { StrahlError } from '../../errors.js';
import type { ByteReader } from '../../wire/reader.js';
import { readBigInteger } from '../big-integers.js';
import { KnownLayouts } from './known-layouts.js';
import * as tag from './plain-tags.js';
import { LEAST_TEXTS, readTextRun } from './text-run.js';

const LAYOUTS = new KnownLayouts({ decode: readPlain });

/** Reads what `writePlain` wrote. */
export function readPlain(input: ByteReader, depth: number): unknown {
  const first = input.byte();
  if (first >= tag.SHORT_STRING && first <= tag.SHORT_STRING + tag.SHORT_STRING_LENGTH) {
    return input.text(first - tag.SHORT_STRING);
  }
  if (first >= tag.SMALL_INTEGER && first < tag.SMALL_INTEGER + tag.SMALL_INTEGER_LIMIT) {
    return first - tag.SMALL_INTEGER;
  }
  switch (first) {
    case tag.NULL:
      return null;
    case tag.UNDEFINED:
      return undefined;
    case tag.FALSE:
      return false;
    case tag.TRUE:
      return true;
    case tag.INTEGER:
      return readMagnitude(input);
    case tag.NEGATIVE:
      return -1 - readMagnitude(input);
    case tag.DOUBLE:
      return input.double();
    case tag.BIGINT:
      return readBigInteger(input);
    case tag.STRING:
      return input.string();
    case tag.BYTES:
      return input.ownBytes();
    case tag.DATE:
      return new Date(input.double());
    default:
      return readNested(first, input, depth);
  }
}

/**
 * Reads `count` values into `values`. Groups are mostly short integers or texts, one after the other: integers of up to
 * two bytes are read here, in a loop that knows where it is without asking the reader.
 */
export function readPlainInto(values: unknown[], count: number, input: ByteReader): void {
  const { bytes, end } = input;
  let { pos } = input;
  for (let i = 0; i < count; i++) {
    // The longest of what is read here has three bytes.
    const first = pos + 2 < end ? bytes[pos]! : NO_TAG;
    if (first === tag.INTEGER) {
      const low = bytes[pos + 1]!;
      const high = low < 0x80 ? 0 : bytes[pos + 2]!;
      if (high < 0x80) {
        values.push((low & 0x7f) | (high << 7));
        pos += low < 0x80 ? 2 : 3;
        continue;
      }
    } else if (first >= tag.SMALL_INTEGER && first < tag.SHORT_STRING) {
      values.push(first - tag.SMALL_INTEGER);
      pos++;
      continue;
    }
    input.pos = pos;
    if ((first >= tag.SHORT_STRING || first === tag.STRING) && count - i >= LEAST_TEXTS) {
      const read = readTextRun(values, count - i, input);
      if (read > 0) {
        pos = input.pos;
        i += read - 1;
        continue;
      }
    }
    values.push(readPlain(input, 0));
    pos = input.pos;
  }
  input.pos = pos;
}

const NO_TAG = -1;

function readMagnitude(input: ByteReader): number {
  const n = input.varint();
  return n < 0 ? input.fail('an integer is negative where only its sign may be') : n;
}

function readNested(first: number, input: ByteReader, depth: number): unknown {
  if (depth >= tag.MAX_DEPTH) throw tooDeep(input);
  switch (first) {
    case tag.ARRAY:
      return readItems(input, depth);
    case tag.OBJECT:
      return LAYOUTS.next(input).read(input, depth + 1);
    case tag.MAP: {
      const map = new Map<unknown, unknown>();
      for (let n = input.count(2, 'a Map'); n > 0; n--) {
        const key = readPlain(input, depth + 1);
        map.set(key, readPlain(input, depth + 1));
      }
      return map;
    }
    case tag.SET:
      return new Set(readItems(input, depth));
    default:
      return input.fail(`unknown tag ${String(first)} of plain data`, input.pos - 1);
  }
}

function readItems(input: ByteReader, depth: number): unknown[] {
  const n = input.count(1, 'an array');
  const items: unknown[] = [];
  for (let i = 0; i < n; i++) items.push(readPlain(input, depth + 1));
  return items;
}

/** Moves past one plain value. */
export function skipPlain(input: ByteReader, depth: number): void {
  const first = input.byte();
  if (first >= tag.SHORT_STRING && first <= tag.SHORT_STRING + tag.SHORT_STRING_LENGTH) {
    input.skipBytes(first - tag.SHORT_STRING);
    return;
  }
  if (first <= tag.TRUE) return;
  if (first >= tag.SMALL_INTEGER && first < tag.SMALL_INTEGER + tag.SMALL_INTEGER_LIMIT) return;
  switch (first) {
    case tag.INTEGER:
    case tag.NEGATIVE:
      input.skipVarint();
      return;
    case tag.DOUBLE:
    case tag.DATE:
      input.skipBytes(8);
      return;
    case tag.BIGINT:
    case tag.STRING:
    case tag.BYTES:
      input.skipLengthPrefixed('a byte string');
      return;
    default:
      skipNested(first, input, depth);
  }
}

function skipNested(first: number, input: ByteReader, depth: number): void {
  if (depth >= tag.MAX_DEPTH) throw tooDeep(input);
  if (first < tag.ARRAY || first > tag.SET) {
    input.fail(`unknown tag ${String(first)} of plain data`, input.pos - 1);
  }
  let values = first === tag.OBJECT ? skipNames(input) : input.count(1, 'a collection');
  if (first === tag.MAP) values *= 2;
  for (; values > 0; values--) skipPlain(input, depth + 1);
}

/** Moves past the names of an object; answers how many there are. */
function skipNames(input: ByteReader): number {
  const size = input.length('the names of an object');
  const { bytes, pos } = input;
  const end = pos + size;
  let count = 0;
  let at = pos;
  // A name of 128 bytes and more has a longer length.
  for (; at < end && bytes[at]! < 0x80; count++) at += 1 + bytes[at]!;
  input.pos = at;
  for (; input.pos < end; count++) input.skipLengthPrefixed('a name');
  if (input.pos > end) input.fail('a name is longer than all names of its object');
  return count;
}

function tooDeep(input: ByteReader): StrahlError {
  return new StrahlError('limitExceeded', {
    title: `the value at byte ${String(input.pos)} lies more than ${String(tag.MAX_DEPTH)} levels deep`,
  });
}
