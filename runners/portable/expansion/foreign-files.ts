import { createHash } from 'node:crypto';
import type { Artifact, Environment, Graph } from '#portability/model/graph.js';
import type { EnvironmentId } from '#portability/model/ids.js';
import { artifactFromProto, environmentFromProto } from '#portability/proto/components-proto.js';
import {
  decodeAnyOfEnvironmentPayload,
  decodeArtifactFilePayload,
  encodeAnyOfEnvironmentPayload,
  encodeArtifactFilePayload,
} from '#portability/proto/generated/pipeline.js';
import { ARTIFACT_TYPE_URN, ENVIRONMENT_URN } from '#portability/urns.js';
import type { ExpansionClient } from './expansion-client.js';

interface ForeignFile {
  readonly artifact: Artifact;
  readonly client: ExpansionClient;
}

/**
 * Files that environments of other SDKs need. They stay where they are until the runner asks for them; then they
 * are passed on. Paths get the namespace of their step, because two services may use the same.
 */
export class ForeignFiles {
  readonly #files = new Map<string, ForeignFile>();

  /**
   * The graph with the environments of `namespace` naming files that can be had here. Of a service that was started
   * for the job, its own workers are taken: they need no files.
   */
  async adopt(graph: Graph, client: ExpansionClient, namespace: string): Promise<Graph> {
    const environments = new Map<EnvironmentId, Environment>();
    for (const [id, environment] of graph.components.environments) {
      const isNew = id.startsWith(namespace);
      environments.set(id, isNew ? await this.#adopt(environment, client, namespace) : environment);
    }
    return { ...graph, components: { ...graph.components, environments } };
  }

  async #adopt(
    environment: Environment,
    client: ExpansionClient,
    namespace: string,
  ): Promise<Environment> {
    const local = client.isOwn ? workersOf(environment) : undefined;
    if (local !== undefined) return local;
    const own = {
      ...environment,
      dependencies: await this.#resolve(environment, client, namespace),
    };
    if (environment.urn !== ENVIRONMENT_URN.ANYOF) return Object.freeze(own);
    const { environments } = decodeAnyOfEnvironmentPayload(environment.payload);
    const parts: Environment[] = [];
    for (const part of environments) {
      parts.push(await this.#adopt(environmentFromProto(part), client, namespace));
    }
    const payload = encodeAnyOfEnvironmentPayload({ environments: parts });
    return Object.freeze({ ...own, payload });
  }

  async #resolve(
    { dependencies }: Environment,
    client: ExpansionClient,
    namespace: string,
  ): Promise<readonly Artifact[]> {
    if (dependencies.length === 0) return dependencies;
    return (await client.resolve(dependencies)).map((artifact) => {
      if (artifact.typeUrn !== ARTIFACT_TYPE_URN.FILE) return artifact;
      const { path: there, sha256 } = decodeArtifactFilePayload(artifact.typePayload);
      const path = `${namespace}/${createHash('sha256').update(there).digest('hex')}`;
      this.#files.set(path, { artifact, client });
      return artifactFromProto({
        ...artifact,
        typePayload: encodeArtifactFilePayload({ path, sha256 }),
      });
    });
  }

  /** The bytes of a file; `undefined` for one that no service has. */
  read(typeUrn: string, typePayload: Uint8Array): AsyncIterable<Uint8Array> | undefined {
    if (typeUrn !== ARTIFACT_TYPE_URN.FILE) return undefined;
    const file = this.#files.get(decodeArtifactFilePayload(typePayload).path);
    return file?.client.read(file.artifact);
  }
}

/** Of several that an environment may be, the workers that run already. */
function workersOf({ urn, payload }: Environment): Environment | undefined {
  if (urn !== ENVIRONMENT_URN.ANYOF) return undefined;
  const { environments } = decodeAnyOfEnvironmentPayload(payload);
  const running = environments.find((each) => each.urn === ENVIRONMENT_URN.EXTERNAL);
  return running === undefined ? undefined : environmentFromProto(running);
}
