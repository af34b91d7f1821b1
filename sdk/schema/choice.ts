import { kvOf, type CoderChoice } from '../graph/coder-choice.js';
import { schemaTypeOf } from './adapters.js';
import type { Schema } from './schema.js';
import { isExact, type SchemaType } from './schema-type.js';

/** The coder that `schema` describes; `undefined` where it says nothing exact. */
export function choiceOf(schema: Schema<unknown>): CoderChoice | undefined {
  const type = schemaTypeOf(schema);
  return isExact(type) ? choiceOfType(type) : undefined;
}

/** The coder of an exact type. */
function choiceOfType(type: SchemaType): CoderChoice {
  return type.kind === 'pair'
    ? kvOf(choiceOfType(type.key), choiceOfType(type.value))
    : Object.freeze({ kind: 'typed', type });
}
