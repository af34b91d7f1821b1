import { StrahlError } from '../../errors.js';
import type { FieldType, LogicalType } from '../../model/schema.js';
import { isValidTime, type EventTime } from '../../model/time.js';
import type { ByteReader } from '../../wire/reader.js';
import type { ByteWriter } from '../../wire/writer.js';
import { NestedCoder, type ElementCoder } from '../coder.js';
import { DecimalCoder } from '../decimals.js';
import { wrongType } from '../refusals.js';

/*
 * Values of logical types are what is handiest and loses nothing: an instant of milliseconds is an
 * EventTime, a decimal a text, a date the number of its days; all others are their representation.
 */
type Representation = (type: FieldType) => ElementCoder<unknown>;

/** Eight bytes as any other time, though its representation is an INT64. */
class MillisInstantCoder extends NestedCoder<EventTime> {
  readonly urn = 'beam:logical_type:millis_instant:v1';
  readonly deterministic = true;

  override encode(value: EventTime, out: ByteWriter): void {
    if (!isValidTime(value)) throw wrongType(value, 'a time in milliseconds');
    out.timestamp(value);
  }

  override decode(input: ByteReader): EventTime {
    return input.timestamp();
  }

  override skip(input: ByteReader): void {
    input.skipBytes(8);
  }
}

/** Checks values before they are written, and changes them where the type demands it. */
class CheckedCoder extends NestedCoder<unknown> {
  readonly urn: string;
  readonly deterministic: boolean;
  readonly #representation: ElementCoder<unknown>;
  readonly #prepare: (value: unknown) => unknown;

  constructor(
    urn: string,
    representation: ElementCoder<unknown>,
    prepare: (value: unknown) => unknown,
  ) {
    super();
    this.urn = urn;
    this.#representation = representation;
    this.#prepare = prepare;
    this.deterministic = representation.deterministic;
  }

  override encode(value: unknown, out: ByteWriter): void {
    this.#representation.encode(this.#prepare(value), out);
  }

  override decode(input: ByteReader): unknown {
    return this.#representation.decode(input);
  }

  override skip(input: ByteReader): void {
    this.#representation.skip(input);
  }
}

const MILLIS_INSTANT = new MillisInstantCoder();
const DECIMAL = new DecimalCoder();

/** The coder of a logical type; one that is not known has the bytes and values of its representation. */
export function logicalTypeCoder(
  type: LogicalType,
  coderOf: Representation,
): ElementCoder<unknown> {
  switch (type.urn) {
    case 'beam:logical_type:millis_instant:v1':
      return MILLIS_INSTANT;
    case 'beam:logical_type:decimal:v1':
      return DECIMAL;
    case 'beam:logical_type:fixed_bytes:v1':
      return checked(type, coderOf, padBytes(lengthOf(type)));
    case 'beam:logical_type:var_bytes:v1':
    case 'beam:logical_type:var_char:v1':
      return checked(type, coderOf, atMost(lengthOf(type)));
    case 'beam:logical_type:fixed_char:v1':
      return checked(type, coderOf, padText(lengthOf(type)));
    case 'beam:logical_type:micros_instant:v1':
      return checked(type, coderOf, fractionBelow('micros', 1_000_000));
    case 'beam:logical_type:timestamp:v1':
      return checked(type, coderOf, fractionBelow('subseconds', 10 ** precisionOf(type)));
    default:
      return coderOf(type.representation);
  }
}

function checked(
  { urn, representation }: LogicalType,
  coderOf: Representation,
  prepare: (value: unknown) => unknown,
): ElementCoder<unknown> {
  return new CheckedCoder(urn, coderOf(representation), prepare);
}

function lengthOf(type: LogicalType): number {
  const length = type.argument?.value;
  if (typeof length === 'number' && Number.isSafeInteger(length) && length >= 0) return length;
  throw malformed(type, 'a length');
}

function precisionOf(type: LogicalType): number {
  const precision = type.argument?.value;
  if (typeof precision === 'number' && precision >= 0 && precision <= 9) return precision;
  throw malformed(type, 'a precision from 0 to 9');
}

function malformed({ urn }: LogicalType, missing: string): StrahlError {
  return new StrahlError('cannotDecode', {
    title: `logical type ${urn} of a schema has no argument that is ${missing}`,
  });
}

function atMost(length: number): (value: unknown) => unknown {
  return (value) => {
    const actual = (value as { readonly length?: unknown } | null)?.length;
    if (typeof actual === 'number' && actual > length) {
      throw wrongType(value, `no more than ${String(length)} characters or bytes`);
    }
    return value;
  };
}

function padText(length: number): (value: unknown) => unknown {
  const check = atMost(length);
  return (value) => {
    check(value);
    return typeof value === 'string' ? value.padEnd(length, ' ') : value;
  };
}

function padBytes(length: number): (value: unknown) => unknown {
  const check = atMost(length);
  return (value) => {
    check(value);
    if (!ArrayBuffer.isView(value) || value.byteLength === length) return value;
    const padded = new Uint8Array(length);
    padded.set(value as Uint8Array);
    return padded;
  };
}

/** Instants are `{ seconds, fraction }`, the fraction counted up from the second below. */
function fractionBelow(field: string, limit: number): (value: unknown) => unknown {
  return (value) => {
    const fraction = (value as Readonly<Record<string, unknown>> | null)?.[field];
    if (typeof fraction !== 'number' || fraction < 0 || fraction >= limit) {
      throw wrongType(fraction, `${field} from 0 to ${String(limit - 1)}`);
    }
    return value;
  };
}
