import { describeGiven } from '#portability/describe-given.js';
import { StrahlError } from '#portability/errors.js';
import type { Collection } from '../collections/collection.js';
import type { PCollection } from '../collections/pcollection.js';
import type { Sink, SinkDescription, Written } from '../collections/sink.js';
import { exposeAll } from './composites.js';

const DESCRIPTION: unique symbol = Symbol.for('strahl.sink');

/**
 * A sink of a connector. `expand` runs when the sink is written to, once per `write`. No two writes of a pipeline may
 * have the same `target`.
 *
 * @internal
 */
export function defineSink<T>(
  name: string,
  expand: SinkDescription<T>['expand'],
  target?: string,
): Sink<T> {
  const description: SinkDescription<T> = {
    name,
    ...(target === undefined ? {} : { target }),
    expand,
  };
  return Object.freeze({ name, [DESCRIPTION]: description }) as unknown as Sink<T>;
}

function descriptionOf(x: unknown): SinkDescription<unknown> | undefined {
  return typeof x === 'object' && x !== null
    ? (x as { [DESCRIPTION]?: SinkDescription<unknown> })[DESCRIPTION]
    : undefined;
}

/** The steps of the sink in a scope of their own; all of them are where the user called `write`. */
export function writeStep(input: Collection, sink: unknown): Written {
  const { graph, node } = input;
  graph.use(node, 'write');
  const description = descriptionOf(sink);
  if (description === undefined) {
    throw new StrahlError('sinkMismatch', {
      title: `write is given ${describeGiven(sink)} instead of a sink`,
      ...graph.where('write'),
      fix: "pass the sink of a connector, for example text.sink('out.txt')",
    });
  }
  if (description.target !== undefined) graph.claim(description.target);
  return graph.inside({ name: 'write', inputs: { in: node } }, (composite) => {
    // The class has erased the types that `write` has checked.
    const written = description.expand(input as unknown as PCollection<unknown>, graph.job);
    exposeAll(graph, composite, written);
    return written;
  });
}
