import { StrahlError } from '../errors.js';
import { CODER_URN } from '../urns.js';
import type { ByteReader } from '../wire/reader.js';
import type { ByteWriter } from '../wire/writer.js';
import { NestedCoder, type ElementCoder } from './coder.js';
import { wrongType } from './refusals.js';

/*
 * Two wire forms: an int32 count and the elements; or the count −1 and then batches, each a varint
 * count and that many elements, ended by a batch of 0. A state-backed one may end with −1 instead and a
 * token, for which the rest is fetched.
 */
export const UNKNOWN_COUNT = -1;
export const CONTINUED = -1;
const MAX_INT32 = 0x7fffffff;
/** How many elements of zero bytes are believed; more could only be a corrupt count. */
const MAX_EMPTY_ELEMENTS = 1 << 20;

/** A state-backed iterable of which only the beginning is there. */
export interface ContinuedIterable<T> {
  readonly values: readonly T[];
  /** What the owner's state is asked with for the rest. */
  readonly token: Uint8Array;
}

/** Reads a count that foreign bytes claim. Elements of at least one byte must fit into what remains. */
export function checkedCount(count: number, input: ByteReader): number {
  if (count < 0) input.fail(`a collection has ${String(count)} elements`);
  if (count > input.remaining && count > MAX_EMPTY_ELEMENTS) {
    input.fail(`a collection has ${String(count)} elements but ${String(input.remaining)} bytes`);
  }
  return count;
}

/** Decodes `count` values to the end of `values`. */
export function decodeMany<T>(
  coder: ElementCoder<T>,
  values: T[],
  count: number,
  input: ByteReader,
): void {
  if (coder.decodeInto !== undefined) coder.decodeInto(values, count, input);
  else for (let i = 0; i < count; i++) values.push(coder.decode(input));
}

export class IterableCoder extends NestedCoder<Iterable<unknown> | ContinuedIterable<unknown>> {
  readonly urn: string;
  readonly deterministic: boolean;
  readonly element: ElementCoder<unknown>;
  readonly #stateBacked: boolean;

  constructor(element: ElementCoder<unknown>, urn: string = CODER_URN.ITERABLE) {
    super();
    this.element = element;
    this.urn = urn;
    this.#stateBacked = urn === CODER_URN.STATE_BACKED_ITERABLE;
    this.deterministic = element.deterministic;
  }

  /** Writes any iterable; its elements are counted while they are written. */
  override encode(value: Iterable<unknown> | ContinuedIterable<unknown>, out: ByteWriter): void {
    if (Array.isArray(value)) this.#writeArray(value, out);
    else if (isIterable(value)) this.#writeIterable(value, out);
    else if (this.#stateBacked && isContinued(value)) this.#writeContinued(value, out);
    else throw wrongType(value, 'an iterable');
  }

  #writeArray(values: readonly unknown[], out: ByteWriter): void {
    out.int32(values.length);
    for (let i = 0; i < values.length; i++) this.element.encode(values[i], out);
  }

  #writeIterable(values: Iterable<unknown>, out: ByteWriter): void {
    const at = out.pos;
    out.int32(0);
    let count = 0;
    for (const value of values) {
      this.element.encode(value, out);
      count++;
    }
    if (count > MAX_INT32) {
      throw new StrahlError('limitExceeded', {
        title: `an iterable has ${String(count)} elements, more than 2^31 − 1`,
      });
    }
    out.int32At(at, count);
  }

  #writeContinued({ values, token }: ContinuedIterable<unknown>, out: ByteWriter): void {
    out.int32(UNKNOWN_COUNT);
    if (values.length > 0) out.varint(values.length);
    for (const value of values) this.element.encode(value, out);
    out.varint(CONTINUED);
    out.lengthPrefixed(token);
  }

  override decode(input: ByteReader): unknown[] | ContinuedIterable<unknown> {
    const values: unknown[] = [];
    const count = input.int32();
    if (count !== UNKNOWN_COUNT) {
      this.#readInto(values, count, input);
      return values;
    }
    for (;;) {
      const batch = input.varint();
      if (batch === 0) return values;
      if (batch === CONTINUED && this.#stateBacked) return { values, token: input.ownBytes() };
      this.#readInto(values, batch, input);
    }
  }

  #readInto(values: unknown[], count: number, input: ByteReader): void {
    decodeMany(this.element, values, checkedCount(count, input), input);
  }

  override skip(input: ByteReader): void {
    let count = input.int32();
    if (count !== UNKNOWN_COUNT) {
      this.#skip(count, input);
      return;
    }
    while ((count = input.varint()) !== 0) {
      // Who passes over one need not know where its rest is.
      if (count === CONTINUED) {
        input.skipLengthPrefixed('a token');
        return;
      }
      this.#skip(count, input);
    }
  }

  #skip(count: number, input: ByteReader): void {
    checkedCount(count, input);
    for (let i = 0; i < count; i++) this.element.skip(input);
  }
}

function isIterable(value: unknown): value is Iterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.iterator in value;
}

function isContinued(value: unknown): value is ContinuedIterable<unknown> {
  return typeof value === 'object' && value !== null && 'token' in value && 'values' in value;
}
