import { decodeGraph } from '#portability/proto/pipeline-proto.js';
import { ENVIRONMENT_URN } from '#portability/urns.js';
import { engineCapabilities } from '#runners/core/plan/engine-capabilities.js';
import { planGraph } from '#runners/core/plan/plan-graph.js';
import type { Plan } from '#runners/core/plan/plan.js';

/** Functions of this process; every pipeline of this SDK asks for no more. */
const ENVIRONMENTS: readonly string[] = [ENVIRONMENT_URN.DEFAULT];

/**
 * The stages in which the direct runner runs an encoded pipeline.
 *
 * @throws STRAHL-2001 … 2004 for what it cannot run, all of it listed
 * @internal
 */
export function planOf(pipeline: Uint8Array): Plan {
  const capabilities = engineCapabilities('direct', ENVIRONMENTS);
  return planGraph(decodeGraph(pipeline), { capabilities });
}
