import type { StandardSchemaV1 } from '@standard-schema/spec';
import type { SchemaView } from './schema-view.js';

/** What a schema says beside its type; read by options and `--help`. */
export interface SchemaNotes {
  readonly description?: string;
  /** Taken when the value is missing; as it was written, to be shown so. */
  readonly default?: { readonly value: unknown };
  readonly optional?: true;
  /** Never shown in logs, errors, or display data. */
  readonly secret?: true;
  /** The only values allowed. */
  readonly literals?: readonly unknown[];
}

/** Finds all problems of a value; what it returns is used only if it found none. */
export type Check = (value: unknown, path: readonly PropertyKey[], found: Issue[]) => unknown;

export interface Issue {
  readonly message: string;
  readonly path: readonly PropertyKey[];
}

declare const values: unique symbol;
declare const given: unique symbol;

/**
 * A schema made by `s`, of values of type `T`. It implements Standard Schema, so every library that takes one takes it.
 * `G` is what a program may write for such a value: a duration, for example, is read as milliseconds, but may be
 * written as `'30s'`.
 *
 * @example
 * ```ts
 * import { s, type TypeSchema } from 'strahl';
 * const Host: TypeSchema<string> = s.string.describe('name of the broker');
 * ```
 */
export interface TypeSchema<out T, G = T> extends StandardSchemaV1<unknown, T> {
  readonly [values]?: T;
  readonly [given]?: G;
  /** Text for `--help`. */
  describe(text: string): this;
  /** What stands for a missing field or option; checked like a value that is given. */
  default(value: G): DefaultSchema<T, G>;
  /** May be missing. */
  optional(): OptionalSchema<T, G>;
  /** May be `null`. */
  nullable(): TypeSchema<T | null, G | null>;
}

/**
 * A schema of a field that has a default: it may be left out where a value is given, and is there where it is read.
 *
 * @example
 * ```ts
 * import { pipeline, s, type DefaultSchema } from 'strahl';
 * const port: DefaultSchema<number> = s.int.default(9092);
 * await pipeline('one', s.options({ port }), (p, o) => p.of([o.port])).run();
 * ```
 */
export interface DefaultSchema<out T, G = T> extends TypeSchema<T, G> {
  readonly hasDefault: true;
  nullable(): DefaultSchema<T | null, G | null>;
}

/**
 * A schema of a field that may be missing.
 *
 * @example
 * ```ts
 * import { s, type OptionalSchema } from 'strahl';
 * const note: OptionalSchema<string> = s.optional(s.string);
 * const Entry = s.row({ id: s.int64, note });
 * ```
 */
export interface OptionalSchema<out T, G = T> extends TypeSchema<T | undefined, G | undefined> {
  readonly isOptional: true;
}

/** What a program may write for a value of `S`. Of a schema that does not say what it reads, what it gives. */
export type Given<S> =
  S extends TypeSchema<unknown, infer G>
    ? G
    : S extends StandardSchemaV1<infer I, infer T>
      ? unknown extends I
        ? T
        : I
      : never;

const CONTENT: unique symbol = Symbol.for('strahl.schema');

export interface SchemaContent extends SchemaView {
  readonly check: Check;
}

/** What is behind a schema of `s`; `undefined` for one of another library. */
export function contentOf(schema: object): SchemaContent | undefined {
  return (schema as { readonly [CONTENT]?: SchemaContent })[CONTENT];
}

/** Whether `view` is of a schema of `s`. */
export function isOwnView(view: SchemaView): boolean {
  return 'check' in view;
}

/** The one implementation of all schemas of `s`. */
export function typeSchema<T, G = T>(content: SchemaContent): TypeSchema<T, G> {
  const { type, notes, check } = content;
  const noted = (more: SchemaNotes): TypeSchema<T, G> =>
    typeSchema({ ...content, notes: { ...notes, ...more } });
  const schema = {
    [CONTENT]: Object.freeze(content),
    '~standard': {
      version: 1 as const,
      vendor: 'strahl',
      validate: (value: unknown) => validate(content, value),
    },
    describe: (description: string) => noted({ description }),
    default: (value: G) => noted({ default: { value } }),
    optional: () => noted({ optional: true }),
    nullable: () =>
      typeSchema({
        ...content,
        type: { ...type, nullable: true },
        check: (value, path, found) => (value === null ? null : check(value, path, found)),
      }),
    ...(notes.optional === true ? { isOptional: true } : {}),
    ...(notes.default === undefined ? {} : { hasDefault: true }),
  };
  return Object.freeze(schema) as unknown as TypeSchema<T, G>;
}

/** `value`, or what stands for a missing one; problems go to `found`. */
export function checkValue(
  { notes, check }: SchemaContent,
  value: unknown,
  path: readonly PropertyKey[],
  found: Issue[],
): unknown {
  if (value !== undefined) return check(value, path, found);
  if (notes.default?.value !== undefined) return check(notes.default.value, path, found);
  if (notes.optional === true) return undefined;
  found.push({ message: 'is missing', path });
  return undefined;
}

function validate(content: SchemaContent, value: unknown): StandardSchemaV1.Result<never> {
  const issues: Issue[] = [];
  const result = checkValue(content, value, [], issues);
  return issues.length === 0 ? { value: result as never } : { issues };
}
