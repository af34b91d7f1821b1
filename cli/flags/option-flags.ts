import { type OptionField, optionFields } from '#sdk/options.js';
import type { Schema } from '#sdk/schema/schema.js';
import type { Flag } from './flags.js';

/** The flags of a pipeline's options. */
export function flagsOf(schema: Schema<unknown> | undefined): readonly Flag[] {
  return schema === undefined ? [] : optionFields(schema).map(flagOf);
}

function flagOf(field: OptionField): Flag {
  const { flag, type, description = '' } = field;
  return {
    name: flag,
    ...(type === 'boolean' ? {} : { value: valueName(field) }),
    ...(type === 'list' ? { many: true } : {}),
    about: [description, noteOf(field)].filter((part) => part !== '').join('  '),
  };
}

function valueName({ type, itemType, literals }: OptionField): string {
  if (literals !== undefined && literals.length <= 6) return literals.map(String).join('|');
  switch (type === 'list' ? (itemType ?? 'other') : type) {
    case 'integer':
    case 'bigint':
      return 'INTEGER';
    case 'number':
      return 'NUMBER';
    case 'duration':
      return 'DURATION';
    case 'instant':
      return 'TIME';
    case 'other':
      return 'JSON';
    default:
      return 'TEXT';
  }
}

/** What is not said by the name: whether it may be left out, repeated, shown. */
function noteOf(field: OptionField): string {
  const notes: string[] = [];
  if (field.default !== undefined) {
    const text = field.secret ? undefined : textOf(field.default.value);
    notes.push(text === undefined ? 'has a default' : `default ${text}`);
  } else if (!field.optional) {
    notes.push('required');
  }
  if (field.type === 'list') notes.push('may be repeated');
  if (field.secret) notes.push('secret');
  return notes.length === 0 ? '' : `(${notes.join(', ')})`;
}

/** `undefined` for what has no text, such as a function that makes the default. */
function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  if (typeof value === 'bigint') return String(value);
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'bigint' ? String(part) : part,
  );
}
