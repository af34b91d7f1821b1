import { StrahlError } from '#portability/errors.js';
import type { Schema } from './schema.js';

/**
 * `text` as JSON. Keys called `__proto__` are ordinary keys.
 *
 * @throws STRAHL-5005 for what is not JSON, STRAHL-5003 for an integer that a number cannot hold exactly
 */
function parseJsonText(text: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new StrahlError('recordMismatch', {
      title: `no JSON: ${(cause as { readonly message?: string }).message ?? ''}`,
      element: preview(text),
      cause,
    });
  }
  const inexact = inexactInteger(text);
  if (inexact === undefined) return value;
  throw new StrahlError('integerOutOfRange', {
    title: inexact,
    fix: 'write it as text in the JSON, or read it as a double by writing it with an exponent',
  });
}

/** Strings are matched first, so that digits inside of them are passed over. */
const TOKEN = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/** What to say of the first integer in a JSON text that a number cannot hold exactly. */
export function inexactInteger(text: string): string | undefined {
  // 2^53 has 16 digits: most texts are cleared by one search.
  if (!/\d{16}/.test(text)) return undefined;
  for (const [token] of text.matchAll(TOKEN)) {
    if (/^-?\d+$/.test(token) && !Number.isSafeInteger(Number(token))) {
      return `integer ${token} lies beyond ±(2^53 − 1) and would be rounded`;
    }
  }
  return undefined;
}

/** Reads texts of `schema`. */
export function jsonReader<T>(schema: Schema<T>): (text: string) => T {
  return (text) => checkedBy(schema, parseJsonText(text), text);
}

function checkedBy<T>(schema: Schema<T>, value: unknown, text: string): T {
  const result = schema['~standard'].validate(value);
  if ('then' in result) {
    throw new StrahlError('recordMismatch', {
      title: 'the schema checks asynchronously, which a codec cannot wait for',
      fix: 'use a schema without asynchronous checks',
    });
  }
  if (result.issues === undefined) return result.value;
  const issues = result.issues.map(({ path = [], message }) => {
    const names = path.map((part) => String(typeof part === 'object' ? part.key : part));
    return names.length === 0 ? message : `${names.join('.')}: ${message}`;
  });
  throw new StrahlError('recordMismatch', {
    title: `the record does not fit the schema: ${issues.join('; ')}`,
    element: preview(text),
  });
}

/**
 * `value` as JSON, for values that JSON can hold.
 *
 * @throws STRAHL-5001 for `undefined`, functions, and bigints
 */
export function jsonText(value: unknown): string {
  let text: string | undefined;
  try {
    text = stringify(value);
  } catch (cause) {
    throw new StrahlError('cannotEncode', {
      title: `a value cannot be written as JSON: ${(cause as { readonly message?: string }).message ?? ''}`,
      cause,
    });
  }
  if (text !== undefined) return text;
  throw new StrahlError('cannotEncode', {
    title: `a value of type ${typeof value} cannot be written as JSON`,
  });
}

/** Its type says nothing of the `undefined` that it gives for `undefined` and functions. */
const stringify: (value: unknown) => string | undefined = JSON.stringify;

function preview(text: string): string {
  return JSON.stringify(text.length > 200 ? `${text.slice(0, 200)}…` : text);
}
