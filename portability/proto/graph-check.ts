import { StrahlError } from '../errors.js';
import type { Graph, Transform } from '../model/graph.js';
import type { PCollectionId, TransformId } from '../model/ids.js';
import { describeCycle, findCycle } from './cycles.js';
import { GraphReferences } from './graph-references.js';

/** How many problems are spelled out. */
const SHOWN = 20;

/**
 * Refuses a graph that contradicts itself. Every problem is looked for, so that one message tells all:
 *
 *   K1. Each id that is mentioned exists (G1 of `model/graph.ts`).
 *   K2. Composites form a tree below the roots; coders and the flow of data, side inputs included, have no
 *       cycle.
 *   K3. Each PCollection that is read, or that a composite promises, has exactly one producer.
 *
 * @throws STRAHL-1003
 */
export function checkGraph(graph: Graph): void {
  const references = new GraphReferences(graph);
  const problems = [
    ...references.dangling(),
    ...hierarchyProblems(graph, references),
    ...coderProblems(graph),
    ...flowProblems(graph, references),
  ];
  if (problems.length === 0) return;
  const [first] = problems;
  const more = problems.length - SHOWN;
  const list = problems.slice(0, SHOWN).join('\n');
  throw new StrahlError('brokenGraph', {
    title:
      problems.length === 1
        ? `the pipeline contradicts itself: ${first!}`
        : `the pipeline contradicts itself in ${String(problems.length)} places`,
    ...(problems.length === 1
      ? {}
      : { why: more > 0 ? `${list}\nand ${String(more)} more` : list }),
  });
}

/** A second parent would make its expansion grow without bound, level by level. */
function hierarchyProblems(graph: Graph, references: GraphReferences): string[] {
  const { transforms } = graph.components;
  const problems: string[] = [];
  if (transforms.size > 0 && graph.rootTransformIds.length === 0)
    problems.push('no root transform');
  const parents = new Map<TransformId, string>();
  const adopt = (children: readonly TransformId[], parent: string): void => {
    for (const child of children) {
      const other = parents.get(child);
      if (other === undefined) parents.set(child, parent);
      else problems.push(`${references.nameOf(child)} belongs to both ${other} and ${parent}`);
    }
  };
  adopt(graph.rootTransformIds, 'the roots');
  for (const { id, subtransforms } of transforms.values()) {
    if (subtransforms.length > 0) adopt(subtransforms, references.nameOf(id));
  }
  const composites = [...transforms.values()].filter((t) => t.subtransforms.length > 0);
  const cycle = findCycle(
    composites.map(({ id }) => id),
    (id) => transforms.get(id)?.subtransforms ?? [],
  );
  if (cycle !== undefined) problems.push(describeCycle(cycle.map(references.nameOf)));
  return problems;
}

function coderProblems(graph: Graph): string[] {
  const { coders } = graph.components;
  const cycle = findCycle(coders.keys(), (id) => coders.get(id)?.componentIds ?? []);
  return cycle === undefined ? [] : [describeCycle(cycle.map((id) => `coder "${id}"`))];
}

function flowProblems(graph: Graph, references: GraphReferences): string[] {
  const { nameOf } = references;
  const transforms = [...graph.components.transforms.values()];
  const leaves = transforms.filter((t) => t.subtransforms.length === 0);
  const { producers, problems } = producersOf(leaves, references);
  for (const { id, inputs, outputs, subtransforms } of transforms) {
    const isLeaf = subtransforms.length === 0;
    for (const needed of (isLeaf ? inputs : outputs).values()) {
      if (producers.has(needed) || !graph.components.pcollections.has(needed)) continue;
      const role = isLeaf ? 'read by' : 'an output of';
      problems.push(`PCollection "${needed}" is ${role} ${nameOf(id)} but nothing produces it`);
    }
  }
  const sourcesOf = (id: TransformId): TransformId[] =>
    [...graph.components.transforms.get(id)!.inputs.values()].flatMap(
      (input) => producers.get(input) ?? [],
    );
  const ids = leaves.map((leaf) => leaf.id);
  const cycle = isInOrder(ids, sourcesOf) ? undefined : findCycle(ids, sourcesOf);
  // The walk went from reader to producer.
  if (cycle !== undefined) {
    const text = describeCycle(cycle.map(nameOf).reverse());
    problems.push(text + neverReady(cycle, producers, references));
  }
  return problems;
}

/** What to add where a cycle goes through a side input, which would wait for its own reader. */
function neverReady(
  cycle: readonly TransformId[],
  producers: ReadonlyMap<PCollectionId, TransformId>,
  references: GraphReferences,
): string {
  for (const [i, reader] of cycle.entries()) {
    const producer = cycle[(i + 1) % cycle.length];
    for (const [pcollection, id] of producers) {
      const side = id === producer ? references.sideInputOf(reader, pcollection) : undefined;
      if (side !== undefined) {
        return `; the side input "${side}" of ${references.nameOf(reader)} could never be ready`;
      }
    }
  }
  return '';
}

/** Most graphs list each transform after those it reads from, which rules a cycle out at once. */
function isInOrder(
  ids: readonly TransformId[],
  sourcesOf: (id: TransformId) => readonly TransformId[],
): boolean {
  const seen = new Set<TransformId>();
  for (const id of ids) {
    if (!sourcesOf(id).every((source) => seen.has(source))) return false;
    seen.add(id);
  }
  return true;
}

function producersOf(
  leaves: readonly Transform[],
  references: GraphReferences,
): { readonly producers: ReadonlyMap<PCollectionId, TransformId>; readonly problems: string[] } {
  const producers = new Map<PCollectionId, TransformId>();
  const lastReaders = new Map<PCollectionId, TransformId>();
  const problems: string[] = [];
  for (const { id, inputs, outputs } of leaves) {
    for (const input of inputs.values()) lastReaders.set(input, id);
    for (const output of outputs.values()) {
      // A composite without subtransforms hands its inputs on; it produces nothing.
      if (lastReaders.get(output) === id && references.sideInputOf(id, output) === undefined)
        continue;
      const other = producers.get(output);
      if (other === undefined) producers.set(output, id);
      else {
        const both = `${references.nameOf(other)} and ${references.nameOf(id)}`;
        problems.push(`PCollection "${output}" is produced by both ${both}`);
      }
    }
  }
  return { producers, problems };
}
