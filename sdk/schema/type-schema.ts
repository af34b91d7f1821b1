import type { StandardSchemaV1 } from '@standard-schema/spec';
import type { SchemaView } from './schema-view.js';

/** What a schema says beside its type; read by options and `--help`. */
export interface SchemaNotes {
  readonly description?: string;
  /** Taken when the value is missing. */
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

/**
 * A schema made by `s`. It implements Standard Schema, so every library that takes one takes it.
 *
 * @example
 * ```ts
 * import { s, type TypeSchema } from 'strahl';
 * const Port: TypeSchema<number> = s.int.default(9092).describe('port of the broker');
 * ```
 */
export interface TypeSchema<out T> extends StandardSchemaV1<unknown, T> {
  readonly [values]?: T;
  /** Text for `--help`. */
  describe(text: string): this;
  /** The value of a missing field or option. */
  default(value: T): TypeSchema<T>;
  /** May be missing. */
  optional(): OptionalSchema<T>;
  /** May be `null`. */
  nullable(): TypeSchema<T | null>;
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
export interface OptionalSchema<out T> extends TypeSchema<T | undefined> {
  readonly isOptional: true;
}

const CONTENT: unique symbol = Symbol.for('strahl.schema') as never;

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
export function typeSchema<T>(content: SchemaContent): TypeSchema<T> {
  const { type, notes, check } = content;
  const noted = (more: SchemaNotes): TypeSchema<T> =>
    typeSchema({ ...content, notes: { ...notes, ...more } });
  const schema = {
    [CONTENT]: Object.freeze(content),
    '~standard': {
      version: 1 as const,
      vendor: 'strahl',
      validate: (value: unknown) => validate(content, value),
    },
    describe: (description: string) => noted({ description }),
    default: (value: T) => noted({ default: { value } }),
    optional: () => noted({ optional: true }),
    nullable: () =>
      typeSchema({
        ...content,
        type: { ...type, nullable: true },
        check: (value, path, found) => (value === null ? null : check(value, path, found)),
      }),
    ...(notes.optional === true ? { isOptional: true } : {}),
  };
  return Object.freeze(schema) as unknown as TypeSchema<T>;
}

/** `value`, or what stands for a missing one; problems go to `found`. */
export function checkValue(
  { notes, check }: SchemaContent,
  value: unknown,
  path: readonly PropertyKey[],
  found: Issue[],
): unknown {
  if (value !== undefined) return check(value, path, found);
  if (notes.default !== undefined) return notes.default.value;
  if (notes.optional === true) return undefined;
  found.push({ message: 'is missing', path });
  return undefined;
}

function validate(content: SchemaContent, value: unknown): StandardSchemaV1.Result<never> {
  const issues: Issue[] = [];
  const result = checkValue(content, value, [], issues);
  return issues.length === 0 ? { value: result as never } : { issues };
}
