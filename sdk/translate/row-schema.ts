import { payloadOfSchema } from '#portability/coders/rows/schema-payload.js';
import { schemaField, schemaOf, type FieldType, type Schema } from '#portability/model/schema.js';
import { LOGICAL_TYPE_URN } from '#portability/urns.js';
import type { SchemaType } from '../schema/schema-type.js';

/** Payload of the row coder for `type`; `undefined` for what is not a row. */
export function payloadOfRow(type: SchemaType): Uint8Array | undefined {
  return type.kind === 'row' ? payloadOfSchema(rowSchemaOf(type)) : undefined;
}

/** The schema of `type` as rows have it. */
export function rowSchemaOf({ fields }: SchemaType & { readonly kind: 'row' }): Schema {
  return schemaOf(fields.map(({ name, type }) => schemaField(name, fieldTypeOf(type))));
}

/** As a field of a row; `type` must be exact. */
export function fieldTypeOf(type: SchemaType): FieldType {
  const { nullable } = type;
  switch (type.kind) {
    case 'string':
    case 'boolean':
    case 'int32':
    case 'int64':
    case 'double':
    case 'bytes':
      return { kind: type.kind, nullable };
    case 'duration':
      return { kind: 'int64', nullable };
    case 'instant':
      return logical(LOGICAL_TYPE_URN.MILLIS_INSTANT, 'int64', nullable);
    case 'decimal':
      return logical(LOGICAL_TYPE_URN.DECIMAL, 'bytes', nullable);
    case 'array':
      return { kind: 'array', element: fieldTypeOf(type.element), nullable };
    case 'map':
      return { kind: 'map', key: fieldTypeOf(type.key), value: fieldTypeOf(type.value), nullable };
    case 'row':
      return { kind: 'row', schema: rowSchemaOf(type), nullable };
    case 'any':
    case 'bigint':
    case 'pair':
      // `isExact` has kept these away from rows.
      throw new TypeError(`${type.kind} has no field type`);
  }
}

function logical(urn: string, kind: 'int64' | 'bytes', nullable: boolean): FieldType {
  const representation = { kind, nullable: false } as const;
  return { kind: 'logical', urn, payload: new Uint8Array(0), representation, nullable };
}
