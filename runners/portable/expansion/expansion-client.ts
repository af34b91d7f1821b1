import { isStrahlError, type StrahlError } from '#portability/errors.js';
import { connect, type RpcChannel } from '#portability/grpc/connect.js';
import { ARTIFACT_RETRIEVAL_SERVICE } from '#portability/jobapi/artifact-services.js';
import { EXPANSION_SERVICE } from '#portability/jobapi/expansion-service.js';
import type { Artifact } from '#portability/model/graph.js';
import { artifactFromProto } from '#portability/proto/components-proto.js';
import type { Init } from '#portability/proto/codec.js';
import type {
  DiscoverSchemaTransformResponse,
  ExpansionRequest,
  ExpansionResponse,
  SchemaTransformConfig,
} from '#portability/proto/generated/expansion.js';
import { ARTIFACT_TYPE_URN } from '#portability/urns.js';

/** A service that runs must answer at all within this time, in milliseconds. */
const CONNECT_MS = 20_000;
/** Expanding may load and check much on the other side, in milliseconds. */
const EXPAND_MS = 300_000;

/** What a service describes by itself: its schema transforms by identifier. */
export type Offered = ReadonlyMap<string, SchemaTransformConfig>;

/** An expansion service, and the files of its environments. */
export class ExpansionClient {
  readonly #channel: RpcChannel;
  #offered: Promise<Offered> | undefined;

  /** Whether the service was started for the job, and ends with it. */
  readonly isOwn: boolean;

  private constructor(channel: RpcChannel, isOwn: boolean) {
    this.#channel = channel;
    this.isOwn = isOwn;
  }

  /** @throws STRAHL-6001 when nobody answers at `address` */
  static async connect(address: string, isOwn = false): Promise<ExpansionClient> {
    const channel = await connect(address);
    try {
      await channel.ready(CONNECT_MS);
      return new ExpansionClient(channel, isOwn);
    } catch (e) {
      channel.close();
      throw e;
    }
  }

  get address(): string {
    return this.#channel.address;
  }

  expand(request: Init<ExpansionRequest>): Promise<ExpansionResponse> {
    return this.#channel.unary(EXPANSION_SERVICE.Expand, request, { timeoutMs: EXPAND_MS });
  }

  /** Empty where the service describes nothing: not all can. */
  offered(): Promise<Offered> {
    return (this.#offered ??= this.#discover());
  }

  async #discover(): Promise<Offered> {
    const { DiscoverSchemaTransform } = EXPANSION_SERVICE;
    try {
      const answer: DiscoverSchemaTransformResponse = await this.#channel.unary(
        DiscoverSchemaTransform,
        {},
        { timeoutMs: EXPAND_MS },
      );
      return answer.schemaTransformConfigs;
    } catch (e) {
      if (isStrahlError(e)) return new Map();
      throw e;
    }
  }

  /** The artifacts in a form that can be fetched. */
  async resolve(artifacts: readonly Artifact[]): Promise<readonly Artifact[]> {
    const preferredUrns = [ARTIFACT_TYPE_URN.FILE, ARTIFACT_TYPE_URN.EMBEDDED];
    const { ResolveArtifacts } = ARTIFACT_RETRIEVAL_SERVICE;
    const request = { artifacts, preferredUrns };
    const { replacements } = await this.#channel.unary(ResolveArtifacts, request, {
      timeoutMs: EXPAND_MS,
    });
    return replacements.map(artifactFromProto);
  }

  /** The bytes of an artifact, piece by piece. */
  async *read(artifact: Artifact): AsyncGenerator<Uint8Array> {
    const pieces: Uint8Array[] = [];
    let over: { readonly failure: StrahlError | undefined } | undefined;
    let wake: () => void = () => undefined;
    const { GetArtifact } = ARTIFACT_RETRIEVAL_SERVICE;
    const cancel = this.#channel.serverStream(
      GetArtifact,
      { artifact },
      {
        message: ({ data }) => {
          pieces.push(data);
          wake();
        },
        end: (failure) => {
          over = { failure };
          wake();
        },
      },
    );
    try {
      for (;;) {
        const piece = pieces.shift();
        if (piece !== undefined) yield piece;
        else if (over !== undefined) {
          if (over.failure !== undefined) throw over.failure;
          return;
        } else await new Promise<void>((resolve) => (wake = resolve));
      }
    } finally {
      cancel();
    }
  }

  close(): void {
    this.#channel.close();
  }
}
