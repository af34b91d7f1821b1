import { StrahlError } from '#portability/errors.js';
import { viewOfSchema } from './schema/adapters.js';
import { bigintOfText, integerOfText, numberOfText } from './schema/from-text.js';
import type { Schema } from './schema/schema.js';
import type { SchemaType } from './schema/schema-type.js';
import type { SchemaView } from './schema/schema-view.js';
import type { Site } from './graph/site.js';

export type OptionType =
  | 'string'
  | 'integer'
  | 'bigint'
  | 'number'
  | 'boolean'
  | 'duration'
  | 'instant'
  | 'list'
  | 'other';

/** One option of a pipeline, as `--help` and the reading of flags need it. */
export interface OptionField {
  /** As the build function reads it, in camel case. */
  readonly name: string;
  /** As the command line takes it, in kebab case, without dashes. */
  readonly flag: string;
  readonly type: OptionType;
  /** Of the items of a list. */
  readonly itemType?: OptionType;
  readonly description?: string;
  readonly default?: { readonly value: unknown };
  /** May be left out, because it is optional or has a default. */
  readonly optional: boolean;
  /** Never to be shown. */
  readonly secret: boolean;
  /** The only values allowed. */
  readonly literals?: readonly unknown[];
}

const words = (text: string): readonly string[] => text.split(' ');

/** Flags that no pipeline may take for an option of its own: it could not tell which of the two is meant. */
const RESERVED_FLAGS: ReadonlySet<string> = new Set([
  // Of every command.
  ...words('config env-file json quiet verbose debug color no-color help version'),
  // Of `strahl run`, and of how a pipeline is submitted.
  ...words('runner memory seed hang-after endpoint job-endpoint token-file tls-ca detach'),
  ...words('environment runner-option worker-command worker-image worker-pool'),
  // Of `strahl graph` and `strahl build`, which build the same pipeline with the same options.
  ...words('format out stages coders sourcemap minify external'),
  // Of runners to come, so that pipelines of today can be run by them.
  ...words('workers guarantee brokers app-id state-dir checkpoint-every on-error metrics-port ui'),
]);

/**
 * The fields of an options schema, in its order.
 *
 * @throws STRAHL-9004 if the schema does not list its fields
 */
export function optionFields(schema: Schema<unknown>): readonly OptionField[] {
  const { fields } = viewOfSchema(schema);
  if (fields === undefined) {
    throw new StrahlError('optionsWithoutFields', {
      title: 'the options schema does not list its fields',
      why: `a schema of ${schema['~standard'].vendor} that is not an object of named fields says nothing about them`,
      fix: 'use s.options({ … }), z.object({ … }), v.object({ … }) or type({ … })',
    });
  }
  return [...fields].map(([name, view]) => fieldOf(name, view));
}

/**
 * What `pipeline` checks when it is called.
 *
 * @throws STRAHL-9003 for a name of the command line's own, STRAHL-9004 for a schema without fields
 */
export function checkOptions(
  schema: Schema<unknown>,
  pipeline: string,
  site: Site | undefined,
): void {
  const taken = optionFields(schema).filter(({ flag }) => RESERVED_FLAGS.has(flag));
  if (taken.length === 0) return;
  const names = taken.map(({ flag }) => `--${flag}`).join(', ');
  throw new StrahlError('optionNameTaken', {
    title: `pipeline "${pipeline}" has options with names of Strahl's own: ${names}`,
    ...(site === undefined ? {} : { site }),
    fix: `rename ${taken.map(({ name }) => name).join(', ')}, for example to ${taken[0]!.name}Name`,
  });
}

/**
 * The options that `raw` gives: texts of flags and of the environment turned into the types of their
 * fields, defaults filled in, all checked by the schema.
 *
 * @throws STRAHL-9002 that lists every wrong and every missing value
 */
export function parseOptions<O>(
  schema: Schema<O>,
  raw: Readonly<Record<string, unknown>>,
): O | Promise<O> {
  const fields = optionFields(schema);
  const values: Record<string, unknown> = {};
  for (const field of fields) {
    if (Object.hasOwn(raw, field.name) && raw[field.name] !== undefined) {
      values[field.name] = fromText(raw[field.name], field);
    }
  }
  const result = schema['~standard'].validate(values);
  return 'then' in result
    ? result.then((r) => valueOrThrow(r, fields, values))
    : valueOrThrow(result, fields, values);
}

const READ: unique symbol = Symbol.for('strahl.options');

/** Options that have been through their schema, of all copies of this library in the process. */
function read(): WeakSet<object> {
  const shared: { [READ]?: WeakSet<object> | undefined } = globalThis as object;
  return (shared[READ] ??= new WeakSet());
}

/** Whether `parseOptions` gave these options: a schema that changes values would not take them again. */
export function isRead(options: object): boolean {
  return read().has(options);
}

type Result<O> = Awaited<ReturnType<Schema<O>['~standard']['validate']>>;

function valueOrThrow<O>(
  result: Result<O>,
  fields: readonly OptionField[],
  values: Readonly<Record<string, unknown>>,
): O {
  if (result.issues === undefined) {
    if (typeof result.value === 'object' && result.value !== null) read().add(result.value);
    return result.value;
  }
  const problems = result.issues.map(({ path = [], message }) => {
    const [first] = path.map((part) => (typeof part === 'object' ? part.key : part));
    const field = fields.find(({ name }) => name === first);
    if (field === undefined) return message;
    return Object.hasOwn(values, field.name) || field.optional
      ? `--${field.flag}: ${field.secret ? 'is not accepted' : message}`
      : `--${field.flag} is missing`;
  });
  throw new StrahlError('badValue', {
    title: problems.join('\n'),
    fix: 'see --help for the options and their types',
  });
}

function fieldOf(name: string, { type, notes }: SchemaView): OptionField {
  return {
    name,
    flag: name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`),
    type: typeOf(type),
    ...(type.kind === 'array' ? { itemType: typeOf(type.element) } : {}),
    ...(notes.description === undefined ? {} : { description: notes.description }),
    ...(notes.default === undefined ? {} : { default: notes.default }),
    optional: notes.optional === true || notes.default !== undefined,
    secret: notes.secret === true,
    ...(notes.literals === undefined ? {} : { literals: notes.literals }),
  };
}

function typeOf(type: SchemaType): OptionType {
  switch (type.kind) {
    case 'string':
    case 'boolean':
    case 'bigint':
    case 'duration':
    case 'instant':
      return type.kind;
    case 'int32':
    case 'int64':
      return 'integer';
    case 'double':
      return 'number';
    case 'array':
      return 'list';
    default:
      return type.kind === 'decimal' ? 'string' : 'other';
  }
}

/** A text as the type of its field; what does not fit stays as it is, and the schema says so. */
function fromText(given: unknown, { type, itemType }: OptionField): unknown {
  if (type === 'list') {
    const items: readonly unknown[] = Array.isArray(given) ? given : [given];
    return items.map((item) => scalarFromText(item, itemType ?? 'other'));
  }
  // A flag given several times: the last one counts.
  return scalarFromText(Array.isArray(given) ? (given as unknown[]).at(-1) : given, type);
}

function scalarFromText(given: unknown, type: OptionType): unknown {
  if (typeof given !== 'string') return given;
  switch (type) {
    case 'integer':
      return integerOfText(given);
    case 'bigint':
      return bigintOfText(given);
    case 'number':
      return numberOfText(given);
    case 'boolean':
      return given === 'true' || given === '' ? true : given === 'false' ? false : given;
    default:
      return given;
  }
}
