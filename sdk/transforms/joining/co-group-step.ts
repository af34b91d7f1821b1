import type { Group } from '../../dofn/dofn.js';
import { commonChoice, kvOf, taggedOf } from '../../graph/coder-choice.js';
import type { GraphBuilder } from '../../graph/graph-builder.js';
import type { CollectionNode } from '../../graph/graph-node.js';
import { keyedCoder, requireGroupable } from '../checks.js';
import { mapValuesStep } from '../elements.js';
import { flattenStep, groupByKeyStep, requireCompatible } from '../grouping.js';
import { parDoOne } from '../par-do.js';

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
