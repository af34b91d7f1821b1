import { StrahlError } from '#portability/errors.js';
import { makeSide, type Side } from '../collections/side.js';
import type { TimeLike } from '../dofn/dofn.js';
import type { DurationLike } from '../duration.js';
import { PLAIN } from '../graph/coder-choice.js';
import type { GraphBuilder } from '../graph/graph-builder.js';
import { choiceOf } from '../schema/choice.js';
import type { Schema } from '../schema/schema.js';
import { parDoOne } from './par-do.js';
import { periodicImpulseNode } from './reading/periodic.js';
import { eachElement } from './windowing/triggers.js';
import { windowStep } from './windowing/windowing-steps.js';
import { globalWindow } from './windowing/windows.js';

/**
 * Options of `p.refreshEvery`.
 *
 * @example
 * ```ts
 * import { s, type RefreshOptions } from 'strahl';
 * const numbers: RefreshOptions<number> = { schema: s.int64, to: Date.UTC(2030, 0, 1) };
 * ```
 */
export interface RefreshOptions<T> {
  /** Type and coder of what is loaded. */
  readonly schema?: Schema<T>;
  /** When it is loaded first. Default: when the job starts. */
  readonly from?: TimeLike;
  /** From then on it stays as it is. Default: it is loaded as long as something may read it. */
  readonly to?: TimeLike;
}

/** What `load` gives, anew each `every`, as a side input of every window. */
export function refreshedSide(
  graph: GraphBuilder,
  every: DurationLike,
  load: () => unknown,
  { schema, from, to }: RefreshOptions<unknown>,
): Side<unknown> {
  const name = 'refreshEvery';
  if (typeof load !== 'function') {
    throw new StrahlError('badValue', {
      title: `refreshEvery is given a ${typeof load} for the function that loads`,
      ...graph.where(name),
      fix: "p.refreshEvery('5m', () => fetchRates())",
    });
  }
  const collection = graph.inside({ name, inputs: {} }, (composite) => {
    const range = { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
    const ticks = periodicImpulseNode(graph, { every, ...range, forReaders: true });
    const loaded = parDoOne(
      { graph, main: ticks },
      {
        name: 'load',
        fn: (fields) => ({ kind: 'map', call: () => load(), ...fields }),
        coder: (schema === undefined ? undefined : choiceOf(schema)) ?? PLAIN,
      },
    );
    const latest = windowStep({ graph, main: loaded }, globalWindow(), {
      trigger: eachElement(),
      panes: 'discarding',
    });
    return graph.expose(composite, 'out', latest);
  });
  // A pane holds what came since the last one: after a pause that may be more than one.
  return makeSide({ collection, shape: { kind: 'singleton', last: true } });
}
