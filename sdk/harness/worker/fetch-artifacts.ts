import { createHash } from 'node:crypto';
import { StrahlError } from '#portability/errors.js';
import type { RpcChannel } from '#portability/grpc/connect.js';
import { ARTIFACT_RETRIEVAL_SERVICE } from '#portability/jobapi/artifact-services.js';
import {
  decodeArtifactFilePayload,
  decodeArtifactStagingToRolePayload,
  decodeEmbeddedFilePayload,
  type ArtifactInformation,
} from '#portability/proto/generated/pipeline.js';
import { ARTIFACT_ROLE_URN, ARTIFACT_TYPE_URN } from '#portability/urns.js';

/** Bytes of all files of a pipeline that are taken; more is not a program. */
const MAX_BYTES = 512 * 1024 * 1024;

/**
 * Fetches the files of a pipeline, by the names under which they were staged.
 *
 * @throws STRAHL-6004 for a file that is not the one that was staged, 2001 for one of a kind that is not fetched
 * here, 5004 for more than 512 MB
 */
export async function fetchArtifacts(
  channel: RpcChannel,
  artifacts: readonly ArtifactInformation[],
): Promise<ReadonlyMap<string, Uint8Array>> {
  const { ResolveArtifacts } = ARTIFACT_RETRIEVAL_SERVICE;
  const preferredUrns = [ARTIFACT_TYPE_URN.FILE, ARTIFACT_TYPE_URN.EMBEDDED];
  const { replacements } = await channel.unary(ResolveArtifacts, { artifacts, preferredUrns });
  const files = new Map<string, Uint8Array>();
  let left = MAX_BYTES;
  for (const artifact of replacements) {
    const bytes = await fetchOne(channel, artifact, left);
    left -= bytes.length;
    files.set(nameOf(artifact), bytes);
  }
  return files;
}

function nameOf({ roleUrn, rolePayload }: ArtifactInformation): string {
  if (roleUrn === ARTIFACT_ROLE_URN.STAGING_TO) {
    return decodeArtifactStagingToRolePayload(rolePayload).stagedName;
  }
  throw unsupported(`an artifact in the role ${roleUrn}`);
}

async function fetchOne(
  channel: RpcChannel,
  artifact: ArtifactInformation,
  limit: number,
): Promise<Uint8Array> {
  if (artifact.typeUrn === ARTIFACT_TYPE_URN.EMBEDDED) {
    return decodeEmbeddedFilePayload(artifact.typePayload).data;
  }
  if (artifact.typeUrn !== ARTIFACT_TYPE_URN.FILE) {
    throw unsupported(`an artifact of the kind ${artifact.typeUrn}`);
  }
  const bytes = await download(channel, artifact, limit);
  const { sha256 } = decodeArtifactFilePayload(artifact.typePayload);
  // Some runners stage files anew and leave the sum out; the manifest among the files has it then.
  if (sha256 !== '') requireSum(bytes, sha256, nameOf(artifact));
  return bytes;
}

function download(
  channel: RpcChannel,
  artifact: ArtifactInformation,
  limit: number,
): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const chunks: Uint8Array[] = [];
    let size = 0;
    const cancel = channel.serverStream(
      ARTIFACT_RETRIEVAL_SERVICE.GetArtifact,
      { artifact },
      {
        message: ({ data }) => {
          size += data.length;
          chunks.push(data);
          if (size <= limit) return;
          cancel();
          const title = `the files of the pipeline have more than ${String(MAX_BYTES)} bytes`;
          reject(new StrahlError('limitExceeded', { title }));
        },
        end: (failure) => {
          if (failure === undefined) resolve(Buffer.concat(chunks));
          else reject(failure);
        },
      },
    );
  });
}

/** @throws STRAHL-6004 */
export function requireSum(bytes: Uint8Array, sha256: string, name: string): void {
  const found = createHash('sha256').update(bytes).digest('hex');
  if (found === sha256) return;
  throw new StrahlError('dataLost', {
    title: `the file ${name} of the pipeline is not the one that was staged`,
    why: `its SHA-256 is ${found} instead of ${sha256}`,
  });
}

function unsupported(what: string): StrahlError {
  return new StrahlError('unsupportedFeature', { title: `${what} is not fetched here` });
}
