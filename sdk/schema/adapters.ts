import { viewOfArktype } from './arktype.js';
import type { Schema } from './schema.js';
import type { SchemaType } from './schema-type.js';
import { UNKNOWN, type SchemaView } from './schema-view.js';
import { contentOf } from './type-schema.js';
import { viewOfValibot } from './valibot.js';
import { viewOfZod } from './zod.js';

/**
 * What `schema` says. The library is known by the vendor that it names; those that are not known say
 * nothing, and their values travel as plain data.
 */
export function viewOfSchema(schema: Schema<unknown>): SchemaView {
  switch (schema['~standard'].vendor) {
    case 'strahl':
      return contentOf(schema) ?? UNKNOWN;
    case 'zod':
      return viewOfZod(schema);
    case 'valibot':
      return viewOfValibot(schema);
    case 'arktype':
      return viewOfArktype(schema);
    default:
      return UNKNOWN;
  }
}

export function schemaTypeOf(schema: Schema<unknown>): SchemaType {
  return viewOfSchema(schema).type;
}
