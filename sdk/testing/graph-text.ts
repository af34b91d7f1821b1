import type { TransformId } from '#portability/model/ids.js';

/** The steps of a pipeline by name, parts indented under their composite. */
export async function graphText(pipeline: object, options: unknown = {}): Promise<string> {
  const { buildGraph } = await import('../translate/build-graph.js');
  const { graph } = buildGraph(pipeline, options);
  const lines: string[] = [];
  const visit = (id: TransformId, depth: number): void => {
    const { uniqueName, subtransforms } = graph.components.transforms.get(id)!;
    lines.push('  '.repeat(depth) + uniqueName.slice(uniqueName.lastIndexOf('/') + 1));
    for (const part of subtransforms) visit(part, depth + 1);
  };
  for (const id of graph.rootTransformIds) visit(id, 0);
  return lines.join('\n');
}
