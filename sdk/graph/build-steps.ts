import { randomUUID } from 'node:crypto';
import { GraphBuilder } from './graph-builder.js';
import type { JobScope } from './job-scope.js';
import type { PipelineDescription } from '../pipeline-description.js';
import { RootCollections, rootOf } from '../collections/root-collections.js';

/** Everything that a build function added. Default `job`: one of this process alone. */
export function buildSteps(
  description: PipelineDescription,
  options: unknown,
  job: JobScope = { name: randomUUID(), isShared: false },
): GraphBuilder {
  const graph = new GraphBuilder(job);
  try {
    description.build(rootOf(new RootCollections(graph)), options);
  } finally {
    graph.seal();
  }
  return graph;
}
