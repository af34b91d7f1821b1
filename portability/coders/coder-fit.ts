import type { CoderSpec } from '../model/graph.js';
import type { CoderId } from '../model/ids.js';
import type { FieldType, Schema } from '../model/schema.js';
import { CODER_URN, LOGICAL_TYPE_URN } from '../urns.js';
import { schemaOfPayload } from './rows/schema-payload.js';

type Coders = ReadonlyMap<CoderId, CoderSpec>;

/** Says what does not fit; `undefined` if all does. */
type Misfit = string | undefined;

/**
 * Whether elements that are written with `actual` read as values of `wanted`, so that who expects those can be
 * given them. Rows fit by the names of their fields; they may have more.
 */
export function misfitOfCoders(
  wanted: CoderId,
  actual: CoderId,
  coders: Coders,
  path = 'an element',
): Misfit {
  const expected = coders.get(wanted)!;
  const found = withoutPrefix(actual, coders);
  if (expected.spec.urn !== found.spec.urn) {
    return `${path} is written with ${found.spec.urn}, where ${expected.spec.urn} is expected`;
  }
  if (expected.spec.urn === CODER_URN.ROW) {
    const rows = [expected, found].map(({ spec }) => schemaOfPayload(spec.payload));
    return misfitOfRows(rows[0]!, rows[1]!, path);
  }
  const names = expected.spec.urn === CODER_URN.KV ? ['the key of', 'the value of'] : ['a part of'];
  for (const [i, part] of expected.componentIds.entries()) {
    const other = found.componentIds[i];
    if (other === undefined) return `${path} has ${String(found.componentIds.length)} parts`;
    const misfit = misfitOfCoders(part, other, coders, `${names[i] ?? names[0]!} ${path}`);
    if (misfit !== undefined) return misfit;
  }
  return undefined;
}

function withoutPrefix(id: CoderId, coders: Coders): CoderSpec {
  let coder = coders.get(id)!;
  while (coder.spec.urn === CODER_URN.LENGTH_PREFIX) coder = coders.get(coder.componentIds[0]!)!;
  return coder;
}

function misfitOfRows(wanted: Schema, actual: Schema, path: string): Misfit {
  const found = new Map(actual.fields.map((field) => [field.name, field.type]));
  for (const { name, type } of wanted.fields) {
    const at = `field ${JSON.stringify(name)} of ${path}`;
    const other = found.get(name);
    if (other === undefined) {
      const names = [...found.keys()].map((each) => JSON.stringify(each)).join(', ');
      return `${path} has no field ${JSON.stringify(name)}; its fields are ${names || 'none'}`;
    }
    const misfit = misfitOfTypes(type, other, at);
    if (misfit !== undefined) return misfit;
  }
  return undefined;
}

/** Types whose values are all values of another. */
const WITHIN: Readonly<Record<string, readonly string[]>> = {
  int16: ['byte'],
  int32: ['byte', 'int16'],
  int64: ['byte', 'int16', 'int32'],
  double: ['float', 'byte', 'int16', 'int32'],
  array: ['iterable'],
  iterable: ['array'],
};

/** Fixed and variable text and bytes have the values of their representation. */
const PLAIN_LOGICAL_TYPES: ReadonlySet<string> = new Set([
  LOGICAL_TYPE_URN.FIXED_BYTES,
  LOGICAL_TYPE_URN.VAR_BYTES,
  LOGICAL_TYPE_URN.FIXED_CHAR,
  LOGICAL_TYPE_URN.VAR_CHAR,
]);

function misfitOfTypes(wanted: FieldType, given: FieldType, path: string): Misfit {
  const actual =
    given.kind === 'logical' && wanted.kind !== 'logical' && PLAIN_LOGICAL_TYPES.has(given.urn)
      ? { ...given.representation, nullable: given.nullable }
      : given;
  if (actual.nullable && !wanted.nullable) return `${path} may be null`;
  const fits = wanted.kind === actual.kind || WITHIN[wanted.kind]?.includes(actual.kind) === true;
  if (!fits) return `${path} is ${nameOf(actual)}, where ${nameOf(wanted)} is expected`;
  switch (wanted.kind) {
    case 'array':
    case 'iterable':
      return misfitOfTypes(wanted.element, (actual as typeof wanted).element, `an item of ${path}`);
    case 'map': {
      const { key, value } = actual as typeof wanted;
      return (
        misfitOfTypes(wanted.key, key, `a key of ${path}`) ??
        misfitOfTypes(wanted.value, value, `a value of ${path}`)
      );
    }
    case 'row':
      return misfitOfRows(wanted.schema, (actual as typeof wanted).schema, path);
    case 'logical':
      return wanted.urn === (actual as typeof wanted).urn
        ? undefined
        : `${path} is ${nameOf(actual)}, where ${nameOf(wanted)} is expected`;
    default:
      return undefined;
  }
}

function nameOf(type: FieldType): string {
  return type.kind === 'logical' ? type.urn : type.kind;
}
