/**
 * What a schema says about its values, as far as coders, options and `select` need it. The same for every
 * schema library; `any` is where a library says nothing exact (unions, records of unknown).
 */
export type SchemaType =
  | { readonly kind: ScalarKind; readonly nullable: boolean }
  | { readonly kind: 'array'; readonly element: SchemaType; readonly nullable: boolean }
  | {
      readonly kind: 'map';
      readonly key: SchemaType;
      readonly value: SchemaType;
      readonly nullable: boolean;
    }
  /** Of a collection with keys, as Beam's KV; it is not a part of another type. */
  | {
      readonly kind: 'pair';
      readonly key: SchemaType;
      readonly value: SchemaType;
      readonly nullable: boolean;
    }
  | { readonly kind: 'row'; readonly fields: readonly SchemaField[]; readonly nullable: boolean };

export type ScalarKind =
  | 'string'
  | 'boolean'
  | 'int32'
  | 'int64'
  | 'bigint'
  | 'double'
  | 'decimal'
  | 'bytes'
  | 'instant'
  | 'duration'
  | 'any';

export interface SchemaField {
  readonly name: string;
  readonly type: SchemaType;
  /** The property may be missing; it then reads as `undefined`. */
  readonly optional: boolean;
}

export function scalar(kind: ScalarKind, nullable = false): SchemaType {
  return Object.freeze({ kind, nullable });
}

export const ANY: SchemaType = scalar('any');

/** Whether nothing in `type` is `any`, so that a coder of exactly this type exists. */
export function isExact(type: SchemaType): boolean {
  switch (type.kind) {
    case 'any':
    // An INT64 would come back as a number.
    case 'bigint':
      return false;
    case 'array':
      return isExactPart(type.element);
    case 'map':
      return isExactPart(type.key) && isExactPart(type.value);
    case 'pair':
      return !type.nullable && isExactPart(type.key) && isExactPart(type.value);
    case 'row':
      // A row has `null` for what is missing, which is another value than none.
      return type.fields.every((field) => !field.optional && isExactPart(field.type));
    default:
      return true;
  }
}

function isExactPart(type: SchemaType): boolean {
  return type.kind !== 'pair' && isExact(type);
}

/** Why bytes of `type` are not deterministic: the path of the first offender; `undefined` if they are. */
export function whyNotDeterministic(type: SchemaType, path = 'value'): string | undefined {
  switch (type.kind) {
    case 'any':
      return `${path} may be anything`;
    case 'double':
      return `${path} is a double, whose NaN and -0 have no unique bytes`;
    case 'map':
      return `${path} is a map, whose entries have no fixed order`;
    case 'array':
      return whyNotDeterministic(type.element, `${path}[]`);
    case 'pair':
      return (
        whyNotDeterministic(type.key, `${path}[0]`) ?? whyNotDeterministic(type.value, `${path}[1]`)
      );
    case 'row':
      for (const field of type.fields) {
        const why = whyNotDeterministic(field.type, `${path}.${field.name}`);
        if (why !== undefined) return why;
      }
      return undefined;
    default:
      return undefined;
  }
}

/** Whether a value of `type` can be a pair. */
export function isPairCompatible(type: SchemaType): boolean {
  return type.kind === 'any' || type.kind === 'array' || type.kind === 'pair';
}

/** The same type with the fields of its rows in the order of their names. */
export function canonical(type: SchemaType): SchemaType {
  switch (type.kind) {
    case 'row': {
      const fields = type.fields
        .map((field) => ({ ...field, type: canonical(field.type) }))
        .sort((a, b) => (a.name < b.name ? -1 : 1));
      return { ...type, fields };
    }
    case 'array':
      return { ...type, element: canonical(type.element) };
    default:
      return type;
  }
}
