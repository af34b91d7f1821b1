import type { Duration, EventTime } from '#portability/model/time.js';
import { StrahlError } from '#portability/errors.js';
import type { DurationLike } from '../dofn/duration-text.js';
import { placing } from '../graph/placed.js';
import type { Infer, Schema } from './schema.js';
import {
  checkArray,
  checkBoolean,
  checkBytes,
  checkDecimal,
  checkDuration,
  checkInstant,
  checkInteger,
  checkLiteral,
  checkMap,
  checkNumber,
  checkPair,
  checkRow,
  checkString,
  checkUnion,
} from './checks.js';
import { schemaTypeOf, viewOfSchema } from './adapters.js';
import { ANY, scalar, type SchemaType } from './schema-type.js';
import { viewOfLiterals, viewOfRow } from './schema-view.js';
import {
  typeSchema,
  type Check,
  type DefaultSchema,
  type Given,
  type OptionalSchema,
  type TypeSchema,
} from './type-schema.js';

/**
 * The fields of a row, by name.
 *
 * @example
 * ```ts
 * import { s, type Fields } from 'strahl';
 * const named = <F extends Fields>(fields: F) => s.row({ name: s.string, ...fields });
 * const city = named({ people: s.int64 });
 * ```
 */
export type Fields = Record<string, Schema<unknown>>;

type OptionalNames<F extends Fields> = {
  [K in keyof F]: F[K] extends OptionalSchema<unknown> ? K : never;
}[keyof F];

type Flat<T> = { [K in keyof T]: T[K] };

/**
 * The values of a row of `F`: fields that may be missing are optional properties.
 *
 * @example
 * ```ts
 * import { s, type RowOf } from 'strahl';
 * const fields = { id: s.int64, note: s.optional(s.string) };
 * const first: RowOf<typeof fields> = { id: 1 };
 * ```
 */
export type RowOf<F extends Fields> = Flat<
  { readonly [K in Exclude<keyof F, OptionalNames<F>>]: Infer<F[K]> } & {
    readonly [K in OptionalNames<F>]?: Infer<F[K]>;
  }
>;

type NamesToLeaveOut<F extends Fields> = {
  [K in keyof F]: F[K] extends OptionalSchema<unknown> | DefaultSchema<unknown> ? K : never;
}[keyof F];

/** What `run` is given for options of `F`: those that are optional or have a default may be left out. */
type GivenOptions<F extends Fields> = Flat<
  { readonly [K in Exclude<keyof F, NamesToLeaveOut<F>>]: Given<F[K]> } & {
    readonly [K in NamesToLeaveOut<F>]?: Given<F[K]> | undefined;
  }
>;

/**
 * The builder `s`.
 *
 * @example
 * ```ts
 * import { s, type SchemaBuilder } from 'strahl';
 * const point = ({ row, double }: SchemaBuilder) => row({ x: double, y: double });
 * const Point = point(s);
 * ```
 */
export interface SchemaBuilder {
  /** Text; half a surrogate pair is refused where it is encoded. */
  readonly string: TypeSchema<string>;
  /** `true` or `false`; as an option a switch, `--name` and `--no-name`. */
  readonly boolean: TypeSchema<boolean>;
  /** A safe integer; as `int64`. */
  readonly int: TypeSchema<number>;
  /** −2^31 … 2^31 − 1 */
  readonly int32: TypeSchema<number>;
  /** A safe integer, up to ±(2^53 − 1); what lies beyond is an error, never rounded. */
  readonly int64: TypeSchema<number>;
  /** Any number; `NaN` and infinities included. */
  readonly double: TypeSchema<number>;
  /** Digits with an optional point, as text, so that no digit is lost: `'12.50'`. */
  readonly decimal: TypeSchema<string>;
  /** A `Uint8Array`. */
  readonly bytes: TypeSchema<Uint8Array>;
  /** Milliseconds since the epoch. Takes also a `Date` and ISO text. */
  readonly instant: TypeSchema<EventTime, number | Date | string>;
  /** Milliseconds. Takes also `'30s'` and its like. */
  readonly duration: TypeSchema<Duration, DurationLike>;
  /** Text that is never shown: redacted in logs, errors and display data. `s.secret()` is the same. */
  readonly secret: TypeSchema<string> & (() => TypeSchema<string>);
  /** One of the given values. */
  literal<const L extends readonly (string | number | boolean)[]>(...of: L): TypeSchema<L[number]>;
  /** A list of what `element` accepts; as an option a flag that may be repeated. */
  array<T>(element: Schema<T>): TypeSchema<readonly T[]>;
  /** A `Map`. */
  map<K, V>(key: Schema<K>, value: Schema<V>): TypeSchema<ReadonlyMap<K, V>>;
  /** A key and its value: the elements of a collection with keys. Not inside of others. */
  pair<K, V>(key: Schema<K>, value: Schema<V>): TypeSchema<readonly [K, V]>;
  /** A field that may be missing; the same as `schema.optional()`. */
  optional<T>(schema: TypeSchema<T>): OptionalSchema<T>;
  /** What may be `null`; the same as `schema.nullable()`. */
  nullable<T>(schema: TypeSchema<T>): TypeSchema<T | null>;
  /** What one of the schemas accepts; the first that does decides. */
  union<S extends readonly Schema<unknown>[]>(...of: S): TypeSchema<Infer<S[number]>>;
  /** An object with the given fields. Others are left out of what is read. */
  row<F extends Fields>(fields: F): TypeSchema<RowOf<F>>;
  /** The options of a pipeline. Those with a default may be left out of `run({ … })`. */
  options<F extends Fields>(fields: F): TypeSchema<RowOf<F>, GivenOptions<F>>;
}

const of = <T, G = T>(type: SchemaType, check: Check): TypeSchema<T, G> =>
  typeSchema({ type, notes: {}, check });

const int64 = of<number>(
  scalar('int64'),
  checkInteger(Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER),
);

const secret = typeSchema<string>({
  type: scalar('string'),
  notes: { secret: true },
  check: checkString,
});

/**
 * Builds schemas: the type of values and their coder in one.
 *
 * @example
 * ```ts
 * import { s, type Infer } from 'strahl';
 * const Order = s.row({
 *   id: s.string,
 *   amount: s.double,
 *   at: s.instant,
 *   note: s.string.optional(),
 *   items: s.array(s.row({ sku: s.string, n: s.int32 })),
 * });
 * type Order = Infer<typeof Order>;
 * ```
 */
export const s: SchemaBuilder = Object.freeze({
  string: of<string>(scalar('string'), checkString),
  boolean: of<boolean>(scalar('boolean'), checkBoolean),
  int: int64,
  int32: of<number>(scalar('int32'), checkInteger(-(2 ** 31), 2 ** 31 - 1)),
  int64,
  double: of<number>(scalar('double'), checkNumber),
  decimal: of<string>(scalar('decimal'), checkDecimal),
  bytes: of<Uint8Array>(scalar('bytes'), checkBytes),
  instant: of<EventTime, number | Date | string>(scalar('instant'), checkInstant),
  duration: of<Duration, DurationLike>(scalar('duration'), checkDuration),
  secret: Object.freeze(Object.assign(() => secret, secret)),
  literal: <const L extends readonly (string | number | boolean)[]>(
    ...literals: L
  ): TypeSchema<L[number]> =>
    typeSchema({ ...viewOfLiterals(literals), check: checkLiteral(literals) }),
  array: placing(<T>(element: Schema<T>): TypeSchema<readonly T[]> =>
    of({ kind: 'array', element: schemaTypeOf(element), nullable: false }, checkArray(element)),
  ),
  map: placing(<K, V>(key: Schema<K>, value: Schema<V>): TypeSchema<ReadonlyMap<K, V>> =>
    of(
      { kind: 'map', key: schemaTypeOf(key), value: schemaTypeOf(value), nullable: false },
      checkMap(key, value),
    ),
  ),
  pair: placing(<K, V>(key: Schema<K>, value: Schema<V>): TypeSchema<readonly [K, V]> =>
    of(
      { kind: 'pair', key: schemaTypeOf(key), value: schemaTypeOf(value), nullable: false },
      checkPair(key, value),
    ),
  ),
  optional: <T>(schema: TypeSchema<T>): OptionalSchema<T> => schema.optional(),
  nullable: <T>(schema: TypeSchema<T>): TypeSchema<T | null> => schema.nullable(),
  union: <S extends readonly Schema<unknown>[]>(...schemas: S): TypeSchema<Infer<S[number]>> =>
    of(ANY, checkUnion(schemas)),
  row: placing(<F extends Fields>(fields: F) => rowSchema<F, RowOf<F>>(fields)),
  options: placing(<F extends Fields>(fields: F) => rowSchema<F, GivenOptions<F>>(fields)),
});

function rowSchema<F extends Fields, G>(fields: F): TypeSchema<RowOf<F>, G> {
  // For callers without a compiler.
  if (typeof fields !== 'object' || (fields as F | null) === null) {
    throw new StrahlError('badValue', {
      title: `the fields are an object of schemas, not ${(fields as F | null) === null ? 'null' : typeof fields}`,
      fix: 's.row({ id: s.int64, name: s.string })',
    });
  }
  const views = Object.entries(fields).map(([name, field]) => [name, viewOfSchema(field)] as const);
  return typeSchema({ ...viewOfRow(new Map(views)), check: checkRow(fields) });
}
