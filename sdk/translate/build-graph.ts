import type { Graph } from '#portability/model/graph.js';
import { encodeGraph } from '#portability/proto/pipeline-proto.js';
import type { FunctionRegistry } from '../dofn/user-function.js';
import { buildSteps, descriptionOfPipeline, type PipelineDescription } from '../pipeline.js';
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
}

/** Runs the build function with `options` and translates what it described. */
export async function buildGraph(
  pipeline: PipelineDescription | object,
  options: unknown,
): Promise<BuiltPipeline> {
  const description = descriptionOfPipeline(pipeline) ?? (pipeline as PipelineDescription);
  const builder = await buildSteps(description, options);
  const { graph, functions } = translate(builder);
  return { graph, functions, bytes: encodeGraph(graph), hints: hintsOf(graph) };
}
