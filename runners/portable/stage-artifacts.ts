import type { RpcChannel } from '#portability/grpc/connect.js';
import { ARTIFACT_STAGING_SERVICE } from '#portability/jobapi/artifact-services.js';
import type { MessageStream } from '#portability/grpc/message-stream.js';
import type { Init } from '#portability/proto/codec.js';
import type {
  ArtifactRequestWrapper,
  ArtifactResponseWrapper,
} from '#portability/proto/generated/artifact.js';
import { StrahlError } from '#portability/errors.js';

/** Bytes of a file that go into one message. */
const CHUNK_BYTES = 1024 * 1024;

/** Gives the bytes of an artifact by its payload of the kind FILE; `undefined` for one that is not ours. */
export type ReadArtifact = (
  typeUrn: string,
  typePayload: Uint8Array,
) => Uint8Array | AsyncIterable<Uint8Array> | undefined;

type Stream = MessageStream<ArtifactRequestWrapper, ArtifactResponseWrapper>;

/**
 * Answers what the runner asks for until it has all: this client is the server of the files here.
 *
 * @throws STRAHL-6001 when the stream breaks
 */
export function stageArtifacts(
  channel: RpcChannel,
  token: string,
  read: ReadArtifact,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const stream: Stream = channel.bidi(ARTIFACT_STAGING_SERVICE.ReverseArtifactRetrievalService);
    let work = Promise.resolve();
    stream.listen({
      message: (message) => {
        work = work.then(() => answer(stream, token, message, read)).catch(reject);
      },
      end: (failure) => {
        stream.end();
        if (failure === undefined) resolve();
        else reject(failure);
      },
    });
    stream.send({ stagingToken: token });
  });
}

async function answer(
  stream: Stream,
  stagingToken: string,
  { request }: ArtifactRequestWrapper,
  read: ReadArtifact,
): Promise<void> {
  const send = async (message: Init<ArtifactResponseWrapper>): Promise<void> => {
    if (!stream.send({ stagingToken, ...message })) await stream.drained();
  };
  if (request?.case === 'resolveArtifact') {
    const value = { replacements: request.value.artifacts };
    await send({ response: { case: 'resolveArtifactResponse', value }, isLast: true });
    return;
  }
  const artifact = request?.value.artifact;
  const bytes = read(artifact?.typeUrn ?? '', artifact?.typePayload ?? new Uint8Array(0));
  if (bytes === undefined) {
    throw new StrahlError('protocolBroken', {
      title: `the runner asks for an artifact of kind ${artifact?.typeUrn ?? 'none'} that nobody offered`,
    });
  }
  for await (const piece of bytes instanceof Uint8Array ? [bytes] : bytes) {
    for (let at = 0; at < piece.length; at += CHUNK_BYTES) {
      const data = piece.subarray(at, at + CHUNK_BYTES);
      await send({ response: { case: 'getArtifactResponse', value: { data } } });
    }
  }
  await send({ response: { case: 'getArtifactResponse', value: {} }, isLast: true });
}
