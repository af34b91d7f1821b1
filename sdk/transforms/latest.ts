import type { CombinerDescription } from '../combine-fn.js';
import type { Context } from '../dofn/dofn.js';
import { kvOf, listOf, PLAIN, tupleOf, type CoderChoice } from '../graph/coder-choice.js';
import type { CollectionNode } from '../graph/graph-node.js';
import { requireGroupable, keyedCoder } from './checks.js';
import type { Combiner } from './combining/combiners.js';
import {
  combineGlobally,
  combinePerKey,
  elementsAsKeys,
  keysStep,
  valuesStep,
} from './combining/combining.js';
import { keyByStep } from './elements.js';
import { parDoOne, type AnyFunction, type StepInput } from './par-do.js';

type Timed = readonly [time: number, value: unknown];

/** Of equal times the one that came last wins; between bundles that is not determined. */
function latestOf(value: CoderChoice): CombinerDescription {
  const fn: Combiner<Timed, Latest, unknown> = {
    create: () => NOTHING,
    add: later,
    merge: later,
    extract: (a) => a[1],
  };
  return { accumulator: timedOf(value), output: value, fn };
}

/** Before the first element. */
type Latest = Timed | readonly [];

const NOTHING: Latest = Object.freeze([]);

function later(a: Latest, b: Latest): Latest {
  const [time] = b;
  return time === undefined || (a[0] !== undefined && a[0] > time) ? a : b;
}

function timedOf(value: CoderChoice): CoderChoice {
  return tupleOf(PLAIN, value);
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
      coder: timedOf(main.coder),
    });
    return graph.expose(
      composite,
      'out',
      combineGlobally({ graph, main: timed }, latestOf(main.coder), false, 'last'),
    );
  });
}

export function latestPerKeyStep(input: StepInput): CollectionNode {
  const { graph, main } = input;
  graph.use(main, 'latestPerKey');
  const { key, value } = keyedCoder(graph, main, 'latestPerKey');
  requireGroupable(graph, main, 'latestPerKey');
  return graph.inside({ name: 'latestPerKey', inputs: { in: main } }, (composite) => {
    const timed = parDoOne(input, {
      name: 'time',
      fn: (fields) => ({
        kind: 'map',
        call: ([k, v]: readonly [unknown, unknown], c: Context) => [k, [c.timestamp, v]],
        ...fields,
      }),
      coder: kvOf(key, timedOf(value)),
    });
    const last = combinePerKey({ graph, main: timed }, latestOf(value), 'last');
    return graph.expose(composite, 'out', last);
  });
}

/** A box, since the element itself may be null. */
function firstOf(value: CoderChoice): CombinerDescription {
  const fn: Combiner<unknown, readonly unknown[], unknown> = {
    create: () => [],
    add: (a, x) => (a.length === 0 ? [x] : a),
    merge: (a, b) => (a.length === 0 ? b : a),
    extract: (a) => a[0],
  };
  return { accumulator: listOf(value), output: value, fn };
}

/** Without `by` the elements themselves are the keys and nothing else is kept. */
export function distinctStep(input: StepInput, by: AnyFunction | undefined): CollectionNode {
  const { graph, main } = input;
  const name = 'distinct';
  graph.use(main, name);
  requireGroupable(graph, main, name);
  return graph.inside({ name, inputs: { in: main } }, (composite) => {
    const keyed = by === undefined ? elementsAsKeys(input) : keyByStep(input, by);
    const { value } = keyedCoder(graph, keyed, name);
    const firsts = { graph, main: combinePerKey({ graph, main: keyed }, firstOf(value), 'first') };
    const distinct = by === undefined ? keysStep(firsts) : valuesStep(firsts);
    distinct.coder = main.coder;
    return graph.expose(composite, 'out', distinct);
  });
}
