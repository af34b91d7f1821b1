import { StrahlError } from '#portability/errors.js';
import type { CoderChoice } from './graph/coder-choice.js';

/**
 * A user's way between values and the bytes that pass between stages.
 *
 * @example
 * ```ts
 * import type { Coder } from 'strahl';
 * const dates: Coder<Date> = {
 *   encode: (date) => new TextEncoder().encode(date.toISOString()),
 *   decode: (bytes) => new Date(new TextDecoder().decode(bytes)),
 * };
 * ```
 */
export interface Coder<T> {
  /** The bytes of `value`; called while elements leave a stage. */
  encode(value: T): Uint8Array;
  /** The value of what `encode` gave. */
  decode(bytes: Uint8Array): T;
}

declare const deterministic: unique symbol;

/**
 * A coder that gives equal keys equal bytes. Made by `keyCoder`.
 *
 * @example
 * ```ts
 * import { keyCoder, s, type KeyCoder } from 'strahl';
 * const byPlace: KeyCoder<{ readonly country: string; readonly city: string }> = keyCoder(
 *   s.row({ country: s.string, city: s.string }),
 * );
 * ```
 */
export interface KeyCoder<K> {
  readonly [deterministic]: (key: K) => K;
}

const CHOICE: unique symbol = Symbol.for('strahl.key-coder');

export function makeKeyCoder<K>(choice: CoderChoice): KeyCoder<K> {
  return Object.freeze({ [CHOICE]: choice }) as unknown as KeyCoder<K>;
}

/** @throws STRAHL-1103 for what `keyCoder` did not make */
export function choiceOfKeyCoder(
  x: unknown,
  where: { readonly step: string; readonly site?: string },
): CoderChoice {
  const choice =
    typeof x === 'object' && x !== null ? (x as { [CHOICE]?: CoderChoice })[CHOICE] : undefined;
  if (choice !== undefined) return choice;
  throw new StrahlError('keyNotDeterministic', {
    title: 'the key coder is not known to be deterministic',
    ...where,
    why: 'equal keys must have equal bytes, or they do not meet in one group',
    fix: 'make it with keyCoder(schema), for example keyCoder(s.row({ id: s.string }))',
  });
}
