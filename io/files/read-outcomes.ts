import type { PCollection } from '#sdk/collections/pcollection.js';
import type { Schema } from '#sdk/schema/schema.js';
import type { DeadLetter, ReadOutcome } from './bad-records.js';

/**
 * What a reader under `'dead-letter'` gives.
 *
 * @example
 * ```ts
 * import { text, type ReadCollections } from 'strahl/io/text';
 * const recordsOf = <T>({ records, dead }: ReadCollections<T>) => {
 *   dead.map(({ raw }) => raw).write(text.sink('dead.txt'));
 *   return records;
 * };
 * ```
 */
export interface ReadCollections<T> {
  /** What could be read. */
  readonly records: PCollection<T, 'bounded', 'none'>;
  /** What could not be read, with the reason. */
  readonly dead: PCollection<DeadLetter, 'bounded', 'none'>;
}

export function separate<T>(
  outcomes: PCollection<ReadOutcome<T>, 'bounded', 'none'>,
  schema?: Schema<T>,
): ReadCollections<T> {
  const records = outcomes
    .flatMap((outcome) => (outcome.kind === 'record' ? [outcome.value] : []))
    .named('records');
  const dead = outcomes
    .flatMap((outcome) => (outcome.kind === 'dead' ? [outcome.letter] : []))
    .named('dead');
  return { records: schema === undefined ? records : records.withSchema(schema), dead };
}
