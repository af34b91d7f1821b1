import type { Graph } from '#portability/model/graph.js';
import { encodeGraph } from '#portability/proto/pipeline-proto.js';
import type { FunctionRegistry } from '../dofn/user-function.js';
import { buildSteps } from '../graph/build-steps.js';
import type { JobScope } from '../graph/job-scope.js';
import { descriptionOfPipeline, type PipelineDescription } from '../pipeline-description.js';
import { pathOfNode } from '../graph/graph-node.js';
import { hintsOf, type Hint } from './hints.js';
import { translate } from './translate.js';

/** A pipeline built with given options, ready for a runner. */
export interface BuiltPipeline {
  readonly graph: Graph;
  /** `graph` as the `Pipeline` message that a runner is given. */
  readonly bytes: Uint8Array;
  readonly functions: FunctionRegistry;
  /** What could be said better, for `strahl graph --coders` and `explain`. */
  readonly hints: readonly Hint[];
  /** Counters of steps that must be above 0 at the end, or the job has failed. */
  readonly required: readonly RequiredCount[];
}

/** A user counter that shows that a step did its work. */
export interface RequiredCount {
  readonly step: string;
  readonly site?: string;
  readonly counter: string;
}

/** Runs the build function with `options` and translates what it described. Default `job`: one of this process. */
export function buildGraph(
  pipeline: PipelineDescription | object,
  options: unknown,
  job?: JobScope,
): BuiltPipeline {
  const description = descriptionOfPipeline(pipeline) ?? (pipeline as PipelineDescription);
  const builder = buildSteps(description, options, job);
  const { graph, functions } = translate(builder);
  const required = builder.required.map(({ node, counter }): RequiredCount => {
    const step = pathOfNode(node);
    return { step, ...(node.site === undefined ? {} : { site: node.site }), counter };
  });
  return { graph, functions, bytes: encodeGraph(graph), hints: hintsOf(graph), required };
}
