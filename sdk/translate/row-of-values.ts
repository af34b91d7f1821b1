import { describeGiven } from '#portability/describe-given.js';
import { StrahlError } from '#portability/errors.js';
import { schemaField, schemaOf, type FieldType, type Schema } from '#portability/model/schema.js';
import { LOGICAL_TYPE_URN } from '#portability/urns.js';
import { sourceOfPython } from '../transforms/external/python-source.js';

/** A row and the schema that its values show. */
export interface ShownRow {
  readonly schema: Schema;
  readonly values: Readonly<Record<string, unknown>>;
}

interface Shown {
  readonly type: FieldType;
  readonly value: unknown;
}

/**
 * Whole numbers are INT64, others DOUBLE, objects rows, lists arrays of one type, a `Map` a map.
 *
 * @throws STRAHL-3303 for a value that shows no type, such as `null` or an empty list
 */
export function rowOfValues(values: Readonly<Record<string, unknown>>, path = ''): ShownRow {
  const fields = Object.entries(values)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => [name, shown(value, path === '' ? name : `${path}.${name}`)] as const);
  return {
    schema: schemaOf(fields.map(([name, { type }]) => schemaField(name, type))),
    values: Object.fromEntries(fields.map(([name, { value }]) => [name, value])),
  };
}

function shown(value: unknown, path: string): Shown {
  if (typeof value === 'string') return atomic('string', value);
  if (typeof value === 'boolean') return atomic('boolean', value);
  if (typeof value === 'bigint') return atomic('int64', value);
  if (typeof value === 'number') {
    return atomic(Number.isSafeInteger(value) ? 'int64' : 'double', value);
  }
  if (typeof value === 'object' && value !== null) return shownObject(value, path);
  throw noType(path, describeGiven(value));
}

function atomic(kind: 'string' | 'boolean' | 'int64' | 'double' | 'bytes', value: unknown): Shown {
  return { type: { kind, nullable: false }, value };
}

function shownObject(value: object, path: string): Shown {
  const source = sourceOfPython(value);
  if (source !== undefined) {
    return { type: logical(LOGICAL_TYPE_URN.PYTHON_CALLABLE, 'string'), value: source };
  }
  if (ArrayBuffer.isView(value)) return atomic('bytes', value);
  if (Array.isArray(value)) {
    const { type, values } = alike(value, path);
    return { type: { kind: 'array', element: type, nullable: false }, value: values };
  }
  // Of another realm, too.
  if (Object.prototype.toString.call(value) === '[object Date]') {
    return { type: logical(LOGICAL_TYPE_URN.MILLIS_INSTANT, 'int64'), value: Number(value) };
  }
  if (Object.prototype.toString.call(value) === '[object Map]')
    return shownMap(value as never, path);
  const { schema, values } = rowOfValues(value as Readonly<Record<string, unknown>>, path);
  return { type: { kind: 'row', schema, nullable: false }, value: values };
}

function shownMap(map: ReadonlyMap<unknown, unknown>, path: string): Shown {
  const key = alike([...map.keys()], `the keys of ${path}`);
  const value = alike([...map.values()], path);
  return {
    type: { kind: 'map', key: key.type, value: value.type, nullable: false },
    value: new Map(key.values.map((each, i) => [each, value.values[i]])),
  };
}

function logical(urn: string, kind: 'int64' | 'string'): FieldType {
  const representation = { kind, nullable: false } as const;
  return { kind: 'logical', urn, payload: new Uint8Array(0), representation, nullable: false };
}

/** Values of one type. Whole numbers beside others are DOUBLE, too. */
function alike(
  values: readonly unknown[],
  path: string,
): { readonly type: FieldType; readonly values: readonly unknown[] } {
  const all = values.map((value, i) => shown(value, `${path}[${String(i)}]`));
  const [first] = all;
  if (first === undefined) throw noType(path, 'empty');
  const double = all.find(({ type }) => type.kind === 'double');
  const isNumber = all.every(({ type }) => type.kind === 'double' || type.kind === 'int64');
  const type = double !== undefined && isNumber ? double.type : first.type;
  const other = isNumber ? -1 : all.findIndex((each) => !isSameType(each.type, type));
  if (other >= 0) throw noType(path, 'of several types');
  return { type, values: all.map(({ value }) => value) };
}

function isSameType(a: FieldType, b: FieldType): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function noType(path: string, what: string): StrahlError {
  return new StrahlError('configMismatch', {
    title: `${path} is ${what}, which shows no type`,
    fix: 'leave it out, or give a configSchema that says its type',
  });
}
