import { describeGiven } from '#portability/describe-given.js';
import { StrahlError } from '#portability/errors.js';
import type { GraphBuilder } from '../graph/graph-builder.js';
import type { CollectionNode, TransformNode } from '../graph/graph-node.js';
import type { AnyFunction } from './par-do.js';

/** A collection as the class sees it, without its methods. */
interface CollectionLike {
  readonly graph: GraphBuilder;
  readonly node: CollectionNode;
}

const LIBRARY: unique symbol = Symbol.for('strahl.library-transform');

/** Marks a composite of ours: its steps are where the user applied it, not where we wrote it. */
export function libraryTransform<F extends AnyFunction>(name: string, f: F): F {
  Object.defineProperty(f, 'name', { value: name });
  Object.defineProperty(f, LIBRARY, { value: true });
  return f;
}

/**
 * Runs the composite `t` in a scope of its own. Its steps are the user's, with call sites of their own,
 * unless it is one of ours.
 */
export function applyComposite(
  owner: CollectionLike,
  first: string | AnyFunction,
  second?: AnyFunction,
  input: unknown = owner,
): unknown {
  const { graph } = owner;
  const explicit = typeof first === 'string' ? first : undefined;
  const f: AnyFunction | undefined = typeof first === 'string' ? second : first;
  if (typeof f !== 'function') throw noComposite(owner, f);
  const name = explicit ?? (f.name === '' ? 'composite' : f.name);
  return graph.inside(
    { name, ...(isCollectionLike(input) ? { inputs: { in: input.node } } : {}) },
    (composite) => {
      if (explicit !== undefined) graph.rename(composite, explicit);
      const run = (): unknown => f(input);
      const result =
        (f as { readonly [LIBRARY]?: true })[LIBRARY] === true ? run() : graph.asUser(run);
      exposeAll(graph, composite, result);
      return result;
    },
  );
}

function noComposite({ graph }: CollectionLike, given: unknown): StrahlError {
  return new StrahlError('badValue', {
    title: `apply and pipe take a function of a collection, not ${describeGiven(given)}`,
    ...graph.where('apply'),
    fix: '.apply((input) => input.map(f)), or .apply("Name", (input) => …)',
  });
}

/** A collection, or the collections of an object or array, become the outputs of `composite`. */
export function exposeAll(graph: GraphBuilder, composite: TransformNode, result: unknown): void {
  if (isCollectionLike(result)) {
    graph.expose(composite, 'out', result.node);
    return;
  }
  if (typeof result !== 'object' || result === null) return;
  for (const [name, part] of Object.entries(result)) {
    if (isCollectionLike(part)) graph.expose(composite, name, part.node);
  }
}

function isCollectionLike(x: unknown): x is CollectionLike {
  return typeof x === 'object' && x !== null && 'graph' in x && 'node' in x;
}
