import { StrahlError } from '#portability/errors.js';
import { describeTrigger, isSafe, unsafeText } from '#portability/model/trigger-rules.js';
import { isDeterministic, type CoderChoice } from '../graph/coder-choice.js';
import type { GraphBuilder } from '../graph/graph-builder.js';
import { pathOfNode, type CollectionNode } from '../graph/graph-node.js';
import { isPairCompatible } from '../schema/schema-type.js';

/**
 * The key and value coders of a collection with keys.
 *
 * @throws STRAHL-1102 if it has none
 */
export function keyedCoder(
  graph: GraphBuilder,
  input: CollectionNode,
  name: string,
): CoderChoice & { readonly kind: 'kv' } {
  if (input.coder.kind === 'kv') return input.coder;
  throw new StrahlError('notKeyed', {
    title: `${name} needs keys, but its input "${pathOfNode(input.producer)}" holds plain elements`,
    ...graph.where(name),
    fix: `.keyBy((x) => …) first, or .keyed() if the elements are [key, value] pairs`,
  });
}

/** @throws STRAHL-1102 if the elements are known to be no pairs */
export function requireKeyedPairs(graph: GraphBuilder, input: CollectionNode, name: string): void {
  const { coder } = input;
  const possible =
    coder.kind === 'kv' ||
    coder.kind === 'plain' ||
    coder.kind === 'plain-key' ||
    coder.kind === 'user';
  if (possible || (coder.kind === 'typed' && isPairCompatible(coder.type))) return;
  throw new StrahlError('notKeyed', {
    title: `${name} needs [key, value] pairs, but its input "${pathOfNode(input.producer)}" holds others`,
    ...graph.where(name),
    fix: `.map((x) => [x.key, x.value] as const) first, or .keyBy((x) => …)`,
  });
}

/**
 * @throws STRAHL-1201 if a window of `input` would never close, STRAHL-1204 if its trigger may finish and
 *   lose what comes later (TRG-4, TRG-5)
 */
export function requireGroupable(graph: GraphBuilder, input: CollectionNode, name: string): void {
  const { windowing, boundedness } = input;
  requireSafeTrigger(graph, input, name);
  if (boundedness === 'bounded' || windowing.windowFn.kind !== 'global') return;
  if (windowing.trigger.kind !== 'default') return;
  throw new StrahlError('groupNeverFires', {
    title: `${name} can never fire`,
    ...graph.where(name),
    why:
      `input is unbounded (${unboundedRoot(input)}) and still in the global window. GroupByKey cannot be ` +
      'applied to a non-bounded PCollection in the GlobalWindow without a trigger',
    fix: `.window(fixed('1m')) before .${name}(…), or .trigger(every('10s'), { panes: 'discarding' })`,
  });
}

/** @throws STRAHL-1201 if a window of `input` never closes, which no trigger changes */
export function requireClosing(graph: GraphBuilder, input: CollectionNode, name: string): void {
  const { windowing, boundedness } = input;
  if (boundedness === 'bounded' || windowing.windowFn.kind !== 'global') return;
  throw new StrahlError('groupNeverFires', {
    title: `${name} would wait for ever`,
    ...graph.where(name),
    why: `what it waits for is unbounded (${unboundedRoot(input)}) and in the global window, which never closes`,
    fix: `window "${pathOfNode(input.producer)}" first, for example .window(fixed('1m'))`,
  });
}

/** @throws STRAHL-1204 if the trigger of `input` may finish and lose what comes later (TRG-4) */
export function requireSafeTrigger(graph: GraphBuilder, input: CollectionNode, name: string): void {
  const { trigger, allowedLateness } = input.windowing;
  if (isSafe(trigger, allowedLateness)) return;
  throw new StrahlError('unsafeTrigger', {
    title: unsafeText(trigger),
    ...graph.where(name),
    why: 'when it has finished, every later element of the key and window is dropped',
    fix: `repeat(${describeTrigger(trigger)})`,
  });
}

/** @throws STRAHL-1103 if equal keys may have different bytes */
export function requireDeterministicKey(graph: GraphBuilder, key: CoderChoice, name: string): void {
  if (isDeterministic(key)) return;
  throw new StrahlError('keyNotDeterministic', {
    title: `the key coder of ${name} must be deterministic`,
    ...graph.where(name),
    why: 'equal keys must have equal bytes, or they do not meet in one group',
    fix: 'use keys of strings, integers, booleans, null, bytes or lists of them, or keyBy(f, keyCoder(schema))',
  });
}

/** The name of the source that makes `node` unbounded. */
function unboundedRoot(node: CollectionNode): string {
  let current = node;
  for (;;) {
    const next = [...current.producer.inputs.values()].find((i) => i.boundedness === 'unbounded');
    if (next === undefined) break;
    current = next;
  }
  return pathOfNode(current.producer);
}

/** @throws STRAHL-9002 for what cannot encode and decode */
export function checkCoder(graph: GraphBuilder, coder: unknown, name: string): void {
  const { encode, decode } = (coder ?? {}) as Partial<Record<'encode' | 'decode', unknown>>;
  if (typeof encode === 'function' && typeof decode === 'function') return;
  throw new StrahlError('badValue', {
    title: `${name} is given no coder`,
    ...graph.where(name),
    fix: `.${name}({ encode: (x) => bytes, decode: (bytes) => x })`,
  });
}

/** What a function of the user gives. A text is no list of its characters, which are hardly ever meant. */
export function checkedList<X>(what: string, given: Iterable<X>): Iterable<X> {
  const { [Symbol.iterator]: iterator } = ((given as unknown) ?? {}) as Partial<Iterable<X>>;
  if (typeof given === 'object' && typeof iterator === 'function') return given;
  throw new TypeError(`${what}, not ${typeof given}`);
}
