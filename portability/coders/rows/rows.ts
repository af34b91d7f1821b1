import { isStrahlError, StrahlError } from '../../errors.js';
import type { FieldType, Schema } from '../../model/schema.js';
import { CODER_URN } from '../../urns.js';
import type { ByteReader } from '../../wire/reader.js';
import type { ByteWriter } from '../../wire/writer.js';
import { NestedCoder, type ElementCoder } from '../coder.js';
import { defineField, ownField } from '../fields.js';
import {
  byteFieldCoder,
  floatFieldCoder,
  int16FieldCoder,
  int32FieldCoder,
} from '../fixed-width.js';
import { IterableCoder } from '../iterables.js';
import { MapFieldCoder } from '../maps.js';
import { NullableCoder } from '../nullable.js';
import { ObjectReader, type FieldReader } from '../object-reader.js';
import { boolCoder, bytesCoder, doubleCoder, stringCoder, varintCoder } from '../primitives.js';
import { wrongType } from '../refusals.js';
import { logicalTypeCoder } from './logical-types.js';
import { schemaOfPayload, schemaOfSchemaCoder } from './schema-payload.js';

export type Row = Readonly<Record<string, unknown>>;

interface RowField {
  readonly name: string;
  readonly nullable: boolean;
  readonly coder: ElementCoder<unknown>;
  /** Its bit in the null bitset: where the schema lists it. */
  readonly bit: number;
  /** Whether every object has something of that name, so that only an own property counts. */
  readonly inherited: boolean;
}

/** Instead of the place of a null bitset. */
const NO_NULLS = -1;

/** Reads a field of a row whose null bitset lies at `nulls`, with a bit for each field. */
class NullableField implements FieldReader {
  readonly #coder: ElementCoder<unknown>;
  readonly #byte: number;
  readonly #mask: number;

  constructor({ coder, bit }: RowField) {
    this.#coder = coder;
    this.#byte = bit >> 3;
    this.#mask = 1 << (bit & 7);
  }

  decode(input: ByteReader, nulls: number): unknown {
    const isNull = nulls !== NO_NULLS && (input.bytes[nulls + this.#byte]! & this.#mask) !== 0;
    return isNull ? null : this.#coder.decode(input);
  }
}

function setBit(bits: Uint8Array, bit: number): void {
  bits[bit >> 3] = bits[bit >> 3]! | (1 << (bit & 7));
}

/**
 * The number of fields, which of them are null, and the others in encoding order.
 *
 *   - Fewer fields than the schema has are read: the last ones were added later and are null.
 *   - The bitset is empty when nothing is null; a peer may cut trailing zero bytes.
 */
export class RowCoder extends NestedCoder<Row> {
  readonly urn: string = CODER_URN.ROW;
  readonly deterministic: boolean;
  readonly #fields: readonly RowField[];
  readonly #nullable: readonly RowField[];
  readonly #bitsetBytes: number;
  readonly #nullableBits: Uint8Array;
  /** Reads the fields of a row that has all of them. */
  readonly #reader: ObjectReader;

  constructor(schema: Schema) {
    super();
    this.#fields = fieldsInOrder(schema);
    this.#nullable = this.#fields.filter((field) => field.nullable);
    this.#bitsetBytes = Math.ceil(this.#fields.length / 8);
    this.#nullableBits = new Uint8Array(this.#bitsetBytes);
    for (const { bit } of this.#nullable) setBit(this.#nullableBits, bit);
    this.#reader = new ObjectReader(
      this.#fields.map(({ name }) => name),
      this.#fields.map((field) => (field.nullable ? new NullableField(field) : field.coder)),
    );
    this.deterministic = this.#fields.every((field) => field.coder.deterministic);
  }

  override encode(row: Row, out: ByteWriter): void {
    checkObject(row);
    const fields = this.#fields;
    out.varint(fields.length);
    this.#writeNulls(row, out);
    let i = 0;
    try {
      for (; i < fields.length; i++) {
        const field = fields[i]!;
        const value = valueOf(row, field);
        if (isPresent(value) || !field.nullable) field.coder.encode(value, out);
      }
    } catch (cause) {
      throw inField(fields[i]!.name, cause);
    }
  }

  #writeNulls(row: Row, out: ByteWriter): void {
    if (this.#nullable.every((field) => isPresent(valueOf(row, field)))) {
      out.byte(0);
      return;
    }
    const size = this.#bitsetBytes;
    out.varint(size);
    out.ensure(size);
    const bits = out.bytes.subarray(out.pos, out.pos + size).fill(0);
    for (const field of this.#nullable)
      if (!isPresent(valueOf(row, field))) setBit(bits, field.bit);
    out.pos += size;
  }

  override decode(input: ByteReader): Row {
    const count = this.#readCount(input);
    const size = input.length('the null bitset of a row');
    const nulls = input.pos;
    input.pos += size;
    const isWhole = count === this.#fields.length;
    if (isWhole && size === 0) return this.#reader.read(input, NO_NULLS) as Row;
    if (isWhole && size === this.#bitsetBytes && this.#areNullable(input.bytes, nulls))
      return this.#reader.read(input, nulls) as Row;
    return this.#decodePart(count, input.bytes.subarray(nulls, nulls + size), input);
  }

  /** Whether all fields that the bitset says to be null may be so. */
  #areNullable(bytes: Uint8Array, nulls: number): boolean {
    const bits = this.#nullableBits;
    for (let i = 0; i < bits.length; i++) if ((bytes[nulls + i]! & ~bits[i]!) !== 0) return false;
    return true;
  }

  #decodePart(count: number, nulls: Uint8Array, input: ByteReader): Row {
    const row: Record<string, unknown> = {};
    for (let i = 0; i < this.#fields.length; i++) {
      const field = this.#fields[i]!;
      const isNull = i >= count || isNullIn(nulls, field, input);
      defineField(row, field.name, isNull ? null : field.coder.decode(input));
    }
    return row;
  }

  override skip(input: ByteReader): void {
    const count = this.#readCount(input);
    const hasNulls = input.remaining > 0 && input.bytes[input.pos] !== 0;
    const nulls = hasNulls ? input.lengthPrefixed() : undefined;
    if (!hasNulls) input.skipBytes(1);
    for (let i = 0; i < count; i++) {
      const field = this.#fields[i]!;
      if (nulls === undefined || !isNullIn(nulls, field, input)) field.coder.skip(input);
    }
  }

  #readCount(input: ByteReader): number {
    const at = input.pos;
    const count = input.varint();
    if (count < 0 || count > this.#fields.length) {
      input.fail(
        `a row has ${String(count)} fields but its schema ${String(this.#fields.length)},`,
        at,
      );
    }
    return count;
  }
}

function checkObject(row: unknown): void {
  if (typeof row !== 'object' || row === null) throw wrongType(row, 'an object');
}

function isPresent(value: unknown): boolean {
  return value !== null && value !== undefined;
}

function valueOf(row: Row, { name, inherited }: RowField): unknown {
  return inherited ? ownField(row, name) : row[name];
}

function isNullIn(
  nulls: Uint8Array,
  { bit, name, nullable }: RowField,
  input: ByteReader,
): boolean {
  const isNull = ((nulls[bit >> 3] ?? 0) & (1 << (bit & 7))) !== 0;
  if (isNull && !nullable) input.fail(`field ${JSON.stringify(name)} is null but may not be,`);
  return isNull;
}

function inField(name: string, cause: unknown): unknown {
  if (!isStrahlError(cause)) return cause;
  return new StrahlError(cause.key, {
    title: `field ${JSON.stringify(name)}: ${cause.title}`,
    ...(cause.why === undefined ? {} : { why: cause.why }),
    ...(cause.fix === undefined ? {} : { fix: cause.fix }),
  });
}

function fieldsInOrder(schema: Schema): readonly RowField[] {
  const fields = schema.fields.map(({ name, type }, bit) => ({
    name,
    nullable: type.nullable,
    coder: baseCoder(type),
    bit,
    inherited: name in Object.prototype,
  }));
  if (new Set(fields.map((field) => field.name)).size < fields.length) {
    throw new StrahlError('cannotDecode', { title: 'two fields of a schema have one name' });
  }
  if (!schema.encodingPositionsSet) return fields;
  const ordered = new Map(schema.fields.map((field, i) => [field.encodingPosition, fields[i]!]));
  const inOrder = fields.map((_, position) => ordered.get(position));
  if (inOrder.includes(undefined)) {
    throw new StrahlError('cannotDecode', {
      title: 'the encoding positions of a schema are not 0 to the number of its fields',
    });
  }
  return inOrder as readonly RowField[];
}

/** The coder of a type that stands in a container, where null has a byte of its own. */
function coderOfType(type: FieldType): ElementCoder<unknown> {
  const coder = baseCoder(type);
  return type.nullable ? new NullableCoder(coder) : coder;
}

const ATOMIC_CODERS = {
  byte: byteFieldCoder,
  int16: int16FieldCoder,
  int32: int32FieldCoder,
  int64: varintCoder,
  float: floatFieldCoder,
  double: doubleCoder,
  string: stringCoder,
  boolean: boolCoder,
  bytes: bytesCoder,
} as const;

/** The coder of a type's values other than null. */
function baseCoder(type: FieldType): ElementCoder<unknown> {
  switch (type.kind) {
    case 'array':
    case 'iterable':
      return new IterableCoder(coderOfType(type.element));
    case 'map':
      return new MapFieldCoder(coderOfType(type.key), coderOfType(type.value));
    case 'row':
      return new RowCoder(type.schema);
    case 'logical':
      return logicalTypeCoder(type, baseCoder);
    default:
      return ATOMIC_CODERS[type.kind];
  }
}

/** @throws STRAHL-5002 for a payload that is not a schema, or a contradictory one */
export function rowCoderOfPayload(payload: Uint8Array): ElementCoder<Row> {
  return new RowCoder(schemaOfPayload(payload));
}

/** @throws STRAHL-5002 for a payload that is not a schema coder's, or has a contradictory schema */
export function rowCoderOfSchemaCoder(payload: Uint8Array): ElementCoder<Row> {
  return new RowCoder(schemaOfSchemaCoder(payload));
}
