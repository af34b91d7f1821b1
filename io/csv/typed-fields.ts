import { viewOfSchema } from '#sdk/schema/adapters.js';
import { integerOfText, numberOfText } from '#sdk/schema/from-text.js';
import type { Schema } from '#sdk/schema/schema.js';
import type { SchemaView } from '#sdk/schema/schema-view.js';
import { isOwnView } from '#sdk/schema/type-schema.js';

type Fields = Readonly<Record<string, string>>;

/**
 * Makes the fields of a record what a schema of `s` says they are: numbers, and true or false. Such a schema takes no
 * text for them, and CSV has nothing else. Schemas of other libraries convert by themselves where they are asked to.
 *
 * @returns `undefined` where all fields are texts
 */
export function typedFields(
  schema: Schema<unknown>,
): ((fields: Fields) => Readonly<Record<string, unknown>>) | undefined {
  const readers = new Map<string, (text: string) => unknown>();
  for (const [name, view] of viewOfSchema(schema).fields ?? []) {
    const read = isOwnView(view) ? readerOf(view) : undefined;
    if (read !== undefined) readers.set(name, orMissing(view, read));
  }
  if (readers.size === 0) return undefined;
  return (fields) => {
    const typed: Record<string, unknown> = { ...fields };
    for (const [name, read] of readers) {
      if (Object.hasOwn(fields, name)) typed[name] = read(fields[name]!);
    }
    return typed;
  };
}

/** What does not fit stays text, and the schema says so. */
function readerOf({ type }: SchemaView): ((text: string) => unknown) | undefined {
  switch (type.kind) {
    case 'int32':
    case 'int64':
      return integerOfText;
    case 'double':
      return numberOfText;
    case 'boolean':
      return (text) => (text === 'true' ? true : text === 'false' ? false : text);
    default:
      return undefined;
  }
}

/** An empty field is how CSV says that there is no value. */
function orMissing(
  { type, notes }: SchemaView,
  read: (text: string) => unknown,
): (text: string) => unknown {
  const missing = type.nullable
    ? null
    : notes.optional === true || notes.default !== undefined
      ? undefined
      : '';
  return (text) => (text === '' ? missing : read(text));
}
