import type { StandardSchemaV1 } from '@standard-schema/spec';

/**
 * A schema of any library that implements Standard Schema (`s`, Zod, Valibot, ArkType …) whose values are `T`.
 *
 * @example
 * ```ts
 * import { s, type Schema } from 'strahl';
 * const Click: Schema<{ readonly user: string; readonly at: number }> = s.row({ user: s.string, at: s.int64 });
 * ```
 */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- what a schema accepts does not matter here
export type Schema<T> = StandardSchemaV1<any, T>;

/**
 * The values of a schema.
 *
 * @example
 * ```ts
 * import { s, type Infer } from 'strahl';
 * const Click = s.row({ user: s.string });
 * type Click = Infer<typeof Click>;
 * ```
 */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- what a schema accepts does not matter here
export type Infer<S> = S extends StandardSchemaV1<any, infer O> ? O : never;

export function isSchema(x: unknown): x is Schema<unknown> {
  return (typeof x === 'object' || typeof x === 'function') && x !== null && '~standard' in x;
}
