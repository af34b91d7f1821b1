import { StrahlError } from '../../errors.js';
import type {
  AtomicKind,
  FieldType,
  LogicalType,
  LogicalTypeArgument,
  Schema,
  SchemaField,
} from '../../model/schema.js';
import type { Init } from '../../proto/codec.js';
import type * as proto from '../../proto/generated/schema.js';
import {
  AtomicType,
  decodeSchema,
  decodeSchemaCoderPayload,
  encodeSchema,
} from '../../proto/generated/schema.js';

const ATOMIC_TYPES: Readonly<Record<AtomicKind, AtomicType>> = {
  byte: AtomicType.BYTE,
  int16: AtomicType.INT16,
  int32: AtomicType.INT32,
  int64: AtomicType.INT64,
  float: AtomicType.FLOAT,
  double: AtomicType.DOUBLE,
  string: AtomicType.STRING,
  boolean: AtomicType.BOOLEAN,
  bytes: AtomicType.BYTES,
};

const ATOMIC_KINDS: ReadonlyMap<AtomicType, AtomicKind> = new Map(
  Object.entries(ATOMIC_TYPES).map(([kind, type]) => [type, kind as AtomicKind]),
);

/** The schema in the payload of a row coder. @throws STRAHL-5002 */
export function schemaOfPayload(payload: Uint8Array): Schema {
  return readSchema(decodeSchema(payload));
}

/**
 * The schema of the rows that a schema coder writes. Its functions between rows and the types of its own SDK
 * are left out: only that SDK can call them.
 *
 * @throws STRAHL-5002
 */
export function schemaOfSchemaCoder(payload: Uint8Array): Schema {
  const { schema } = decodeSchemaCoderPayload(payload);
  if (schema === undefined) {
    throw new StrahlError('cannotDecode', { title: 'a schema coder has no schema' });
  }
  return readSchema(schema);
}

/** The payload of a row coder. */
export function payloadOfSchema(schema: Schema): Uint8Array {
  return encodeSchema(schemaMessage(schema));
}

function readSchema({ fields, id, encodingPositionsSet }: proto.Schema): Schema {
  return { fields: fields.map(readField), id, encodingPositionsSet };
}

function readField({ name, description, type, encodingPosition }: proto.Field): SchemaField {
  return { name, description, type: readType(type, name), encodingPosition };
}

function readType(type: proto.FieldType | undefined, field: string): FieldType {
  const info = type?.typeInfo;
  const nullable = type?.nullable ?? false;
  switch (info?.case) {
    case 'atomicType': {
      const kind = ATOMIC_KINDS.get(info.value);
      if (kind === undefined) throw malformed(field, `atomic type ${String(info.value)}`);
      return { kind, nullable };
    }
    case 'arrayType':
      return { kind: 'array', element: readType(info.value.elementType, field), nullable };
    case 'iterableType':
      return { kind: 'iterable', element: readType(info.value.elementType, field), nullable };
    case 'mapType': {
      const { keyType, valueType } = info.value;
      const key = readType(keyType, field);
      return { kind: 'map', key, value: readType(valueType, field), nullable };
    }
    case 'rowType':
      if (info.value.schema === undefined) throw malformed(field, 'a row type without a schema');
      return { kind: 'row', schema: readSchema(info.value.schema), nullable };
    case 'logicalType':
      return { ...readLogicalType(info.value, field), nullable };
    case undefined:
      throw malformed(field, 'no type');
  }
}

function readLogicalType(type: proto.LogicalType, field: string): LogicalType {
  const { urn, payload, argumentType, argument } = type;
  const representation = readType(type.representation, field);
  const logical = { kind: 'logical', urn, payload, representation } as const;
  if (argumentType === undefined) return logical;
  const held = argument?.fieldValue;
  const value = held?.case === 'atomicValue' ? held.value.value?.value : undefined;
  return { ...logical, argument: { type: readType(argumentType, field), value } };
}

function malformed(field: string, what: string): StrahlError {
  return new StrahlError('cannotDecode', {
    title: `field ${JSON.stringify(field)} of a schema has ${what}`,
  });
}

function schemaMessage({ fields, id, encodingPositionsSet }: Schema): Init<proto.Schema> {
  return { fields: fields.map(fieldMessage), id, encodingPositionsSet };
}

function fieldMessage({
  name,
  description,
  type,
  encodingPosition,
}: SchemaField): Init<proto.Field> {
  return { name, description, type: typeMessage(type), encodingPosition };
}

function typeMessage(type: FieldType): Init<proto.FieldType> {
  return { nullable: type.nullable, typeInfo: typeInfo(type) };
}

function typeInfo(type: FieldType): Init<proto.FieldType>['typeInfo'] {
  switch (type.kind) {
    case 'array':
      return { case: 'arrayType', value: { elementType: typeMessage(type.element) } };
    case 'iterable':
      return { case: 'iterableType', value: { elementType: typeMessage(type.element) } };
    case 'map': {
      const value = { keyType: typeMessage(type.key), valueType: typeMessage(type.value) };
      return { case: 'mapType', value };
    }
    case 'row':
      return { case: 'rowType', value: { schema: schemaMessage(type.schema) } };
    case 'logical':
      return { case: 'logicalType', value: logicalMessage(type) };
    default:
      return { case: 'atomicType', value: ATOMIC_TYPES[type.kind] };
  }
}

function logicalMessage(type: LogicalType): Init<proto.LogicalType> {
  const { urn, payload, representation, argument } = type;
  const message = { urn, payload, representation: typeMessage(representation) };
  if (argument === undefined) return message;
  const value = argumentMessage(argument);
  return {
    ...message,
    argumentType: typeMessage(argument.type),
    ...(value === undefined ? {} : { argument: value }),
  };
}

function argumentMessage({ type, value }: LogicalTypeArgument): Init<proto.FieldValue> | undefined {
  if (value === undefined || !(type.kind in ATOMIC_TYPES)) return undefined;
  // The case of an atomic value is called as its kind.
  const atomic = { case: type.kind, value } as Init<proto.AtomicTypeValue>['value'];
  return { fieldValue: { case: 'atomicValue', value: { value: atomic } } };
}
