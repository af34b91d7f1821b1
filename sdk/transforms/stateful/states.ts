import { descriptionOf, type CombineFn } from '../../combine-fn.js';
import {
  stateOf,
  type BagState,
  type CombiningState,
  type MapState,
  type MultimapState,
  type OrderedListState,
  type SetState,
  type State,
  type ValueState,
} from '../../dofn/state.js';
import { isDeterministic, PLAIN, PLAIN_KEY, type CoderChoice } from '../../graph/coder-choice.js';
import { refusalOf } from '../../graph/placed.js';
import type { Callee } from '../../graph/site.js';
import { choiceOf } from '../../schema/choice.js';
import type { Schema } from '../../schema/schema.js';

/**
 * A state of one value, read and written at once.
 *
 * @param schema the type of the value, and how it is stored
 * @param initial what `read` gives before anything is written. Default: `undefined`
 *
 * @example
 * ```ts
 * import { s, value } from 'strahl';
 * const count = value(s.int, 0);
 * ```
 */
export function value<T>(schema: Schema<T>, initial: NoInfer<T>): State<ValueState<T>>;
export function value<T>(schema: Schema<T>): State<ValueState<T | undefined>>;
export function value<T>(
  schema: Schema<T>,
  initial?: T,
  ...more: readonly unknown[]
): State<ValueState<T | undefined>> {
  refuseOptions(more, 'value', value);
  return stateOf({ kind: 'value', value: coderOf(schema, value), initial });
}

/**
 * A state that a combiner reduces as inputs come, read and written at once.
 *
 * @example
 * ```ts
 * import { combining, sum } from 'strahl';
 * const total = combining(sum((order: { readonly amount: number }) => order.amount));
 * ```
 */
export function combining<I, A, O>(combiner: CombineFn<I, A, O>): State<CombiningState<I, O>>;
export function combining<I, A, O>(
  combiner: CombineFn<I, A, O>,
  ...more: readonly unknown[]
): State<CombiningState<I, O>> {
  refuseOptions(more, 'combining', combining);
  const description = descriptionOf(combiner);
  if (description === undefined) {
    throw refusalOf(combining, 'badValue', {
      title: 'combining is given something that is no combiner',
      fix: 'pass count(), sum(f), min(f), … or what combineFn({ … }) made',
    });
  }
  return stateOf({ kind: 'combining', value: description.accumulator, fn: description.fn });
}

/**
 * A state of any number of values, in no particular order.
 *
 * @example
 * ```ts
 * import { bag, s } from 'strahl';
 * const waiting = bag(s.string);
 * ```
 */
export function bag<T>(schema: Schema<T>): State<BagState<T>> {
  return stateOf({ kind: 'bag', value: coderOf(schema, bag) });
}

/**
 * A state of values that are there once or not at all.
 *
 * @throws STRAHL-1103 if equal values could have different bytes
 *
 * @example
 * ```ts
 * import { s, setOf } from 'strahl';
 * const seen = setOf(s.string);
 * ```
 */
export function setOf<T>(schema: Schema<T>): State<SetState<T>> {
  return stateOf({ kind: 'set', value: keyCoderOf(schema, 'the values of setOf', setOf) });
}

/**
 * A state of one value per map key.
 *
 * @throws STRAHL-1103 if equal keys could have different bytes
 *
 * @example
 * ```ts
 * import { mapOf, s } from 'strahl';
 * const stock = mapOf(s.string, s.int);
 * ```
 */
export function mapOf<K, V>(keys: Schema<K>, values: Schema<V>): State<MapState<K, V>> {
  const key = keyCoderOf(keys, 'the keys of mapOf', mapOf);
  return stateOf({ kind: 'map', key, value: coderOf(values, mapOf) });
}

/**
 * A state of any number of values per map key.
 *
 * @throws STRAHL-1103 if equal keys could have different bytes
 *
 * @example
 * ```ts
 * import { multimapOf, s } from 'strahl';
 * const urlsByHost = multimapOf(s.string, s.string);
 * ```
 */
export function multimapOf<K, V>(keys: Schema<K>, values: Schema<V>): State<MultimapState<K, V>> {
  const key = keyCoderOf(keys, 'the keys of multimapOf', multimapOf);
  return stateOf({ kind: 'multimap', key, value: coderOf(values, multimapOf) });
}

/**
 * A state of values by time, of which ranges are read and cleared.
 *
 * @example
 * ```ts
 * import { orderedList, s } from 'strahl';
 * const readings = orderedList(s.double);
 * ```
 */
export function orderedList<T>(schema: Schema<T>): State<OrderedListState<T>> {
  return stateOf({ kind: 'ordered-list', value: coderOf(schema, orderedList) });
}

function coderOf(schema: Schema<unknown>, callee: Callee): CoderChoice {
  checkSchema(schema, callee);
  return choiceOf(schema) ?? PLAIN;
}

function keyCoderOf(schema: Schema<unknown>, what: string, callee: Callee): CoderChoice {
  checkSchema(schema, callee);
  const choice = choiceOf(schema) ?? PLAIN_KEY;
  if (isDeterministic(choice)) return choice;
  throw refusalOf(callee, 'keyNotDeterministic', {
    title: `${what} have a schema whose bytes may differ for equal values`,
    why: 'they are found by their bytes',
    fix: 'use strings, integers, booleans, bytes or rows of them',
  });
}

/** State that loads when it is asked would be read by a promise. */
function refuseOptions(more: readonly unknown[], name: string, callee: Callee): void {
  if (more.length === 0) return;
  throw refusalOf(callee, 'unsupportedFeature', {
    title: `${name} has no options, such as load: 'lazy'`,
    why: 'its cells are there before the function is called, so that read() needs no await',
    fix: 'leave them out, or keep what is large in a bag, map or ordered list',
  });
}

/** For callers without a compiler. */
function checkSchema(schema: unknown, callee: Callee): void {
  if (typeof schema === 'object' || typeof schema === 'function') {
    if (schema !== null && '~standard' in schema) return;
  }
  throw refusalOf(callee, 'badValue', {
    title: 'a state is given something that is no schema',
    fix: 'say what it holds, for example value(s.int, 0)',
  });
}
