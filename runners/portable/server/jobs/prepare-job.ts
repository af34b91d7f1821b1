import { randomBytes } from 'node:crypto';
import { StrahlError } from '#portability/errors.js';
import type { Graph } from '#portability/model/graph.js';
import type { Init } from '#portability/proto/codec.js';
import type { Struct } from '#portability/proto/generated/google/protobuf/struct.js';
import { encodePipeline, type Pipeline } from '#portability/proto/generated/pipeline.js';
import { decodeGraph } from '#portability/proto/pipeline-proto.js';
import { ENVIRONMENT_URN } from '#portability/urns.js';
import { engineCapabilities } from '#runners/core/plan/engine-capabilities.js';
import { planGraph } from '#runners/core/plan/plan-graph.js';
import { prefixCoders } from '#runners/core/plan/prefix-coders.js';
import { asMeant } from '../meant-windowing.js';
import { fedStreams } from '../streams/fed-streams.js';
import { SERVED_ENVIRONMENTS } from '../workers/start-worker.js';
import type { PreparedJob } from './server-job.js';

/** Transforms of a pipeline that is taken; programs that people write have hundreds. */
const TRANSFORMS = 10_000;

/**
 * Checks and plans a pipeline.
 *
 * @throws STRAHL-5004 for more than 10,000 transforms, 1003 … for a pipeline that contradicts itself, 2001 … 2004 for what is not supported
 */
export function prepareJob(
  pipeline: Pipeline | undefined,
  name: string,
  options: Init<Struct>,
): PreparedJob {
  if (pipeline === undefined) {
    throw new StrahlError('brokenGraph', { title: 'the request holds no pipeline' });
  }
  const size = pipeline.components?.transforms.size ?? 0;
  if (size > TRANSFORMS) {
    throw new StrahlError('limitExceeded', {
      title: `the pipeline has ${String(size)} transforms, and at most ${String(TRANSFORMS)} are taken`,
    });
  }
  const bytes = encodePipeline(pipeline);
  const sent = decodeGraph(bytes);
  const graph: Graph = prefixCoders(asMeant(sent));
  const capabilities = engineCapabilities('job-server', [
    ...SERVED_ENVIRONMENTS,
    ENVIRONMENT_URN.ANYOF,
  ]);
  const plan = planGraph(graph, {
    capabilities: { ...capabilities, anySdk: true, testStreamService: true },
  });
  const id = `${jobName(name)}-${randomBytes(8).toString('hex')}`;
  return {
    ...{ id, name, graph, pipeline: bytes, plan, options, artifacts: new Map() },
    ownCoders: new Map([...sent.components.pcollections].map(([at, { coderId }]) => [at, coderId])),
    fedStreams: fedStreams(sent),
  };
}

/** Ids appear in paths and logs of clients. */
function jobName(name: string): string {
  return name.replace(/[^A-Za-z0-9-]+/g, '-').slice(0, 40) || 'job';
}
