import { StrahlError } from '#portability/errors.js';
import type { CombinerDescription } from '../../combine-fn.js';
import { kvOf, PLAIN_KEY } from '../../graph/coder-choice.js';
import type { CollectionNode } from '../../graph/graph-node.js';
import { afterGrouping } from '../../graph/windowing.js';
import { keyedCoder } from '../checks.js';
import { identity } from '../grouping.js';
import { parDoOne, type AnyFunction, type StepInput } from '../par-do.js';
import { combinePerKey } from './combining.js';

type Pair = readonly [key: unknown, value: unknown];
type PartOfKey = readonly [part: Pair, accumulator: unknown];

/**
 * A combine per key in two stages: the values of a key are combined in several parts, and then the parts.
 *
 *   F1. The parts are emitted as discarding panes, whatever the panes of the result are: what an accumulating
 *       pane repeats would be combined twice.
 *   F2. Windows that merge are combined in one part: parts that are merged apart are not the windows of the key.
 *
 * @throws STRAHL-9002 for a number of parts that is none
 */
export function fannedCombine(
  input: StepInput,
  combiner: CombinerDescription,
  fanout: unknown,
  name: string,
): CollectionNode {
  const partsOf = partsFunction(input, fanout, name);
  const { graph, main } = input;
  if (main.windowing.mergeStatus === 'needs-merge') return combinePerKey(input, combiner, name);
  graph.use(main, name);
  const { key, value } = keyedCoder(graph, main, name);
  const coders = combiner.keeping?.(value) ?? combiner;
  const { accumulator } = coders;
  const { fn } = combiner;
  const parts = { fn: { ...fn, extract: same }, accumulator, output: accumulator };
  const whole = { ...coders, fn: { ...fn, add: fn.merge.bind(fn) } };
  return graph.inside({ name, inputs: { in: main } }, (composite) => {
    const apart = mapped(input, 'spread', spreadOver(partsOf), kvOf(kvOf(key, PLAIN_KEY), value));
    const fresh = { ...main.windowing, accumulation: 'discarding' } as const;
    const combined = combinePerKey(
      { graph, main: identity({ graph, main: apart }, 'discard', fresh) },
      parts,
      'parts',
    );
    const together = mapped({ graph, main: combined }, 'gather', gather, kvOf(key, accumulator));
    const again = identity({ graph, main: together }, 'again', afterGrouping(main.windowing));
    return graph.expose(composite, 'out', combinePerKey({ graph, main: again }, whole, 'whole'));
  });
}

/** In turn, so that the parts of a key are of one size wherever it comes from. */
function spreadOver(partsOf: (key: unknown) => number): (pair: Pair) => PartOfKey {
  let turn = 0;
  return ([key, value]) => {
    const parts = partsOf(key);
    if (!isNumberOfParts(parts)) {
      throw new TypeError(
        `fanout answered ${String(parts)}, expected a whole number of at least 1`,
      );
    }
    turn = (turn + 1) % Number.MAX_SAFE_INTEGER;
    return [[key, turn % parts], value];
  };
}

function gather([[key], accumulator]: PartOfKey): Pair {
  return [key, accumulator];
}

function partsFunction(
  { graph }: StepInput,
  fanout: unknown,
  name: string,
): (key: unknown) => number {
  if (typeof fanout === 'function') return fanout as (key: unknown) => number;
  if (isNumberOfParts(fanout)) return () => fanout;
  throw new StrahlError('badValue', {
    title: `fanout of ${name} is ${String(fanout)}`,
    ...graph.where(name),
    fix: 'give a whole number of at least 1, or a function of the key that answers one',
  });
}

function isNumberOfParts(x: unknown): x is number {
  return Number.isSafeInteger(x) && (x as number) >= 1;
}

function mapped(
  input: StepInput,
  name: string,
  call: AnyFunction,
  coder: CollectionNode['coder'],
): CollectionNode {
  return parDoOne(input, { name, fn: (fields) => ({ kind: 'map', call, ...fields }), coder });
}

function same(accumulator: unknown): unknown {
  return accumulator;
}
