import { GraphBuilder } from './graph-builder.js';
import type { PipelineDescription } from '../pipeline-description.js';
import { RootCollections, rootOf } from '../collections/root-collections.js';

/** Everything that a build function added. */
export function buildSteps(description: PipelineDescription, options: unknown): GraphBuilder {
  const graph = new GraphBuilder();
  try {
    description.build(rootOf(new RootCollections(graph)), options);
  } finally {
    graph.seal();
  }
  return graph;
}
