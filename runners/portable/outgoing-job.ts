import type { Graph } from '#portability/model/graph.js';
import { decodeGraph } from '#portability/proto/pipeline-proto.js';
import { structuralHash } from '#sdk/harness/plan/graph-hash.js';
import type { JobSubmission } from '#sdk/runner.js';
import { withFinalization } from './bundle-finalization.js';
import { environmentSpec, withEnvironment, type PortableEnvironment } from './environment.js';
import { expandGraph, hasExternalSteps } from './expansion/expand-graph.js';
import type { ExpansionServices } from './expansion/expansion-services.js';
import { stagedFiles, type PipelineBundle } from './pipeline-bundle.js';
import type { ReadArtifact } from './stage-artifacts.js';
import { withWidelyKnownSteps } from './widely-known-steps.js';

/** A pipeline as its runner gets it. */
export interface OutgoingJob {
  readonly graph: Graph;
  /** Whether the job ends by itself. */
  readonly bounded: boolean;
  /** The files that belong to the graph. */
  readonly read: ReadArtifact;
}

/** Where the functions of a pipeline run. */
export interface FunctionPlace {
  readonly environment: PortableEnvironment;
  /** Where the workers of this process are, if they run the functions. */
  readonly ownAddress: string;
  /** What workers of other processes build the pipeline from. */
  readonly bundle: PipelineBundle | undefined;
}

/**
 * Makes of a pipeline what any runner takes: steps of other SDKs are replaced by what their services say.
 *
 * @throws STRAHL-3301 … 3304 for steps of other SDKs that cannot be expanded, 6001 for a service that does not answer
 */
export async function outgoingJob(
  { pipeline, functions }: JobSubmission,
  { environment, ownAddress, bundle }: FunctionPlace,
  services: ExpansionServices,
): Promise<OutgoingJob> {
  const graph = decodeGraph(pipeline);
  const files =
    bundle === undefined || environment === 'loopback'
      ? undefined
      : stagedFiles(bundle, pipeline, structuralHash(graph));
  const expanded = hasExternalSteps(graph) ? await expandGraph(graph, services) : undefined;
  const known = withWidelyKnownSteps(expanded?.graph ?? graph);
  const bounded = isBounded(graph);
  // A job that ends tells at its end: some runners refuse to tell of the bundles of such a job.
  const asked = bounded ? known : withFinalization(known, functions);
  return {
    graph: withEnvironment(asked, environmentSpec(environment, ownAddress), files?.dependencies),
    bounded,
    read: (urn, payload) => files?.read(urn, payload) ?? expanded?.files.read(urn, payload),
  };
}

function isBounded({ components }: Graph): boolean {
  return [...components.pcollections.values()].every((p) => p.boundedness === 'bounded');
}
