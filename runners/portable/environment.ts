import { StrahlError } from '#portability/errors.js';
import type { Artifact, Environment, Graph } from '#portability/model/graph.js';
import {
  encodeDockerPayload,
  encodeExternalPayload,
  encodeProcessPayload,
} from '#portability/proto/generated/pipeline.js';
import { ENVIRONMENT_URN, PROTOCOL_URN } from '#portability/urns.js';

/**
 * Where the functions of a pipeline run.
 *
 *   loopback   in the process that submits the job, which must stay until the job ends
 *   external   by a pool of workers, `strahl worker`
 *   process    by a program that the runner starts on its machines: `strahl worker --boot`
 *   docker     in a container that the runner starts
 *
 * @example
 * ```ts
 * import type { PortableEnvironment } from 'strahl/runners/portable';
 * const pool: PortableEnvironment = { external: 'localhost:50000' };
 * const image: PortableEnvironment = { docker: 'example/worker:1' };
 * ```
 */
export type PortableEnvironment =
  | 'loopback'
  | { readonly external: string }
  | { readonly process: string; readonly env?: Readonly<Record<string, string>> }
  | { readonly docker: string };

/** What this harness can do beyond what every harness must. */
const PROTOCOLS: readonly string[] = [
  PROTOCOL_URN.PROGRESS_REPORTING,
  PROTOCOL_URN.HARNESS_MONITORING_INFOS,
  PROTOCOL_URN.CONTROL_REQUEST_ELEMENTS_EMBEDDING,
  PROTOCOL_URN.NAMED_DATA_STREAMS,
  PROTOCOL_URN.MULTIMAP_STATE,
  PROTOCOL_URN.STATE_CACHING,
  PROTOCOL_URN.ORDERED_LIST_STATE,
];

/** An environment as a runner is told of it; the URN and payload of `environment`. */
export interface EnvironmentSpec {
  readonly urn: string;
  readonly payload: Uint8Array;
}

/** @param pool where the workers of this process are had, `host:port` */
export function environmentSpec(environment: PortableEnvironment, pool: string): EnvironmentSpec {
  if (environment === 'loopback') return external(pool);
  if ('external' in environment) return external(environment.external);
  if ('docker' in environment) {
    const payload = encodeDockerPayload({ containerImage: environment.docker });
    return { urn: ENVIRONMENT_URN.DOCKER, payload };
  }
  const { process: command, env = {} } = environment;
  const payload = encodeProcessPayload({ command, env: new Map(Object.entries(env)) });
  return { urn: ENVIRONMENT_URN.PROCESS, payload };
}

function external(url: string): EnvironmentSpec {
  return { urn: ENVIRONMENT_URN.EXTERNAL, payload: encodeExternalPayload({ endpoint: { url } }) };
}

/**
 * The graph with the environment of this SDK made concrete; those of other SDKs stay as they are.
 *
 * @throws STRAHL-2004 when the graph has no environment of this SDK
 */
export function withEnvironment(
  graph: Graph,
  { urn, payload }: EnvironmentSpec,
  dependencies: readonly Artifact[] = [],
): Graph {
  const environments = new Map(graph.components.environments);
  let found = false;
  for (const [id, environment] of environments) {
    if (environment.urn !== ENVIRONMENT_URN.DEFAULT) continue;
    found = true;
    const capabilities = [...environment.capabilities, ...PROTOCOLS];
    const made: Environment = { ...environment, urn, payload, capabilities, dependencies };
    environments.set(id, Object.freeze(made));
  }
  if (!found) {
    throw new StrahlError('unsupportedEnvironment', {
      title: 'the pipeline names no environment of this SDK',
    });
  }
  return { ...graph, components: { ...graph.components, environments } };
}
