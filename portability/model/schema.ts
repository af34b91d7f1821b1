/** The type of rows: what a row coder's payload says. Frozen data; the proto is read and written elsewhere. */
export interface Schema {
  readonly fields: readonly SchemaField[];
  /** Names the schema across SDKs; empty if nobody gave it a name. */
  readonly id: string;
  /** Whether values stand in the order of `encodingPosition` instead of that of `fields`. */
  readonly encodingPositionsSet: boolean;
}

export interface SchemaField {
  readonly name: string;
  readonly description: string;
  readonly type: FieldType;
  readonly encodingPosition: number;
}

export type AtomicKind =
  'byte' | 'int16' | 'int32' | 'int64' | 'float' | 'double' | 'string' | 'boolean' | 'bytes';

/** A nullable type also has the value `null`. */
export type FieldType = { readonly nullable: boolean } & (
  | { readonly kind: AtomicKind }
  | { readonly kind: 'array' | 'iterable'; readonly element: FieldType }
  | { readonly kind: 'map'; readonly key: FieldType; readonly value: FieldType }
  | { readonly kind: 'row'; readonly schema: Schema }
  | LogicalType
);

/** A type with a meaning beyond its representation, such as a date that is a number of days. */
export interface LogicalType {
  readonly kind: 'logical';
  readonly urn: string;
  readonly payload: Uint8Array;
  readonly representation: FieldType;
  readonly argument?: LogicalTypeArgument;
}

/** The argument of a logical type, such as a length: its type and its value. Only atomic ones are read. */
export interface LogicalTypeArgument {
  readonly type: FieldType;
  readonly value: number | bigint | string | boolean | Uint8Array | undefined;
}

/** A field of the given type, in the position that it stands in. */
export function schemaField(name: string, type: FieldType): SchemaField {
  return Object.freeze({ name, description: '', type, encodingPosition: 0 });
}

export function schemaOf(fields: readonly SchemaField[], id = ''): Schema {
  return Object.freeze({ fields, id, encodingPositionsSet: false });
}
