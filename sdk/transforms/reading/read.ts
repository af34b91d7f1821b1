import { describeGiven } from '#portability/describe-given.js';
import { StrahlError } from '#portability/errors.js';
import type { Bound } from '../../collections/boundedness.js';
import type { PCollection } from '../../collections/pcollection.js';
import type { Root } from '../../collections/root.js';
import type { Source } from '../../collections/source.js';
import type { SourceSpec } from '../../dofn/source.js';
import type { GraphBuilder } from '../../graph/graph-builder.js';
import type { CollectionNode, ScriptedEvent } from '../../graph/graph-node.js';
import { DEFAULT_WINDOWING } from '../../graph/windowing.js';
import type { Schema } from '../../schema/schema.js';
import { exposeAll } from '../composites.js';
import { fromImpulse } from './roots.js';
import { coderOf } from './splittable.js';

/** What is behind a `Source`: a splittable read, or a composite of such. */
type SourceDescription =
  | {
      readonly kind: 'splittable';
      readonly spec: SourceSpec<unknown, unknown>;
      readonly schema: Schema<unknown> | undefined;
      readonly restriction: Schema<unknown> | undefined;
    }
  | { readonly kind: 'composite'; readonly expand: (p: Root) => PCollection<unknown> }
  | {
      readonly kind: 'test-stream';
      readonly events: readonly ScriptedEvent[];
      readonly driven?: (encode: (value: unknown) => Uint8Array) => void;
      readonly schema: Schema<unknown> | undefined;
    };

const DESCRIPTION: unique symbol = Symbol.for('strahl.source');

/**
 * A source of a connector that reads restrictions.
 *
 * @internal
 */
export function defineSource<T, R, B extends Bound>(
  spec: SourceSpec<T, R> & { readonly boundedness: B },
  schema?: Schema<T>,
): Source<T, B> {
  return makeSplittableSource(spec as unknown as SourceSpec<unknown, unknown, unknown>, schema);
}

/** A source that reads restrictions, with types erased. */
export function makeSplittableSource<T, B extends Bound>(
  spec: SourceSpec<unknown, unknown, unknown>,
  schema: Schema<T> | undefined,
  restriction?: Schema<unknown>,
): Source<T, B> {
  return makeSource(spec.name, {
    kind: 'splittable',
    spec,
    schema,
    restriction,
  });
}

/**
 * A source of a connector that consists of steps, for example of a read and a parser.
 *
 * @internal
 */
export function defineCompositeSource<T, B extends Bound>(
  name: string,
  expand: (p: Root) => PCollection<T, B>,
): Source<T, B> {
  return makeSource(name, { kind: 'composite', expand });
}

/**
 * A source that follows a script.
 *
 * @internal
 */
export function defineTestStream<T>(
  events: readonly ScriptedEvent[],
  schema: Schema<T> | undefined,
): Source<T, 'unbounded'> {
  return makeSource('testStream', { kind: 'test-stream', events, schema });
}

/**
 * A source whose events come one by one, from the runner's environment.
 *
 * @internal
 */
export function defineDrivenStream<T>(
  driven: (encode: (value: unknown) => Uint8Array) => void,
): Source<T, 'unbounded'> {
  return makeSource('driven', { kind: 'test-stream', events: [], schema: undefined, driven });
}

function makeSource<T, B extends Bound>(
  name: string,
  description: SourceDescription,
): Source<T, B> {
  return Object.freeze({ name, [DESCRIPTION]: description }) as unknown as Source<T, B>;
}

/** Adds the steps of `source`; `root` is given to composites. */
export function readNode(
  graph: GraphBuilder,
  source: unknown,
  root: Root,
  nodeOf: (x: unknown) => CollectionNode,
): CollectionNode {
  const description =
    typeof source === 'object' && source !== null
      ? (source as { [DESCRIPTION]?: SourceDescription })[DESCRIPTION]
      : undefined;
  if (description === undefined) throw noSource(graph, source);
  const { name } = source as { readonly name: string };
  if (description.kind === 'composite') {
    return graph.inside({ name }, (composite) => {
      const result = description.expand(root);
      exposeAll(graph, composite, result);
      return nodeOf(result);
    });
  }
  const { schema } = description;
  const coder = coderOf(schema);
  if (description.kind === 'test-stream') {
    const { kind, events, driven } = description;
    const spec = { kind, events, ...(driven === undefined ? {} : { driven }) };
    const node = graph.add({ name, spec });
    const windowing = DEFAULT_WINDOWING;
    return graph.output(node, 'out', { coder, boundedness: 'unbounded', windowing });
  }
  const { spec, restriction } = description;
  const fn = { kind: 'source', source: spec, sides: {}, concurrency: 1, ordered: true } as const;
  const parDo = { kind: 'par-do', fn, sides: {}, restriction: coderOf(restriction) } as const;
  return fromImpulse(graph, name, coder, parDo, spec.boundedness);
}

function noSource(graph: GraphBuilder, given: unknown): StrahlError {
  const { finish } = (given ?? {}) as { readonly finish?: unknown };
  const isScript = typeof finish === 'function';
  const what = describeGiven(given);
  return new StrahlError('badValue', {
    title: isScript
      ? 'read is given a test stream that is not finished'
      : `read is given ${what} instead of a source`,
    ...graph.where('read'),
    fix: isScript
      ? 'end its script with .finish()'
      : "pass the source of a connector, for example text.files('data/*.txt')",
  });
}
