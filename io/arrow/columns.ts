import {
  Binary,
  Bool,
  Field,
  Float64,
  Int32,
  Int64,
  RecordBatchReader,
  RecordBatchStreamWriter,
  Schema as ArrowSchema,
  TimestampMillisecond,
  Utf8,
  type DataType,
} from 'apache-arrow';
import { StrahlError } from '#portability/errors.js';
import { toEventTime } from '#sdk/dofn/time-like.js';
import type { TimeLike } from '#sdk/dofn/dofn.js';
import { schemaTypeOf } from '#sdk/schema/adapters.js';
import type { ScalarKind, SchemaField } from '#sdk/schema/schema-type.js';
import type { Schema } from '#sdk/schema/schema.js';

/** One column to write: how its values are checked and what Arrow calls it. */
export interface Column {
  readonly name: string;
  readonly nullable: boolean;
  readonly type: DataType;
  /** @throws TypeError for a value that the column cannot hold exactly */
  cell(value: unknown): unknown;
}

/** What of a schema Arrow columns are made of. */
interface Kind {
  type(): DataType;
  cell(value: unknown): unknown;
}

const KINDS: Partial<Record<ScalarKind, Kind>> = {
  string: { type: () => new Utf8(), cell: (x) => checked(x, typeof x === 'string', 'a string') },
  boolean: { type: () => new Bool(), cell: (x) => checked(x, typeof x === 'boolean', 'a boolean') },
  double: { type: () => new Float64(), cell: (x) => checked(x, typeof x === 'number', 'a number') },
  int32: {
    type: () => new Int32(),
    cell: (x) => checked(x, typeof x === 'number' && (x | 0) === x, 'a 32-bit integer'),
  },
  int64: { type: () => new Int64(), cell: int64 },
  bigint: { type: () => new Int64(), cell: int64 },
  bytes: {
    type: () => new Binary(),
    cell: (x) => checked(x, ArrayBuffer.isView(x), 'a Uint8Array'),
  },
  instant: {
    type: () => new TimestampMillisecond(),
    // The builder scales by itself; an impossible time is refused before.
    cell: (x) => toEventTime(x as TimeLike),
  },
};

/**
 * The columns of a row schema.
 *
 * @throws STRAHL-1104 for what is not a row; STRAHL-2001 for a field that has no column type
 */
export function columnsOf(schema: Schema<unknown>): readonly Column[] {
  const type = schemaTypeOf(schema);
  if (type.kind === 'row') return type.fields.map(columnOf);
  throw new StrahlError('sinkMismatch', {
    title: `arrow.sink is given a schema of kind ${type.kind}`,
    why: 'columns need names',
    fix: 'give the schema of a row, for example s.row({ id: s.int64 })',
  });
}

function columnOf({ name, type, optional }: SchemaField): Column {
  const kind = KINDS[type.kind as ScalarKind];
  if (kind === undefined) {
    throw new StrahlError('unsupportedFeature', {
      title: `arrow.sink cannot write the field ${name} of kind ${type.kind}`,
      fix: `columns are ${Object.keys(KINDS).join(', ')}; convert the field with .map(…) first`,
    });
  }
  const nullable = type.nullable || optional;
  return {
    name,
    nullable,
    type: kind.type(),
    cell(value) {
      if (value !== null && value !== undefined) return kind.cell(value);
      if (nullable) return null;
      throw new TypeError(`it is ${String(value)}, but the column is not nullable`);
    },
  };
}

/**
 * As a reader would see it: the library tells types by their classes, and those that it reads are others
 * than those that one makes.
 */
export function arrowSchemaOf(columns: readonly Column[]): ArrowSchema {
  const fields = columns.map(({ name, type, nullable }) => new Field(name, type, nullable));
  const writer = new RecordBatchStreamWriter();
  writer.reset(undefined, new ArrowSchema(fields));
  writer.close();
  return RecordBatchReader.from(writer.toUint8Array(true)).open().schema;
}

function checked(value: unknown, fits: boolean, what: string): unknown {
  if (fits) return value;
  throw new TypeError(
    `it is ${typeof value === 'number' ? String(value) : `a ${typeof value}`}, not ${what}`,
  );
}

function int64(value: unknown): bigint {
  const exact = typeof value === 'bigint' || Number.isSafeInteger(value);
  if (!exact) checked(value, false, 'a safe integer or bigint');
  const big = BigInt(value as number | bigint);
  if (BigInt.asIntN(64, big) === big) return big;
  throw new TypeError(`${String(big)} is beyond 64 bits`);
}
