import { ANY, type SchemaType } from './schema-type.js';
import type { Schema } from './schema.js';

/** What `schema` says, by the library that made it. */
export function schemaTypeOf(_schema: Schema<unknown>): SchemaType {
  return ANY;
}
