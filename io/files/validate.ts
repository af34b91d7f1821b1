import type { Schema } from '#sdk/schema/schema.js';
import { RecordFault } from './bad-records.js';

interface Issue {
  readonly message: string;
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
}

/**
 * Makes a function that gives a record as `schema` describes it, converted if the schema converts.
 *
 * @throws RecordFault (from the function) that lists every issue with its path
 */
export function validatorOf<T>(schema: Schema<T>): (value: unknown) => T {
  const { validate } = schema['~standard'];
  return (value) => {
    const result = validate(value);
    if ('then' in result) {
      throw new RecordFault('recordMismatch', 'the schema validates asynchronously');
    }
    if (result.issues === undefined) return result.value;
    throw new RecordFault('recordMismatch', result.issues.map(describe).join('; '));
  };
}

function describe({ path = [], message }: Issue): string {
  const steps = path.map((step) => String(typeof step === 'object' ? step.key : step));
  return steps.length === 0 ? message : `${steps.join('.')}: ${message}`;
}
