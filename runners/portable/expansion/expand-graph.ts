import { codersWithSchemaIds } from '#portability/coders/rows/schema-ids.js';
import type { Graph, Transform } from '#portability/model/graph.js';
import { EXTERNAL_STEP_URN, readExternalStep } from '#portability/model/external-step.js';
import { expandStep } from './expand-step.js';
import type { ExpansionServices } from './expansion-services.js';
import { ForeignFiles } from './foreign-files.js';
import { mergeExpansion } from './merge-expansion.js';

/** A graph whose steps all have an environment, and the files that those of other SDKs need. */
export interface ExpandedGraph {
  readonly graph: Graph;
  readonly files: ForeignFiles;
}

/** Whether a graph has steps that another SDK must expand. */
export function hasExternalSteps({ components }: Graph): boolean {
  return [...components.transforms.values()].some(isExternal);
}

function isExternal({ spec }: Transform): boolean {
  return spec?.urn === EXTERNAL_STEP_URN;
}

/**
 * Puts in the place of each step of another SDK what its expansion service makes of it.
 *
 *   X1. Ids that a service makes begin with the namespace of its step, so that they meet no others.
 *   X2. Steps are expanded in the order of the graph: an input is expanded before what reads it.
 *   X3. Schemas of rows have ids from here on, the same in all SDKs.
 *
 * @throws STRAHL-3301 … 3304 for what cannot be expanded, 6001 for a service that does not answer
 */
export async function expandGraph(
  graph: Graph,
  services: ExpansionServices,
): Promise<ExpandedGraph> {
  const files = new ForeignFiles();
  const coders = codersWithSchemaIds(graph.components.coders); // X3
  let current: Graph = { ...graph, components: { ...graph.components, coders } };
  let number = 0;
  for (const { id } of [...graph.components.transforms.values()].filter(isExternal)) {
    const namespace = `external${String(++number)}`;
    const step = current.components.transforms.get(id)!;
    const client = await services.client(readExternalStep(step.spec!).service);
    const expansion = await expandStep(current, step, { client, namespace });
    current = await files.adopt(
      mergeExpansion(current, step, expansion, namespace),
      client,
      namespace,
    );
  }
  return { graph: current, files };
}
