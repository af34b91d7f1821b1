import type { CoderId } from '#portability/model/ids.js';
import type { UserCoder } from '../dofn/user-function.js';
import { whyNotDeterministic, type SchemaType } from '../schema/schema-type.js';

/**
 * Which coder a PCollection shall have. Only described here: making a coder of it is left to the run, so
 * that importing `strahl` loads no coder.
 */
export type CoderChoice =
  /** Any plain data, in self-describing bytes. */
  | { readonly kind: 'plain' }
  /** The part of plain data with deterministic bytes. */
  | { readonly kind: 'plain-key' }
  | { readonly kind: 'bytes' }
  /** What a schema says exactly. */
  | { readonly kind: 'typed'; readonly type: SchemaType }
  | { readonly kind: 'kv'; readonly key: CoderChoice; readonly value: CoderChoice }
  | { readonly kind: 'iterable'; readonly element: CoderChoice }
  /** The groups of a `coGroupByKey`, by the names of its inputs, and what they hold. */
  | {
      readonly kind: 'co-grouped';
      readonly names: readonly string[];
      readonly values: readonly CoderChoice[];
    }
  /** A number, and a value in the coder with that number. */
  | { readonly kind: 'tagged'; readonly values: readonly CoderChoice[] }
  /** An array, unlike an iterable, which may be longer than memory. */
  | { readonly kind: 'list'; readonly element: CoderChoice }
  /** An array with a coder for each place; any of its values may be `undefined`. */
  | { readonly kind: 'tuple'; readonly values: readonly CoderChoice[] }
  /** An object with a coder for each of its fields. */
  | {
      readonly kind: 'record';
      readonly names: readonly string[];
      readonly values: readonly CoderChoice[];
    }
  | { readonly kind: 'user'; readonly coder: UserCoder; readonly deterministic: boolean }
  /** Of a collection of another SDK, whose graph names it so. */
  | { readonly kind: 'foreign'; readonly coderId: CoderId; readonly deterministic: boolean };

export const PLAIN: CoderChoice = Object.freeze({ kind: 'plain' });
export const PLAIN_KEY: CoderChoice = Object.freeze({ kind: 'plain-key' });
export const BYTES: CoderChoice = Object.freeze({ kind: 'bytes' });

export function kvOf(key: CoderChoice, value: CoderChoice): CoderChoice & { readonly kind: 'kv' } {
  return Object.freeze({ kind: 'kv', key, value });
}

export function iterableOf(element: CoderChoice): CoderChoice {
  return Object.freeze({ kind: 'iterable', element });
}

/** Pairs of the number of one of `values` and what that encodes. */
export function taggedOf(values: readonly CoderChoice[]): CoderChoice {
  return values.every(isPlainData) ? PLAIN : Object.freeze({ kind: 'tagged', values });
}

/** Arrays of what `element` encodes. */
export function listOf(element: CoderChoice): CoderChoice {
  return isPlainData(element) ? PLAIN : Object.freeze({ kind: 'list', element });
}

/** Arrays of one value each, or `undefined`, of what `values` encode. */
export function tupleOf(...values: readonly CoderChoice[]): CoderChoice {
  return values.every(isPlainData) ? PLAIN : Object.freeze({ kind: 'tuple', values });
}

/** Objects with fields of these names, of what `values` encode. */
export function recordOf(names: readonly string[], values: readonly CoderChoice[]): CoderChoice {
  return values.every(isPlainData) ? PLAIN : Object.freeze({ kind: 'record', names, values });
}

/** Whether equal values give equal bytes, so that it may encode a key. */
export function isDeterministic(choice: CoderChoice): boolean {
  switch (choice.kind) {
    case 'plain':
    case 'co-grouped':
    case 'tagged':
    case 'list':
    case 'tuple':
    case 'record':
      return false;
    case 'plain-key':
    case 'bytes':
      return true;
    case 'typed':
      return whyNotDeterministic(choice.type) === undefined;
    case 'user':
    case 'foreign':
      return choice.deterministic;
    case 'kv':
      return isDeterministic(choice.key) && isDeterministic(choice.value);
    case 'iterable':
      return isDeterministic(choice.element);
  }
}

/** The coder of elements used as keys: their own if its bytes are deterministic. */
export function keyChoiceOf(element: CoderChoice): CoderChoice {
  return isDeterministic(element) ? element : PLAIN_KEY;
}

/** One coder for elements that come with `a` or with `b`. */
export function commonChoice(a: CoderChoice, b: CoderChoice): CoderChoice {
  if (isSameChoice(a, b)) return a;
  if (a.kind === 'kv' && b.kind === 'kv') {
    const key = commonChoice(a.key, b.key);
    return kvOf(isDeterministic(key) ? key : PLAIN_KEY, commonChoice(a.value, b.value));
  }
  if (a.kind === 'iterable' && b.kind === 'iterable') {
    return iterableOf(commonChoice(a.element, b.element));
  }
  return PLAIN;
}

function isSameChoice(a: CoderChoice, b: CoderChoice): boolean {
  if (a === b) return true;
  if (a.kind === 'kv' && b.kind === 'kv') {
    return isSameChoice(a.key, b.key) && isSameChoice(a.value, b.value);
  }
  if (a.kind === 'iterable' && b.kind === 'iterable') return isSameChoice(a.element, b.element);
  if (a.kind === 'user' && b.kind === 'user') return a.coder === b.coder;
  if (a.kind === 'foreign' && b.kind === 'foreign') return a.coderId === b.coderId;
  if (a.kind === 'typed' && b.kind === 'typed') {
    return a.type === b.type || JSON.stringify(a.type) === JSON.stringify(b.type);
  }
  if (a.kind === 'co-grouped' && b.kind === 'co-grouped') {
    return JSON.stringify(a.names) === JSON.stringify(b.names) && areSame(a.values, b.values);
  }
  if (a.kind === 'record' && b.kind === 'record') {
    return JSON.stringify(a.names) === JSON.stringify(b.names) && areSame(a.values, b.values);
  }
  if (a.kind === 'list' && b.kind === 'list') return isSameChoice(a.element, b.element);
  if (a.kind === 'tagged' && b.kind === 'tagged') return areSame(a.values, b.values);
  if (a.kind === 'tuple' && b.kind === 'tuple') return areSame(a.values, b.values);
  return a.kind === b.kind && (a.kind === 'bytes' || a.kind.startsWith('plain'));
}

function areSame(a: readonly CoderChoice[], b: readonly CoderChoice[]): boolean {
  return a.length === b.length && a.every((choice, i) => isSameChoice(choice, b[i]!));
}

/** Whether the self-describing bytes of plain data can hold whatever `choice` can. */
function isPlainData(choice: CoderChoice): boolean {
  switch (choice.kind) {
    case 'kv':
      return isPlainData(choice.key) && isPlainData(choice.value);
    case 'plain':
    case 'plain-key':
    case 'bytes':
    case 'typed':
      return true;
    default:
      return false;
  }
}
