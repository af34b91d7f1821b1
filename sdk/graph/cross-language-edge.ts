import { StrahlError } from '#portability/errors.js';
import type { SchemaType } from '../schema/schema-type.js';
import type { CoderChoice } from './coder-choice.js';
import type { GraphBuilder } from './graph-builder.js';
import { pathOfNode, type CollectionNode } from './graph-node.js';

/**
 * Elements that go to another SDK, or come from one, must have a coder that every SDK has.
 *
 * @throws STRAHL-1105 for one that only this SDK reads
 */
export function requireCrossing(graph: GraphBuilder, node: CollectionNode, name: string): void {
  const why = whyNotCrossing(node.coder);
  if (why === undefined) return;
  const schema = node.coder.kind === 'kv' ? 's.pair(s.string, s.row({ … }))' : 's.row({ … })';
  throw new StrahlError('noSchemaAtEdge', {
    title: `the collection "${pathOfNode(node.producer)}" cannot pass between languages`,
    ...graph.where(name),
    why,
    fix: `.withSchema(${schema}) on it, or another schema of exactly its elements`,
  });
}

/** Why no other SDK reads `coder`; `undefined` if all do. */
function whyNotCrossing(coder: CoderChoice): string | undefined {
  switch (coder.kind) {
    case 'plain':
      return 'its elements travel as self-describing data, which only this SDK reads';
    case 'plain-key':
      return 'its keys travel as self-describing data, which only this SDK reads';
    case 'user':
      return 'its coder is a function of yours, which is only here';
    case 'co-grouped':
    case 'tagged':
    case 'list':
    case 'tuple':
    case 'record':
      return 'its elements have a form that only this SDK has';
    case 'typed':
      return whyNotAlone(coder.type);
    case 'kv':
      return whyNotCrossing(coder.key) ?? whyNotCrossing(coder.value);
    case 'iterable':
      return whyNotCrossing(coder.element);
    default:
      return undefined;
  }
}

const ALONE: ReadonlySet<string> = new Set([
  'string',
  'boolean',
  'int64',
  'int32',
  'double',
  'bytes',
  'duration',
  'row',
]);

function whyNotAlone({ kind }: SchemaType): string | undefined {
  return ALONE.has(kind)
    ? undefined
    : `values of the kind ${kind} have a coder that all SDKs know only as a field of a row`;
}
