import { StrahlError } from '#portability/errors.js';
import { offer, type Offer } from '#portability/grpc/handlers.js';
import {
  ARTIFACT_RETRIEVAL_SERVICE,
  ARTIFACT_STAGING_SERVICE,
} from '#portability/jobapi/artifact-services.js';
import { decodeArtifactFilePayload } from '#portability/proto/generated/pipeline.js';
import { ARTIFACT_TYPE_URN } from '#portability/urns.js';
import type { Jobs } from '../jobs/jobs.js';
import type { PreparedJob } from '../jobs/server-job.js';
import type { WorkerHub } from '../workers/worker-hub.js';
import { StagingSession } from './artifact-staging.js';
import { ArtifactQuota } from './artifact-quota.js';
import type { ArtifactStore } from './artifact-store.js';

/** Bytes of one message that carries a part of a file. */
const CHUNK_BYTES = 1024 * 1024;

/** Clients bring the files of their pipelines, at most `limit` bytes for each. */
export function artifactStaging(jobs: Jobs, store: ArtifactStore, limit: number): Offer {
  const quotas = new WeakMap<PreparedJob, ArtifactQuota>();
  return offer(ARTIFACT_STAGING_SERVICE, {
    ReverseArtifactRetrievalService: async (stream, caller) => {
      // Some clients wait for headers before they send.
      caller.greet();
      const session = new StagingSession(stream, store);
      const prepared = jobs.prepared(await session.token());
      const quota = quotas.get(prepared) ?? new ArtifactQuota(limit);
      quotas.set(prepared, quota);
      for (const [id, { dependencies }] of prepared.graph.components.environments) {
        prepared.artifacts.set(id, await session.stage(dependencies, quota));
      }
      stream.end();
    },
  });
}

/** Workers fetch the files of their job, and of no other. */
export function artifactRetrieval(hub: WorkerHub, store: ArtifactStore): Offer {
  return offer(ARTIFACT_RETRIEVAL_SERVICE, {
    ResolveArtifacts: ({ artifacts }, caller) => {
      hub.worker(caller);
      return { replacements: artifacts };
    },
    GetArtifact: async ({ artifact }, out, caller) => {
      const { dependencies = [] } = hub.worker(caller).provision();
      const path =
        artifact?.typeUrn === ARTIFACT_TYPE_URN.FILE
          ? decodeArtifactFilePayload(artifact.typePayload).path
          : '';
      const isOwn = dependencies.some(
        ({ typePayload }) => decodeArtifactFilePayload(typePayload!).path === path,
      );
      if (!isOwn) throw new StrahlError('notFound', { title: 'the job has no such artifact' });
      for await (const data of store.read(path, CHUNK_BYTES)) {
        if (!out.send({ data })) await out.drained();
      }
    },
  });
}
