import type { ProcessBundleDescriptor } from '#portability/proto/generated/fn-api.js';
import {
  decodeRemoteGrpcPort,
  encodeRemoteGrpcPort,
} from '#portability/proto/generated/remote-port.js';
import {
  encodeExternalPayload,
  type Environment,
  type Pipeline,
} from '#portability/proto/generated/pipeline.js';
import { ENVIRONMENT_URN, TRANSFORM_URN } from '#portability/urns.js';

/** What stands for an address in a recording. */
export const NO_ADDRESS = 'recorded:0';

const PORTS: readonly string[] = [TRANSFORM_URN.DATA_SOURCE, TRANSFORM_URN.DATA_SINK];

/** The stage with all its elements, timers and state, and the pool of its workers, at `url`. */
export function stageAt(stage: ProcessBundleDescriptor, url: string): ProcessBundleDescriptor {
  const transforms = new Map(stage.transforms);
  for (const [id, transform] of transforms) {
    const { spec } = transform;
    if (spec === undefined || !PORTS.includes(spec.urn)) continue;
    const port = decodeRemoteGrpcPort(spec.payload);
    const payload = encodeRemoteGrpcPort({ ...port, apiServiceDescriptor: { url } });
    transforms.set(id, { ...transform, spec: { ...spec, payload } });
  }
  const { stateApiServiceDescriptor: state, timerApiServiceDescriptor: timers } = stage;
  return {
    ...stage,
    transforms,
    environments: environmentsAt(stage.environments, url),
    ...(state === undefined ? {} : { stateApiServiceDescriptor: { url } }),
    ...(timers === undefined ? {} : { timerApiServiceDescriptor: { url } }),
  };
}

/** The pipeline with the workers of its external environments from the pool at `url`. */
export function pipelineAt(pipeline: Pipeline, url: string): Pipeline {
  const { components } = pipeline;
  if (components === undefined) return pipeline;
  const environments = environmentsAt(components.environments, url);
  return { ...pipeline, components: { ...components, environments } };
}

function environmentsAt(
  environments: ReadonlyMap<string, Environment>,
  url: string,
): ReadonlyMap<string, Environment> {
  const payload = encodeExternalPayload({ endpoint: { url } });
  const moved = [...environments].map(([id, environment]): [string, Environment] => [
    id,
    environment.urn === ENVIRONMENT_URN.EXTERNAL ? { ...environment, payload } : environment,
  ]);
  return new Map(moved);
}
