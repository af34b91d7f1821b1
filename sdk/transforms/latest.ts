import { PLAIN } from '../graph/coder-choice.js';
import type { CombinerDescription } from '../combine-fn.js';
import { kvOf } from '../graph/coder-choice.js';
import type { Context } from '../dofn/dofn.js';
import type { CollectionNode } from '../graph/graph-node.js';
import { requireGroupable, keyedCoder } from './checks.js';
import {
  combineGlobally,
  combinePerKey,
  elementsAsKeys,
  keysStep,
  valuesStep,
} from './combining.js';
import { keyByStep } from './elements.js';
import { parDoOne, type AnyFunction, type StepInput } from './par-do.js';

type Timed = readonly [time: number, value: unknown];

/** Of equal times the one that came last wins; between bundles that is not determined. */
const LATEST: CombinerDescription = {
  accumulator: PLAIN,
  fn: {
    create: () => null,
    add: (a, x) => later(a as Timed | null, x as Timed),
    merge: (a, b) => (b === null ? a : later(a as Timed | null, b as Timed)),
    extract: (a) => (a as Timed | null)?.[1],
  },
};

function later(a: Timed | null, b: Timed): Timed {
  return a === null || b[0] >= a[0] ? b : a;
}

export function latestStep(input: StepInput): CollectionNode {
  const { graph, main } = input;
  graph.use(main, 'latest');
  requireGroupable(graph, main, 'latest');
  return graph.inside({ name: 'latest', inputs: { in: main } }, (composite) => {
    const timed = parDoOne(input, {
      name: 'time',
      fn: (fields) => ({
        kind: 'map',
        call: (x: unknown, c: Context): Timed => [c.timestamp, x],
        ...fields,
      }),
      coder: PLAIN,
    });
    return graph.expose(
      composite,
      'out',
      combineGlobally({ graph, main: timed }, LATEST, false, 'last'),
    );
  });
}

export function latestPerKeyStep(input: StepInput): CollectionNode {
  const { graph, main } = input;
  graph.use(main, 'latestPerKey');
  const { key } = keyedCoder(graph, main, 'latestPerKey');
  requireGroupable(graph, main, 'latestPerKey');
  return graph.inside({ name: 'latestPerKey', inputs: { in: main } }, (composite) => {
    const timed = parDoOne(input, {
      name: 'time',
      fn: (fields) => ({
        kind: 'map',
        call: ([k, v]: readonly [unknown, unknown], c: Context) => [k, [c.timestamp, v]],
        ...fields,
      }),
      coder: kvOf(key, PLAIN),
    });
    return graph.expose(composite, 'out', combinePerKey({ graph, main: timed }, LATEST, 'last'));
  });
}

/** A box, since the element itself may be null. */
const FIRST: CombinerDescription = {
  accumulator: PLAIN,
  fn: {
    create: () => [],
    add: (a, x) => ((a as unknown[]).length === 0 ? [x] : a),
    merge: (a, b) => ((a as unknown[]).length === 0 ? b : a),
    extract: (a) => (a as unknown[])[0],
  },
};

/** Without `by` the elements themselves are the keys and nothing else is kept. */
export function distinctStep(input: StepInput, by: AnyFunction | undefined): CollectionNode {
  const { graph, main } = input;
  const name = 'distinct';
  graph.use(main, name);
  requireGroupable(graph, main, name);
  return graph.inside({ name, inputs: { in: main } }, (composite) => {
    const keyed = by === undefined ? elementsAsKeys(input) : keyByStep(input, by);
    const firsts = { graph, main: combinePerKey({ graph, main: keyed }, FIRST, 'first') };
    const distinct = by === undefined ? keysStep(firsts) : valuesStep(firsts);
    distinct.coder = main.coder;
    return graph.expose(composite, 'out', distinct);
  });
}
