import { GraphBuilder } from './graph-builder.js';
import type { JobScope } from './job-scope.js';
import type { PipelineDescription } from '../pipeline-description.js';
import { RootCollections, rootOf } from '../collections/root-collections.js';

/** Everything that a build function added. Default `job`: one of this process alone. */
export function buildSteps(
  description: PipelineDescription,
  options: unknown,
  job: JobScope = ownScope(),
): GraphBuilder {
  const graph = new GraphBuilder(job);
  try {
    description.build(rootOf(new RootCollections(graph)), options);
  } finally {
    graph.seal();
  }
  return graph;
}

/** Only sinks ask for the name, and what draws it takes longer to load than a short pipeline runs. */
function ownScope(): JobScope {
  let name: string | undefined;
  return {
    isShared: false,
    get name() {
      return (name ??= process.getBuiltinModule('node:crypto').randomUUID());
    },
  };
}
