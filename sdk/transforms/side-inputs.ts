import { StrahlError } from '#portability/errors.js';
import type { SideShape } from '../dofn/user-function.js';
import type { GraphBuilder } from '../graph/graph-builder.js';
import { pathOfNode, type CollectionNode } from '../graph/graph-node.js';
import {
  descriptionOfSide,
  makeSide,
  type Side,
  type SideDescription,
} from '../collections/side.js';
import { describeWindowing } from '../graph/windowing.js';
import { requireKeyedPairs, requireSafeTrigger } from './checks.js';
import type { StepInput } from './par-do.js';

/**
 * A view of `collection`.
 *
 * @throws STRAHL-1305 if its window never closes, so that it would never be ready, STRAHL-1204 if its
 *   trigger may finish and lose what comes later
 */
export function viewOf(
  graph: GraphBuilder,
  collection: CollectionNode,
  name: string,
  shape: SideShape,
): Side<unknown> {
  graph.use(collection, name);
  const { windowing, boundedness } = collection;
  const { trigger, windowFn } = windowing;
  if (
    boundedness === 'unbounded' &&
    windowFn.kind === 'global' &&
    (trigger.kind === 'default' || trigger.kind === 'never')
  ) {
    throw new StrahlError('sideInputNeverReady', {
      title: `${name} is called on an unbounded collection in the global window`,
      ...graph.where(name),
      why: 'a side input is ready when its window closes, and this one never does',
      fix: `window "${pathOfNode(collection.producer)}" first, for example .window(fixed('1m')), or give it a trigger`,
    });
  }
  requireSafeTrigger(graph, collection, name);
  if (shape.kind === 'map' || shape.kind === 'multimap') {
    requireKeyedPairs(graph, collection, name);
  }
  return makeSide({ collection, shape });
}

/** What the argument of `with` describes. @throws STRAHL-1002 for what is no side input */
export function readSides(
  graph: GraphBuilder,
  sides: Readonly<Record<string, unknown>>,
): Readonly<Record<string, SideDescription>> {
  const described: Record<string, SideDescription> = {};
  const given = Object.entries((sides as typeof sides | undefined) ?? {});
  if (given.length === 0) {
    throw new StrahlError('foreignCollection', {
      title: 'with is given no side inputs',
      ...graph.where('with'),
      fix: 'give them names: .with({ rates: rates.asMap() })',
    });
  }
  for (const [name, side] of given) {
    const description = descriptionOfSide(side);
    if (description === undefined) {
      throw new StrahlError('foreignCollection', {
        title: `with({ ${name} }) is given no side input`,
        ...graph.where('with'),
        fix: `make one with asSingleton(), asList(), asIterable(), asMap() or asMultimap()`,
      });
    }
    described[name] = description;
  }
  return described;
}

/** SID-1: sessions have no window that another one maps to, nor has the global window in intervals. */
export function checkSides(input: StepInput, name: string): void {
  for (const [side, { collection }] of Object.entries(input.sides ?? {})) {
    input.graph.use(collection, name);
    const main = input.main.windowing;
    const { windowFn } = collection.windowing;
    const unmapped =
      windowFn.kind === 'sessions' ||
      (main.windowFn.kind === 'global' && windowFn.kind !== 'global');
    if (!unmapped) continue;
    throw new StrahlError('incompatibleWindows', {
      title: `side input "${side}" is in ${describeWindowing(collection.windowing)}, the input in ${describeWindowing(main)}`,
      ...input.graph.where(name),
      why: 'no window of the side input belongs to a window of the input',
      fix: `put the side input into the global window, or both into windows of a fixed size`,
    });
  }
}
