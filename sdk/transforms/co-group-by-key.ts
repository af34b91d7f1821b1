import { StrahlError } from '#portability/errors.js';
import type { Bound, Groupable, Win } from '../collections/boundedness.js';
import { Collection, nodeOf, publicOf } from '../collections/collection.js';
import { commonChoice, isPlainData, kvOf, PLAIN, type CoderChoice } from '../graph/coder-choice.js';
import type { Group } from '../dofn/dofn.js';
import type { GraphBuilder } from '../graph/graph-builder.js';
import type { CollectionNode } from '../graph/graph-node.js';
import type { Keyed } from '../collections/pcollection.js';
import { siteOfCall } from '../graph/site.js';
import { keyedCoder, requireGroupable } from './checks.js';
import { mapValuesStep } from './elements.js';
import { flattenStep, groupByKeyStep, requireCompatible } from './grouping.js';
import { parDoOne } from './par-do.js';

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- all four are inferred from the inputs
type Inputs = Record<string, Keyed<any, any, any, any>>;

type KeyOf<C> = C[keyof C] extends Keyed<infer K, infer _V, infer _B, infer _W> ? K : never;

/** Unbounded if one input is. */
type BoundOf<C> = C[keyof C] extends Keyed<infer _K, infer _V, infer B, infer _W> ? B : Bound;
type WinOf<C> = C[keyof C] extends Keyed<infer _K, infer _V, infer _B, infer W> ? W : Win;

/** The values of each input, by its name. */
export type CoGrouped<C> = {
  readonly [N in keyof C]: C[N] extends Keyed<infer _K, infer V, infer _B, infer _W>
    ? Group<V>
    : never;
};

/**
 * All values of each key and window, input by input. The inputs must have the same windows.
 *
 * @throws STRAHL-1201 for an unbounded input in the global window, STRAHL-1202 for different windows
 * @example
 * ```ts
 * import { coGroupByKey, pipeline } from 'strahl';
 * export const p = pipeline('profiles', (p) => {
 *   const names = p.of([['1', 'Ann'] as const]).keyed();
 *   const ages = p.of([['1', 30] as const]).keyed();
 *   return coGroupByKey({ names, ages }).map(async ([id, g]) => [id, await g.names.toArray(), await g.ages.toArray()]);
 * });
 * ```
 */
export function coGroupByKey<C extends Inputs>(
  inputs: C & Record<string, Groupable<BoundOf<C>, WinOf<C>>>,
): Keyed<KeyOf<C>, CoGrouped<C>, BoundOf<C>, WinOf<C>> {
  const first = Object.values(inputs)[0];
  if (!(first instanceof Collection)) {
    throw new StrahlError('foreignCollection', {
      title: 'coGroupByKey is given no collections',
      fix: 'pass an object of collections with keys: coGroupByKey({ orders, customers })',
    });
  }
  const { graph } = first;
  return graph.at(
    () => siteOfCall(coGroupByKey),
    () => {
      const nodes = Object.entries(inputs).map(
        ([name, input]) => [name, nodeOf(input, graph, 'coGroupByKey')] as const,
      );
      return publicOf(new Collection(graph, coGroupStep(graph, Object.fromEntries(nodes))));
    },
  );
}

/** The co-grouping as a step; `name` is told where the inputs do not fit. */
export function coGroupStep(
  graph: GraphBuilder,
  inputs: Readonly<Record<string, CollectionNode>>,
  name = 'coGroupByKey',
): CollectionNode {
  const names = Object.keys(inputs);
  const nodes = Object.values(inputs);
  for (const node of nodes) {
    keyedCoder(graph, node, name);
    requireGroupable(graph, node, name);
    requireCompatible(graph, nodes[0]!, node, name, 'incompatibleWindows');
  }
  return graph.inside({ name: 'coGroupByKey', inputs }, (composite) => {
    const values = nodes.map((n) => keyedCoder(graph, n, name).value);
    const coder = taggedOf(values);
    const tagged = nodes.map((main, i) =>
      mapValuesStep({ graph, main }, (v: unknown) => [i, v], 'tag', coder),
    );
    const grouped = groupByKeyStep({ graph, main: flattenStep(graph, tagged) });
    const key = nodes.map((n) => keyedCoder(graph, n, name).key).reduce(commonChoice);
    const result = parDoOne(
      { graph, main: grouped },
      {
        name: 'byInput',
        fn: (fields) => ({ kind: 'map-values', call: byInput(names), ...fields }),
        coder: kvOf(key, { kind: 'co-grouped', names, values }),
      },
    );
    return graph.expose(composite, 'out', result);
  });
}

/** Values that are no plain data keep their own coders. */
function taggedOf(values: readonly CoderChoice[]): CoderChoice {
  return values.every(isPlainData) ? PLAIN : { kind: 'tagged', values };
}

type TaggedValue = readonly [input: number, value: unknown];

function byInput(names: readonly string[]) {
  return (group: Group<TaggedValue>): Readonly<Record<string, Group<unknown>>> =>
    Object.fromEntries(names.map((name, i) => [name, new GroupOfInput(group, i)]));
}

/** The values of one input: a view of the whole group, which may exceed memory. */
class GroupOfInput implements Group<unknown>, Iterable<unknown> {
  readonly #all: Group<TaggedValue>;
  readonly #input: number;

  constructor(all: Group<TaggedValue>, input: number) {
    this.#all = all;
    this.#input = input;
  }

  /** For coders. The library's own groups can be gone through at once. */
  *[Symbol.iterator](): Iterator<unknown> {
    const all = this.#all as Group<TaggedValue> & Iterable<TaggedValue>;
    for (const [input, value] of all) if (input === this.#input) yield value;
  }

  async *[Symbol.asyncIterator](): AsyncIterator<unknown> {
    for await (const [input, value] of this.#all) if (input === this.#input) yield value;
  }

  async toArray(): Promise<readonly unknown[]> {
    const all = await this.#all.toArray();
    return all.flatMap(([input, value]) => (input === this.#input ? [value] : []));
  }
}
