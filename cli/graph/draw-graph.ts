import { type Graph, siteOf, type Transform } from '#portability/model/graph.js';
import type { CoderId, PCollectionId, TransformId } from '#portability/model/ids.js';
import type { Drawing, DrawnEdge, DrawnNode } from './drawing.js';

/** Local names of the inputs that a transform reads as side inputs. */
export type SideInputsOf = (transform: Transform) => ReadonlySet<string>;

/** What a coder is called; absent where nobody asks. */
export type CoderNamer = (coders: Graph['components']['coders'], id: CoderId) => string;

/** The steps that do something, and the collections between them; composites remain as names. */
export function drawGraph(
  name: string,
  graph: Graph,
  sidesOf: SideInputsOf,
  nameOf?: CoderNamer,
): Drawing {
  const leaves = leavesOf(graph);
  const ids = new Map(leaves.map((transform, n) => [transform.id, `t${n}`] as const));
  const producers = new Map<PCollectionId, Transform>();
  for (const transform of leaves) {
    for (const output of transform.outputs.values()) producers.set(output, transform);
  }
  const edges = leaves.flatMap((transform) => {
    const sides = sidesOf(transform);
    return [...transform.inputs].flatMap(([local, input]): DrawnEdge[] => {
      const producer = producers.get(input);
      const collection = graph.components.pcollections.get(input);
      if (producer === undefined || collection === undefined) return [];
      return [
        {
          from: ids.get(producer.id)!,
          to: ids.get(transform.id)!,
          name: collection.uniqueName,
          role: sides.has(local) ? 'side' : 'main',
          bounded: collection.boundedness === 'bounded',
          ...(nameOf && { coder: nameOf(graph.components.coders, collection.coderId) }),
        },
      ];
    });
  });
  return { name, nodes: leaves.map((leaf) => nodeOf(leaf, ids.get(leaf.id)!, graph)), edges };
}

/** G2 keeps roots and subtransforms in topological order, so a walk in depth does, too. */
function leavesOf(graph: Graph): Transform[] {
  const leaves: Transform[] = [];
  const visit = (id: TransformId): void => {
    const transform = graph.components.transforms.get(id);
    if (transform === undefined) return;
    if (transform.subtransforms.length === 0 && !isEmpty(transform)) leaves.push(transform);
    transform.subtransforms.forEach(visit);
  };
  graph.rootTransformIds.forEach(visit);
  return leaves;
}

/** A scope into which nothing was built, or that only hands its input on. */
function isEmpty(transform: Transform): boolean {
  return transform.spec === undefined;
}

function nodeOf(transform: Transform, id: string, graph: Graph): DrawnNode {
  const site = siteOf(transform);
  const coderOf = (collection: PCollectionId): string | undefined => {
    const coder = graph.components.pcollections.get(collection)?.coderId;
    return coder === undefined ? undefined : graph.components.coders.get(coder)?.spec.urn;
  };
  return {
    id,
    name: transform.uniqueName,
    kind: kindOf(transform.spec?.urn ?? ''),
    ...(site === undefined ? {} : { site }),
    details: {
      transform: transform.id,
      urn: transform.spec?.urn,
      inputs: Object.fromEntries(transform.inputs),
      outputs: Object.fromEntries(transform.outputs),
      coders: Object.fromEntries([...transform.outputs].map(([tag, pc]) => [tag, coderOf(pc)])),
    },
  };
}

/** `beam:transform:group_by_key:v1` → `group by key`. */
function kindOf(urn: string): string {
  const words = urn.split(':').filter((word) => !/^v\d+$/.test(word));
  return (words.at(-1) ?? urn).replaceAll('_', ' ');
}
