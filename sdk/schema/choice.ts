import { type CoderChoice } from '../graph/coder-choice.js';
import { schemaTypeOf } from './adapters.js';
import type { Schema } from './schema.js';
import { isExact } from './schema-type.js';

/** The coder that `schema` describes; `undefined` where it says nothing exact. */
export function choiceOf(schema: Schema<unknown>): CoderChoice | undefined {
  const type = schemaTypeOf(schema);
  return isExact(type) ? Object.freeze({ kind: 'typed', type }) : undefined;
}
