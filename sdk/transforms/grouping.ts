import { StrahlError } from '#portability/errors.js';
import { commonChoice, iterableOf, kvOf, PLAIN } from '../graph/coder-choice.js';
import type { GraphBuilder } from '../graph/graph-builder.js';
import { pathOfNode, type CollectionNode, type Windowing } from '../graph/graph-node.js';
import {
  afterGrouping,
  areCompatible,
  DEFAULT_WINDOWING,
  describeWindowing,
} from '../graph/windowing.js';
import { keyedCoder, requireDeterministicKey, requireGroupable } from './checks.js';
import type { StepInput } from './par-do.js';

export function groupByKeyStep({ graph, main }: StepInput): CollectionNode {
  const name = 'groupByKey';
  graph.use(main, name);
  const { key, value } = keyedCoder(graph, main, name);
  requireDeterministicKey(graph, key, name);
  requireGroupable(graph, main, name);
  const node = graph.add({ name, spec: { kind: 'group-by-key' }, inputs: { in: main } });
  return graph.output(node, 'out', {
    coder: kvOf(key, iterableOf(value)),
    boundedness: main.boundedness,
    windowing: afterGrouping(main.windowing),
  });
}

/**
 * All elements of the inputs, which must agree in their windows.
 *
 * @throws STRAHL-1004 if they do not
 */
export function flattenStep(
  graph: GraphBuilder,
  inputs: readonly CollectionNode[],
  name = 'flatten',
): CollectionNode {
  for (const input of inputs) graph.use(input, name);
  const first = inputs[0];
  for (const other of inputs) requireCompatible(graph, first!, other, name, 'incompatibleFlatten');
  const node = graph.add({
    name,
    spec: { kind: 'flatten' },
    inputs: Object.fromEntries(inputs.map((input, i) => [`in${String(i)}`, input])),
  });
  return graph.output(node, 'out', {
    coder: inputs.map((input) => input.coder).reduce(commonChoice, first?.coder ?? PLAIN),
    boundedness: inputs.every((input) => input.boundedness === 'bounded') ? 'bounded' : 'unbounded',
    // Sessions that one of the inputs has still to merge have to be merged in the union.
    windowing:
      inputs.find((input) => input.windowing.mergeStatus === 'needs-merge')?.windowing ??
      first?.windowing ??
      DEFAULT_WINDOWING,
  });
}

export function requireCompatible(
  graph: GraphBuilder,
  a: CollectionNode,
  b: CollectionNode,
  name: string,
  key: 'incompatibleFlatten' | 'incompatibleWindows',
): void {
  if (areCompatible(a.windowing, b.windowing)) return;
  throw new StrahlError(key, {
    title: `inputs of ${name} have incompatible windows`,
    ...graph.where(name),
    why:
      `"${pathOfNode(a.producer)}" is in ${describeWindowing(a.windowing)}, ` +
      `"${pathOfNode(b.producer)}" in ${describeWindowing(b.windowing)}`,
    fix: 'give both the same .window(…) before',
  });
}

/** Elements pass unchanged; a runner that does not know the composite runs its identity. */
export function reshuffleStep(input: StepInput): CollectionNode {
  const { graph, main } = input;
  graph.use(main, 'reshuffle');
  return graph.inside(
    { name: 'reshuffle', spec: { kind: 'reshuffle' }, inputs: { in: main } },
    (composite) => graph.expose(composite, 'out', identity(input, 'pass')),
  );
}

/** A step that passes every element on, its windows as they are. */
export function identity(
  { graph, main }: StepInput,
  name: string,
  windowing: Windowing = main.windowing,
): CollectionNode {
  const node = graph.add({
    name,
    spec: {
      kind: 'par-do',
      fn: { kind: 'map', call: (x: unknown) => x, sides: {}, concurrency: 1, ordered: true },
      sides: {},
    },
    inputs: { in: main },
  });
  const { coder, boundedness } = main;
  return graph.output(node, 'out', { coder, boundedness, windowing });
}
