import { describeGiven } from '#portability/describe-given.js';
import { StrahlError } from '#portability/errors.js';
import { viewOfArktype } from './arktype.js';
import { isSchema, type Schema } from './schema.js';
import type { SchemaType } from './schema-type.js';
import { UNKNOWN, type SchemaView } from './schema-view.js';
import { contentOf } from './type-schema.js';
import { viewOfValibot } from './valibot.js';
import { viewOfZod } from './zod.js';

/**
 * What `schema` says. The library is known by the vendor that it names; those that are not known say
 * nothing, and their values travel as plain data.
 *
 * @throws STRAHL-9002 for what is not a schema
 */
export function viewOfSchema(schema: Schema<unknown>): SchemaView {
  if (!isSchema(schema)) throw noSchema(schema);
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

function noSchema(x: unknown): StrahlError {
  return new StrahlError('badValue', {
    title: `${describeGiven(x)} is given instead of a schema`,
    fix: 'pass a schema of s, Zod, Valibot or ArkType, for example s.row({ id: s.int64 })',
  });
}

export function schemaTypeOf(schema: Schema<unknown>): SchemaType {
  return viewOfSchema(schema).type;
}
