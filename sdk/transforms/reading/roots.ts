import { StrahlError } from '#portability/errors.js';
import { BYTES, PLAIN, type CoderChoice } from '../../graph/coder-choice.js';
import type { GraphBuilder } from '../../graph/graph-builder.js';
import type { CollectionNode, Windowing } from '../../graph/graph-node.js';
import { DEFAULT_WINDOWING } from '../../graph/windowing.js';
import { choiceOf } from '../../schema/choice.js';
import type { Schema } from '../../schema/schema.js';
import { addOutput } from '../par-do.js';

export function impulseNode(
  graph: GraphBuilder,
  windowing: Windowing = DEFAULT_WINDOWING,
): CollectionNode {
  const node = graph.add({ name: 'impulse', spec: { kind: 'impulse' } });
  const impulse = graph.output(node, 'out', {
    coder: BYTES,
    boundedness: 'bounded',
    windowing: DEFAULT_WINDOWING,
  });
  if (windowing === DEFAULT_WINDOWING) return impulse;
  const into = graph.add({
    name: 'window',
    spec: { kind: 'window-into' },
    inputs: { in: impulse },
  });
  return graph.output(into, 'out', { coder: BYTES, boundedness: 'bounded', windowing });
}

export function createNode(
  graph: GraphBuilder,
  values: Iterable<unknown>,
  schema?: Schema<unknown>,
): CollectionNode {
  checkValues(graph, values);
  const list = Object.freeze([...values]);
  const coder = (schema === undefined ? undefined : choiceOf(schema)) ?? PLAIN;
  return fromImpulse(graph, 'of', coder, { kind: 'create', values: list });
}

/** For callers without a compiler. */
function checkValues(graph: GraphBuilder, values: unknown): void {
  if (typeof values === 'string') {
    throw new StrahlError('badValue', {
      title: 'p.of is given a text, which would be a list of its characters',
      ...graph.where('of'),
      fix: 'pass a list of it, p.of([text]), or of its characters, p.of([...text])',
    });
  }
  const { [Symbol.iterator]: iterator } = (values ?? {}) as Partial<Iterable<unknown>>;
  if (typeof iterator === 'function') return;
  throw new StrahlError('badValue', {
    title: 'p.of is given nothing that can be iterated',
    ...graph.where('of'),
    fix: 'pass an array or another iterable: p.of([1, 2, 3])',
  });
}

export function sequenceNode(
  graph: GraphBuilder,
  { from = 0, to }: { readonly from?: number; readonly to: number },
): CollectionNode {
  if (!Number.isSafeInteger(from) || !Number.isSafeInteger(to) || to < from) {
    throw new StrahlError('badValue', {
      title: `generateSequence is given from ${String(from)} and to ${String(to)}`,
      ...graph.where('generateSequence'),
      fix: 'give whole numbers with from ≤ to: p.generateSequence({ from: 0, to: 10 })',
    });
  }
  const coder: CoderChoice = { kind: 'typed', type: { kind: 'int64', nullable: false } };
  return fromImpulse(graph, 'generateSequence', coder, {
    kind: 'sequence',
    from,
    to,
  });
}

/** A composite of Impulse and a step that makes the elements of it. */
export function fromImpulse(
  graph: GraphBuilder,
  name: string,
  coder: CoderChoice,
  spec: NonNullable<Parameters<GraphBuilder['add']>[0]['spec']>,
  boundedness: CollectionNode['boundedness'] = 'bounded',
): CollectionNode {
  return graph.inside({ name }, (composite) => {
    const impulse = impulseNode(graph);
    const node = graph.add({ name: 'elements', spec, inputs: { in: impulse } });
    const out = addOutput(graph, node, 'out', { ...impulse, boundedness }, coder);
    return graph.expose(composite, 'out', out);
  });
}
