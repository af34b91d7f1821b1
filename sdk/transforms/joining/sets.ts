import type { CombinerDescription } from '../../combine-fn.js';
import { PLAIN } from '../../graph/coder-choice.js';
import type { CollectionNode } from '../../graph/graph-node.js';
import { requireGroupable } from '../checks.js';
import type { Combiner } from '../combining/combiners.js';
import { combinePerKey, elementsAsKeys } from '../combining/combining.js';
import { mapValuesStep } from '../elements.js';
import { flattenStep, requireCompatible } from '../grouping.js';
import { distinctStep } from '../latest.js';
import { parDoOne, type StepInput } from '../par-do.js';

/** How often an element is in the left and in the right collection. */
type Occurrences = readonly [left: number, right: number];

const SUM: Combiner<Occurrences, Occurrences, Occurrences> = {
  create: () => [0, 0],
  add: sumOf,
  merge: sumOf,
  extract: (a) => a,
};
const COUNTS: CombinerDescription = { accumulator: PLAIN, fn: SUM };

function sumOf([left, right]: Occurrences, [moreLeft, moreRight]: Occurrences): Occurrences {
  return [left + moreLeft, right + moreRight];
}

/** How many copies of an element are in the result. */
type Copies = (left: number, right: number) => number;

const COPIES: Readonly<Record<'intersect' | 'except', Readonly<Record<'all' | 'one', Copies>>>> = {
  intersect: {
    all: (left, right) => Math.min(left, right),
    one: (left, right) => (left > 0 && right > 0 ? 1 : 0),
  },
  except: {
    all: (left, right) => Math.max(left - right, 0),
    one: (left, right) => (left > 0 && right === 0 ? 1 : 0),
  },
};

/** The elements of either collection: each once, or as often as it occurs in both together. */
export function unionStep(input: StepInput, other: CollectionNode, all: boolean): CollectionNode {
  const { graph, main } = input;
  const name = 'union';
  graph.use(main, name);
  requireCompatible(graph, main, other, name, 'incompatibleWindows');
  return graph.inside({ name, inputs: { left: main, right: other } }, (composite) => {
    const both = flattenStep(graph, [main, other]);
    const result = all ? both : distinctStep({ graph, main: both }, undefined);
    return graph.expose(composite, 'out', result);
  });
}

/** Elements by whether and how often they are in both collections; equal elements have equal bytes. */
export function selectionStep(
  input: StepInput,
  other: CollectionNode,
  name: 'intersect' | 'except',
  all: boolean,
): CollectionNode {
  const { graph, main } = input;
  graph.use(main, name);
  for (const node of [main, other]) requireGroupable(graph, node, name);
  requireCompatible(graph, main, other, name, 'incompatibleWindows');
  return graph.inside({ name, inputs: { left: main, right: other } }, (composite) => {
    const sides = [main, other].map((side, i) => {
      const elements = elementsAsKeys({ graph, main: side });
      const one: Occurrences = i === 0 ? [1, 0] : [0, 1];
      return mapValuesStep({ graph, main: elements }, () => one, 'tag');
    });
    const both = flattenStep(graph, sides);
    const counted = combinePerKey({ graph, main: both }, COUNTS, 'occurrences');
    const copies = parDoOne(
      { graph, main: counted },
      {
        name: 'copies',
        fn: (fields) => ({
          kind: 'flat-map',
          call: copiesOf(COPIES[name][all ? 'all' : 'one']),
          ...fields,
        }),
        coder: main.coder,
      },
    );
    return graph.expose(composite, 'out', copies);
  });
}

function copiesOf(copies: Copies) {
  return ([x, [left, right]]: readonly [unknown, Occurrences]): readonly unknown[] =>
    new Array<unknown>(copies(left, right)).fill(x);
}
