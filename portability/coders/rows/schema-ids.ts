import { functionSpec } from '../../model/function-spec.js';
import type { CoderSpec } from '../../model/graph.js';
import type { CoderId } from '../../model/ids.js';
import type { FieldType, Schema } from '../../model/schema.js';
import { CODER_URN } from '../../urns.js';
import { payloadOfSchema, schemaOfPayload } from './schema-payload.js';

type Coders = ReadonlyMap<CoderId, CoderSpec>;

/** The coders of a graph, those of rows with ids in their schemas. */
export function codersWithSchemaIds(coders: Coders): Coders {
  const named = new Map(coders);
  for (const [id, coder] of coders) {
    const { urn, payload } = coder.spec;
    if (urn !== CODER_URN.ROW) continue;
    const spec = functionSpec(urn, payloadOfSchema(withSchemaIds(schemaOfPayload(payload))));
    named.set(id, Object.freeze({ ...coder, spec }));
  }
  return named;
}

/**
 * The schema with an id wherever a row has none, made of what it says: SDKs keep what they know of a schema
 * under its id, so that two different schemas without one would be taken for each other.
 */
export function withSchemaIds(schema: Schema): Schema {
  const fields = schema.fields.map((field) => ({ ...field, type: withIdsInside(field.type) }));
  const named = { ...schema, fields };
  return schema.id === '' ? { ...named, id: idOf(named) } : named;
}

function withIdsInside(type: FieldType): FieldType {
  switch (type.kind) {
    case 'array':
    case 'iterable':
      return { ...type, element: withIdsInside(type.element) };
    case 'map':
      return { ...type, key: withIdsInside(type.key), value: withIdsInside(type.value) };
    case 'row':
      return { ...type, schema: withSchemaIds(type.schema) };
    default:
      return type;
  }
}

/** In the form of a UUID, because SDKs make them in that form. */
function idOf(schema: Schema): string {
  // Loaded by the first schema: it takes a tenth of the start of a pipeline without one.
  const { createHash } = process.getBuiltinModule('node:crypto');
  const hash = createHash('sha256').update(payloadOfSchema(schema)).digest('hex');
  return [0, 8, 12, 16, 20].map((at, i) => hash.slice(at, [8, 12, 16, 20, 32][i])).join('-');
}
