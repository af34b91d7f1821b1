import types from 'node:util/types';
import { StrahlError } from '../../errors.js';
import type { ByteReader } from '../../wire/reader.js';
import type { ByteWriter } from '../../wire/writer.js';
import { writeBigInteger } from '../big-integers.js';
import { NestedCoder, type ElementCoder } from '../coder.js';
import { readPlain, readPlainInto, skipPlain } from './plain-decoding.js';
import {
  checkDepth,
  writeByteString,
  writeNumber,
  writePlain,
  writeText,
} from './plain-encoding.js';
import { explainRefusal, previewOf } from './plain-refusal.js';
import * as tag from './plain-tags.js';
import { PLAIN_CODER_URN, PLAIN_KEY_CODER_URN } from './plain-urns.js';

class PlainCoder extends NestedCoder<unknown> {
  readonly urn = PLAIN_CODER_URN;
  // Two objects may be equal and have their fields in another order.
  readonly deterministic = false;

  override encode(value: unknown, out: ByteWriter): void {
    try {
      writePlain(value, out, 0);
    } catch (thrown) {
      throw explainRefusal(value, thrown);
    }
  }

  override decode(input: ByteReader): unknown {
    return readPlain(input, 0);
  }

  decodeInto(values: unknown[], count: number, input: ByteReader): void {
    readPlainInto(values, count, input);
  }

  override skip(input: ByteReader): void {
    skipPlain(input, 0);
  }
}

class PlainKeyCoder extends NestedCoder<unknown> {
  readonly urn = PLAIN_KEY_CODER_URN;
  readonly deterministic = true;

  override encode(value: unknown, out: ByteWriter): void {
    writeKey(value, out, 0);
  }

  override decode(input: ByteReader): unknown {
    return readPlain(input, 0);
  }

  override skip(input: ByteReader): void {
    skipPlain(input, 0);
  }
}

function writeKey(value: unknown, out: ByteWriter, depth: number): void {
  if (typeof value === 'string') writeText(value, out);
  else if (typeof value === 'number') writeNumberKey(value, out);
  else if (typeof value === 'boolean') out.byte(value ? tag.TRUE : tag.FALSE);
  else if (value === null) out.byte(tag.NULL);
  else if (typeof value === 'bigint') {
    out.byte(tag.BIGINT);
    writeBigInteger(value, out);
  } else if (Array.isArray(value)) {
    checkDepth(depth);
    out.byte(tag.ARRAY);
    out.varint(value.length);
    for (let i = 0; i < value.length; i++) writeKey(value[i], out, depth + 1);
  } else if (types.isUint8Array(value)) writeByteString(value, out);
  else throw refuseKey(value, 'it has no deterministic bytes');
}

function writeNumberKey(n: number, out: ByteWriter): void {
  if (!Number.isSafeInteger(n)) throw refuseKey(n, 'only safe integers compare reliably');
  if (n === 0 && 1 / n < 0) throw refuseKey(n, '0 and -0 are equal but differ in their bytes');
  writeNumber(n, out);
}

function refuseKey(value: unknown, why: string): StrahlError {
  return new StrahlError('keyValueNotDeterministic', {
    title: `${previewOf(value)} cannot be a key`,
    why: `equal keys must have equal bytes, or they do not meet in one group: ${why}`,
    fix:
      'use a string, a safe integer, a boolean, a bigint, bytes or a tuple of these; for others keyBy(f, keyCoder(schema)), ' +
      'or .withSchema(schema) where elements are compared as a whole',
  });
}

/** Any plain data: what JSON has, and undefined, NaN, −0, bigint, bytes, Date, Map and Set. */
export const plainCoder: ElementCoder<unknown> = new PlainCoder();
/** Strings, safe integers, booleans, null, bigints, bytes, and tuples of them. */
export const plainKeyCoder: ElementCoder<unknown> = new PlainKeyCoder();
