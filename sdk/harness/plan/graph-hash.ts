import { createHash } from 'node:crypto';
import type { Components, Graph, Transform } from '#portability/model/graph.js';
import type { CoderId, PCollectionId } from '#portability/model/ids.js';
import { encodeGraph } from '#portability/proto/pipeline-proto.js';

const NO_ANNOTATIONS: ReadonlyMap<string, Uint8Array> = new Map<string, Uint8Array>();

/**
 * What a graph is, without where its steps were written and where its functions run: the same in every process
 * that builds the same pipeline with the same options.
 */
export function structuralHash(graph: Graph): string {
  const transforms = new Map(
    [...graph.components.transforms].map(([id, transform]) => [
      id,
      { ...transform, annotations: NO_ANNOTATIONS, displayData: [] },
    ]),
  );
  const components = { ...graph.components, transforms, environments: new Map<never, never>() };
  const bytes = encodeGraph({ ...graph, components, displayData: [] });
  return createHash('sha256').update(bytes).digest('hex');
}

/** Every step that is in one graph only (`-` the first, `+` the second), or another one in each (`~`). */
export function graphDifference(before: Graph, after: Graph): readonly string[] {
  const one = stepsOf(before);
  const other = stepsOf(after);
  const lines: string[] = [];
  for (const [name, text] of one) {
    const now = other.get(name);
    if (now === undefined) lines.push(`- ${name}`);
    else if (now !== text) lines.push(`~ ${name}: ${firstDifference(text, now)}`);
  }
  for (const name of other.keys()) if (!one.has(name)) lines.push(`+ ${name}`);
  return lines;
}

/** Each step by name, as lines that say what it does to what. */
function stepsOf({ components }: Graph): ReadonlyMap<string, string> {
  return new Map(
    [...components.transforms.values()].map((transform) => [
      transform.uniqueName,
      textOf(transform, components),
    ]),
  );
}

function textOf({ spec, inputs, outputs }: Transform, components: Components): string {
  const collection = (id: PCollectionId): string => {
    const { uniqueName, coderId, windowingStrategyId } = components.pcollections.get(id)!;
    const windowing = components.windowingStrategies.get(windowingStrategyId)!;
    const windows = JSON.stringify({ ...windowing, windowCoderId: undefined });
    return `${uniqueName} as ${coderText(coderId, components)} in ${windows}`;
  };
  return [
    `does ${spec?.urn ?? 'nothing of its own'}`,
    ...[...inputs].map(([name, id]) => `reads ${name} from ${collection(id)}`),
    ...[...outputs].map(([name, id]) => `writes ${name} to ${collection(id)}`),
    `with ${Buffer.from(spec?.payload ?? []).toString('base64')}`,
  ].join('\n');
}

function coderText(id: CoderId, components: Components): string {
  const { spec, componentIds } = components.coders.get(id)!;
  const parts = componentIds.map((part) => coderText(part, components));
  return parts.length === 0 ? spec.urn : `${spec.urn}<${parts.join(', ')}>`;
}

function firstDifference(before: string, after: string): string {
  const now = after.split('\n');
  const at = before.split('\n').findIndex((line, i) => line !== now[i]);
  const was = before.split('\n')[at] ?? '';
  if (was.startsWith('with ')) return 'its settings or values differ';
  return `${was || 'nothing'}, now ${now[at] ?? 'nothing'}`;
}
