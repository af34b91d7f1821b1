import { scalar, type SchemaType } from './schema-type.js';
import {
  asNullable,
  UNKNOWN,
  viewOfLiterals,
  viewOfRow,
  viewOfType,
  withNotes,
  type SchemaView,
} from './schema-view.js';

/** The `json` of an ArkType 2 type, as far as it is read; ArkType itself is not imported. */
type ArkJson =
  | string
  | readonly ArkJson[]
  | {
      readonly domain?: ArkJson;
      readonly proto?: ArkJson;
      readonly unit?: unknown;
      readonly divisor?: unknown;
      readonly sequence?: ArkJson;
      readonly required?: readonly ArkField[];
      readonly optional?: readonly ArkField[];
      readonly morphs?: unknown;
      readonly meta?: unknown;
    };

interface ArkField {
  readonly key: string;
  readonly value: ArkJson;
  readonly default?: unknown;
}

export function viewOfArktype(schema: unknown): SchemaView {
  return viewOfJson((schema as { readonly json: ArkJson }).json);
}

function viewOfJson(json: ArkJson): SchemaView {
  if (typeof json === 'string') return viewOfDomain(json, false);
  if (isUnion(json)) return viewOfUnion(json);
  // What a morph gives is not said anywhere.
  if (json.morphs !== undefined) return UNKNOWN;
  const view = viewOfObject(json);
  return typeof json.meta === 'string' ? withNotes(view, { description: json.meta }) : view;
}

function viewOfObject(json: Exclude<ArkJson, string | readonly ArkJson[]>): SchemaView {
  if ('unit' in json) return viewOfLiterals([json.unit]);
  if (json.sequence !== undefined) {
    return viewOfType({
      kind: 'array',
      element: viewOfJson(json.sequence).type,
      nullable: false,
    });
  }
  if (json.required !== undefined || json.optional !== undefined) return viewOfFields(json);
  return typeof json.domain === 'string' ? viewOfDomain(json.domain, json.divisor === 1) : UNKNOWN;
}

function viewOfFields({
  required = [],
  optional = [],
}: {
  readonly required?: readonly ArkField[];
  readonly optional?: readonly ArkField[];
}): SchemaView {
  const fields = new Map<string, SchemaView>();
  for (const { key, value } of required) fields.set(key, viewOfJson(value));
  for (const field of optional) {
    const notes =
      'default' in field ? { default: { value: defaultOf(field) } } : { optional: true as const };
    fields.set(field.key, withNotes(viewOfJson(field.value), notes));
  }
  return viewOfRow(fields);
}

/** A function that makes the default is a reference of ArkType's own; what it makes is known to the schema alone. */
function defaultOf({ default: value }: ArkField): unknown {
  return typeof value === 'string' && value.startsWith('$ark.') ? undefined : value;
}

/** ArkType writes `boolean` as its two values, and `T | null` with a unit of null. */
function viewOfUnion(branches: readonly ArkJson[]): SchemaView {
  const others = branches.filter((branch) => !isUnit(branch, null));
  const nullable = others.length < branches.length;
  const view = viewOfBranches(others);
  return nullable ? asNullable(view) : view;
}

function viewOfBranches(branches: readonly ArkJson[]): SchemaView {
  if (branches.length === 1) return viewOfJson(branches[0]!);
  const units = branches.map((branch) => (hasUnit(branch) ? branch.unit : undefined));
  if (!branches.every(hasUnit)) return UNKNOWN;
  const isBoolean = units.length === 2 && units.includes(true) && units.includes(false);
  return isBoolean ? viewOfType(scalar('boolean')) : viewOfLiterals(units);
}

function viewOfDomain(domain: string, isInteger: boolean): SchemaView {
  const type: Readonly<Record<string, SchemaType>> = {
    string: scalar('string'),
    boolean: scalar('boolean'),
    bigint: scalar('bigint'),
    number: scalar(isInteger ? 'int64' : 'double'),
    Uint8Array: scalar('bytes'),
  };
  return Object.hasOwn(type, domain) ? viewOfType(type[domain]!) : UNKNOWN;
}

function isUnion(json: ArkJson): json is readonly ArkJson[] {
  return Array.isArray(json);
}

function hasUnit(json: ArkJson): json is { readonly unit: unknown } {
  return typeof json === 'object' && !isUnion(json) && 'unit' in json;
}

function isUnit(json: ArkJson, unit: unknown): boolean {
  return hasUnit(json) && json.unit === unit;
}
