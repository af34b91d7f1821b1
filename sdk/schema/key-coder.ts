import { PLAIN_KEY } from '../graph/coder-choice.js';
import { makeKeyCoder, type KeyCoder } from '../coder.js';
import { refusalOf } from '../graph/placed.js';
import { schemaTypeOf } from './adapters.js';
import { choiceOf } from './choice.js';
import type { Schema } from './schema.js';
import { canonical, whyNotDeterministic, isExact } from './schema-type.js';

/**
 * A coder for keys that are not a simple values: rows, lists. Fields are written in canonical order, so that
 * equal keys have equal bytes however they were made.
 *
 * @throws STRAHL-1103 for types without deterministic bytes: doubles, maps, unions
 * @example
 * ```ts
 * import { keyCoder, pipeline, s } from 'strahl';
 * const Place = s.row({ country: s.string, city: s.string });
 * export const p = pipeline('by-place', (p) =>
 *   p.of([{ country: 'at', city: 'Wien', n: 1 }])
 *     .keyBy((x) => ({ country: x.country, city: x.city }), keyCoder(Place))
 *     .countPerKey(),
 * );
 * ```
 */
export function keyCoder<K>(schema: Schema<K>): KeyCoder<K> {
  const type = schemaTypeOf(schema);
  const why =
    whyNotDeterministic(type, 'the key') ??
    (type.kind === 'row' && !isExact(type) ? 'a field is optional or a bigint' : undefined);
  if (why !== undefined) {
    throw refusalOf(keyCoder, 'keyNotDeterministic', {
      title: 'the schema of keyCoder has no deterministic bytes',
      why,
      fix: 'use strings, integers, booleans, bytes, instants, and rows and lists of them',
    });
  }
  if (type.kind === 'pair') return makeKeyCoder(choiceOf(schema) ?? PLAIN_KEY);
  return makeKeyCoder(isExact(type) ? { kind: 'typed', type: canonical(type) } : PLAIN_KEY);
}
