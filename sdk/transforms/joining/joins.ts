import { kvOf, tupleOf } from '../../graph/coder-choice.js';
import type { CollectionNode } from '../../graph/graph-node.js';
import { keyedCoder } from '../checks.js';
import { parDoOne, type StepInput } from '../par-do.js';
import { coGroupStep } from './co-group-step.js';

/** Which values without a partner stay, beside `undefined`. */
export type JoinKind = 'join' | 'leftJoin' | 'rightJoin' | 'fullJoin';

const KEEPS_LEFT: ReadonlySet<JoinKind> = new Set<JoinKind>(['leftJoin', 'fullJoin']);
const KEEPS_RIGHT: ReadonlySet<JoinKind> = new Set<JoinKind>(['rightJoin', 'fullJoin']);

type Side = Iterable<unknown>;
type Joined = readonly [key: unknown, sides: { readonly left: Side; readonly right: Side }];

/** Every pair of a left and a right value with the same key and window. */
export function joinStep(input: StepInput, right: CollectionNode, kind: JoinKind): CollectionNode {
  const { graph, main: left } = input;
  graph.use(left, kind);
  return graph.inside({ name: kind, inputs: { left, right } }, (composite) => {
    const both = coGroupStep(graph, { left, right }, kind);
    const { key } = keyedCoder(graph, both, kind);
    const [a, b] = [left, right].map((side) => keyedCoder(graph, side, kind).value);
    const pairs = parDoOne(
      { graph, main: both },
      {
        name: 'pair',
        fn: (fields) => ({ kind: 'flat-map', call: pairsOf(kind), ...fields }),
        coder: kvOf(key, tupleOf(a!, b!)),
      },
    );
    return graph.expose(composite, 'out', pairs);
  });
}

function pairsOf(kind: JoinKind): (joined: Joined) => Iterable<unknown> {
  return function* ([key, { left, right }]) {
    const leftIsSmaller = isSmaller(left, right);
    // Only the smaller side is held: the other one may exceed memory.
    const held = [...(leftIsSmaller ? left : right)];
    const passing = leftIsSmaller ? right : left;
    if (held.length > 0) {
      for (const x of passing) {
        for (const y of held) yield [key, leftIsSmaller ? [y, x] : [x, y]];
      }
    } else if (leftIsSmaller && KEEPS_RIGHT.has(kind)) {
      for (const x of passing) yield [key, [undefined, x]];
    } else if (!leftIsSmaller && KEEPS_LEFT.has(kind)) {
      for (const x of passing) yield [key, [x, undefined]];
    }
  };
}

/** Whether `a` ends before `b`; reads no more of either than that takes. */
function isSmaller(a: Side, b: Side): boolean {
  const others = b[Symbol.iterator]();
  for (const _ of a) if (others.next().done === true) return false;
  return true;
}
