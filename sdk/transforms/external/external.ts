import { StrahlError } from '#portability/errors.js';
import { Collection, nodeOf, publicOf } from '../../collections/collection.js';
import type {
  ExternalComposite,
  ExternalOutputs,
  ExternalTransform,
} from '../../collections/external-collections.js';
import type { PCollection } from '../../collections/pcollection.js';
import { RootCollections } from '../../collections/root-collections.js';
import { PLAIN } from '../../graph/coder-choice.js';
import { requireCrossing } from '../../graph/cross-language-edge.js';
import type { ExternalDescription } from '../../graph/external-description.js';
import type { GraphBuilder } from '../../graph/graph-builder.js';
import type { CollectionNode } from '../../graph/graph-node.js';
import { placedAt } from '../../graph/placed.js';
import { siteOfCall } from '../../graph/site.js';
import { DEFAULT_WINDOWING } from '../../graph/windowing.js';
import { schemaTypeOf } from '../../schema/adapters.js';
import { choiceOf } from '../../schema/choice.js';
import type { Schema } from '../../schema/schema.js';
import { libraryTransform } from '../composites.js';
import { externalRequest, externalService, type ExternalOptions } from './external-options.js';

/**
 * A transform of another SDK as a composite: a Python class or function by its name, a transform by URN, or a schema
 * transform. Its expansion service is asked when the pipeline is submitted; what it answers runs in an
 * environment of its own. Elements pass in Beam's standard coders, so collections on the way there need a
 * schema (`withSchema`), and `output` says what comes back. The direct runner has no other SDK beside it: use a job
 * server, `strahl submit`.
 *
 * @throws STRAHL-1105 for an input without a coder that other SDKs have
 * @example
 * ```ts
 * import { external, pipeline, pythonSource, s } from 'strahl';
 * export default pipeline('shout', (p) =>
 *   p.of(['a', 'b'], s.string)
 *     .pipe(
 *       external({
 *         python: 'apache_beam.Map',
 *         args: [pythonSource('lambda word: word.upper()')],
 *         expansion: { python: 'python3' },
 *         output: s.string,
 *       }),
 *     )
 *     .map((word) => `${word}!`),
 * );
 * ```
 */
export function external<U>(
  o: ExternalOptions & { readonly output: Schema<U>; readonly unbounded: true },
): ExternalTransform<U, 'unbounded'>;
export function external<U>(
  o: ExternalOptions & { readonly output: Schema<U> },
): ExternalTransform<U>;
export function external<O extends ExternalOutputs>(
  o: ExternalOptions & { readonly outputs: O; readonly unbounded: true },
): ExternalComposite<NoInfer<O>, 'unbounded'>;
export function external<O extends ExternalOutputs>(
  o: ExternalOptions & { readonly outputs: O },
): ExternalComposite<NoInfer<O>>;
export function external(o: AnyOptions = {} as AnyOptions): unknown {
  return placedAt(external, () => externalTransform(o));
}

type AnyOptions = ExternalOptions & {
  readonly output?: Schema<unknown>;
  readonly outputs?: ExternalOutputs;
};

/** The same, for functions of ours that users call. */
export function externalTransform(o: AnyOptions): unknown {
  const request = externalRequest(o);
  const description = Object.freeze({ service: externalService(o.expansion), request });
  const name = nameOf(o);
  const outputs = o.output === undefined ? (o.outputs ?? {}) : { out: o.output };
  const transform = (input: unknown): unknown => {
    const { graph, inputs } = placedAt(transform, () => inputsOf(input));
    const made = graph.at(
      () => siteOfCall(transform),
      () => externalStep(graph, { inputs, description, outputs, unbounded: o.unbounded === true }),
    );
    if (o.output !== undefined) return made['out'];
    return made;
  };
  return libraryTransform(name, transform);
}

interface Draft {
  readonly inputs: ReadonlyMap<string, unknown>;
  readonly description: ExternalDescription;
  readonly outputs: ExternalOutputs;
  readonly unbounded: boolean;
}

function externalStep(
  graph: GraphBuilder,
  { inputs, description, outputs, unbounded }: Draft,
): Readonly<Record<string, PCollection<unknown>>> {
  const nodes = new Map<string, CollectionNode>();
  for (const [name, input] of inputs) nodes.set(name, nodeOf(input, graph, 'external'));
  for (const node of nodes.values()) requireCrossing(graph, node, 'external');
  const all = [...nodes.values()];
  const endless = unbounded || all.some(({ boundedness }) => boundedness === 'unbounded');
  const like = {
    boundedness: endless ? ('unbounded' as const) : ('bounded' as const),
    windowing: all[0]?.windowing ?? DEFAULT_WINDOWING,
  };
  const step = graph.add({
    name: 'external',
    spec: { kind: 'external', external: description },
    inputs: Object.fromEntries(nodes),
  });
  const made = Object.entries(outputs).map(([name, schema]) => {
    const node = graph.output(step, name, { ...like, coder: choiceOf(schema) ?? PLAIN });
    requireExactOutput(graph, name, schema, node);
    return [name, publicOf<PCollection<unknown>>(new Collection(graph, node))] as const;
  });
  return Object.fromEntries(made);
}

/** A schema that says nothing exact has no coder that other SDKs have, either. */
function requireExactOutput(
  graph: GraphBuilder,
  name: string,
  schema: Schema<unknown>,
  node: CollectionNode,
): void {
  if (node.coder !== PLAIN) {
    requireCrossing(graph, node, 'external');
    return;
  }
  throw new StrahlError('noSchemaAtEdge', {
    title: `the schema of output "${name}" does not say exactly what comes back`,
    ...graph.where('external'),
    why: `another SDK writes what a schema says field by field; this one says ${schemaTypeOf(schema).kind}`,
    fix: 'use s.string, s.int64, s.row({ … }), s.pair(key, value) or another exact schema',
  });
}

interface Inputs {
  readonly graph: GraphBuilder;
  readonly inputs: ReadonlyMap<string, unknown>;
}

function inputsOf(input: unknown): Inputs {
  if (input instanceof RootCollections) return { graph: input.graph, inputs: new Map() };
  if (input instanceof Collection) {
    return { graph: input.graph, inputs: new Map([['input', input]]) };
  }
  const inputs = new Map(Object.entries((input ?? {}) as Readonly<Record<string, unknown>>));
  const [first] = inputs.values();
  if (first instanceof Collection) return { graph: first.graph, inputs };
  throw new StrahlError('foreignCollection', {
    title: 'external is given neither the root, nor a collection, nor collections by name',
    fix: 'external({ … })(p), collection.pipe(external({ … })), or external({ … })({ left, right })',
  });
}

/** The last part of a Python name; other transforms are called as they call themselves. */
function nameOf(o: ExternalOptions): string {
  const name = o.python ?? o.schemaTransform ?? o.urn ?? '';
  return (name.split(o.python === undefined ? '/' : '.').at(-1) ?? '').replaceAll('/', ' ');
}
