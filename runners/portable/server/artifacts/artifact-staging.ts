import { StrahlError } from '#portability/errors.js';
import type { MessageStream } from '#portability/grpc/message-stream.js';
import type { Artifact } from '#portability/model/graph.js';
import { artifactFromProto } from '#portability/proto/components-proto.js';
import type {
  ArtifactRequestWrapper,
  ArtifactResponseWrapper,
} from '#portability/proto/generated/artifact.js';
import { encodeArtifactFilePayload } from '#portability/proto/generated/pipeline.js';
import { ARTIFACT_TYPE_URN } from '#portability/urns.js';
import type { ArtifactQuota } from './artifact-quota.js';
import type { ArtifactStore } from './artifact-store.js';

type Stream = MessageStream<ArtifactResponseWrapper, ArtifactRequestWrapper>;

/** How many messages may wait before the client is slowed down. */
const WAITING = 16;

/**
 * Asks a client for the files of its environments, one after the other, and keeps them. Only one question
 * is open at a time, so the answers need no names.
 */
export class StagingSession {
  readonly #stream: Stream;
  readonly #store: ArtifactStore;
  readonly #arrived: ArtifactResponseWrapper[] = [];
  #over: { readonly failure: StrahlError | undefined } | undefined;
  #wake: () => void = () => undefined;

  constructor(stream: Stream, store: ArtifactStore) {
    this.#stream = stream;
    this.#store = store;
    stream.listen({
      message: (message) => {
        this.#arrived.push(message);
        if (this.#arrived.length > WAITING) stream.pause();
        this.#wake();
      },
      end: (failure) => {
        this.#over = { failure };
        this.#wake();
      },
    });
  }

  /** The token with which the client begins. */
  async token(): Promise<string> {
    return (await this.#next()).stagingToken;
  }

  /** The artifacts as files of the store. @throws STRAHL-7004 beyond the quota of their job */
  async stage(artifacts: readonly Artifact[], quota: ArtifactQuota): Promise<readonly Artifact[]> {
    if (artifacts.length === 0) return [];
    const value = {
      artifacts,
      preferredUrns: [ARTIFACT_TYPE_URN.FILE, ARTIFACT_TYPE_URN.EMBEDDED],
    };
    this.#stream.send({ request: { case: 'resolveArtifact', value } });
    const { response } = await this.#next();
    if (response?.case !== 'resolveArtifactResponse') throw unexpected('resolved artifacts');
    const staged: Artifact[] = [];
    for (const replacement of response.value.replacements) {
      staged.push(await this.#fetch(artifactFromProto(replacement), quota));
    }
    return staged;
  }

  async #fetch(artifact: Artifact, quota: ArtifactQuota): Promise<Artifact> {
    this.#stream.send({ request: { case: 'getArtifact', value: { artifact } } });
    const sha256 = await this.#store.store(this.#chunks(), quota);
    const typePayload = encodeArtifactFilePayload({ path: sha256, sha256 });
    return { ...artifact, typeUrn: ARTIFACT_TYPE_URN.FILE, typePayload };
  }

  async *#chunks(): AsyncGenerator<Uint8Array> {
    for (;;) {
      const { response, isLast } = await this.#next();
      if (response?.case !== 'getArtifactResponse') throw unexpected('the bytes of an artifact');
      if (response.value.data.length > 0) yield response.value.data;
      if (isLast) return;
    }
  }

  async #next(): Promise<ArtifactResponseWrapper> {
    for (;;) {
      const message = this.#arrived.shift();
      if (message !== undefined) {
        if (this.#arrived.length === 0) this.#stream.resume();
        return message;
      }
      if (this.#over !== undefined) {
        throw this.#over.failure ?? unexpected('more, but the client ended the stream');
      }
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }
}

function unexpected(what: string): StrahlError {
  return new StrahlError('protocolBroken', {
    title: `while artifacts were staged: expected ${what}`,
  });
}
