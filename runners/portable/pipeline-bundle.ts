import { createHash, randomUUID } from 'node:crypto';
import type { Artifact } from '#portability/model/graph.js';
import {
  decodeArtifactFilePayload,
  encodeArtifactFilePayload,
  encodeArtifactStagingToRolePayload,
} from '#portability/proto/generated/pipeline.js';
import { ARTIFACT_ROLE_URN, ARTIFACT_TYPE_URN } from '#portability/urns.js';
import { encodeManifest, STAGED } from '#sdk/harness/worker/pipeline-manifest.js';
import type { ReadArtifact } from './stage-artifacts.js';

/**
 * A pipeline as workers in other processes build it: one module without dependencies but this package.
 *
 * @example
 * ```ts
 * import { readFileSync } from 'node:fs';
 * import type { PipelineBundle } from 'strahl/runners/portable';
 * const bundle: PipelineBundle = {
 *   module: readFileSync('dist/sessions.js'),
 *   options: { input: 'clicks.jsonl' },
 * };
 * ```
 */
export interface PipelineBundle {
  /** An ES module. */
  readonly module: Uint8Array;
  /** Its export that is the pipeline. Default: `default`. */
  readonly export?: string;
  /** Plain data: what the build function was given, with its defaults filled in. */
  readonly options: unknown;
}

/** The files of a pipeline and what a runner is told of them. */
export interface StagedFiles {
  readonly dependencies: readonly Artifact[];
  readonly read: ReadArtifact;
}

/** `graph`: as it was built; `structuralHash`: of it. */
export function stagedFiles(
  bundle: PipelineBundle,
  graph: Uint8Array,
  structuralHash: string,
): StagedFiles {
  const manifest = encodeManifest({
    export: bundle.export ?? 'default',
    options: bundle.options,
    job: randomUUID(),
    structuralHash,
    bundle: sum(bundle.module),
    graph: sum(graph),
  });
  const files = new Map([
    [STAGED.manifest, manifest],
    [STAGED.bundle, bundle.module],
    [STAGED.graph, graph],
  ]);
  return {
    dependencies: [...files].map(([name, bytes]) => artifactOf(name, bytes)),
    read: (typeUrn, payload) =>
      typeUrn === ARTIFACT_TYPE_URN.FILE
        ? files.get(decodeArtifactFilePayload(payload).path)
        : undefined,
  };
}

function artifactOf(name: string, bytes: Uint8Array): Artifact {
  return Object.freeze({
    typeUrn: ARTIFACT_TYPE_URN.FILE,
    typePayload: encodeArtifactFilePayload({ path: name, sha256: sum(bytes) }),
    roleUrn: ARTIFACT_ROLE_URN.STAGING_TO,
    rolePayload: encodeArtifactStagingToRolePayload({ stagedName: name }),
  });
}

function sum(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
