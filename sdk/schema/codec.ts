import { StrahlError } from '#portability/errors.js';
import { jsonReader, jsonText } from './json.js';
import type { Schema } from './schema.js';

/**
 * The form of values outside: in a record of a topic, in a line of a file. (A *coder* is the form of values
 * between our own stages.)
 *
 * @example
 * ```ts
 * import type { Codec } from 'strahl';
 * const upper: Codec<string> = {
 *   encode: (text) => new TextEncoder().encode(text.toUpperCase()),
 *   decode: (bytes) => new TextDecoder().decode(bytes),
 * };
 * ```
 */
export interface Codec<T> {
  /** The bytes of `value`. */
  encode(value: T): Uint8Array;
  /** The value of `bytes`, which somebody else may have written: throws for what it cannot read. */
  decode(bytes: Uint8Array): T;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Text as UTF-8. Bytes that are none are STRAHL-5002.
 *
 * @example
 * ```ts
 * import { utf8 } from 'strahl';
 * console.log(utf8.decode(utf8.encode('Grüße')));
 * ```
 */
export const utf8: Codec<string> = Object.freeze({
  encode: (text: string) => encoder.encode(text),
  decode: (input: Uint8Array) => {
    try {
      return decoder.decode(input);
    } catch (cause) {
      throw new StrahlError('cannotDecode', {
        title: `${String(input.length)} bytes are not UTF-8 text`,
        cause,
      });
    }
  },
});

/**
 * Bytes as they are.
 *
 * @example
 * ```ts
 * import { bytes } from 'strahl';
 * const same = bytes.decode(bytes.encode(new Uint8Array([1, 2, 3])));
 * ```
 */
export const bytes: Codec<Uint8Array> = Object.freeze({
  encode: (value: Uint8Array) => value,
  decode: (value: Uint8Array) => value,
});

/**
 * JSON in UTF-8, checked by `schema` when it is read. Integers beyond ±(2^53 − 1) are errors, never rounded.
 *
 * @example
 * ```ts
 * import { json, s } from 'strahl';
 * const clicks = json(s.row({ user: s.string, at: s.int64 }));
 * console.log(clicks.decode(clicks.encode({ user: 'ann', at: 1 })).user);
 * ```
 */
export function json<T>(schema: Schema<T>): Codec<T> {
  const read = jsonReader(schema);
  return Object.freeze({
    encode: (value: T) => utf8.encode(jsonText(value)),
    decode: (input: Uint8Array) => read(utf8.decode(input)),
  });
}
