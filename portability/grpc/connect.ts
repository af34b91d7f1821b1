import type { Client, Metadata, ServiceError } from '@grpc/grpc-js';
import type { StrahlError } from '../errors.js';
import type { Init } from '../proto/codec.js';
import { asBuffer } from '../wire/native-buffer.js';
import { CHANNEL_OPTIONS, loadGrpc, type GrpcLibrary } from './grpc-library.js';
import {
  GrpcStream,
  type ByteStream,
  type MessageSink,
  type MessageStream,
} from './message-stream.js';
import type { Rpc } from './rpc.js';
import { errorOfStatus } from './status.js';

/** Certificates in PEM. `key` and `certificate` show who we are to a server that asks. */
export interface ClientTls {
  readonly ca?: Uint8Array;
  readonly key?: Uint8Array;
  readonly certificate?: Uint8Array;
}

export interface ConnectOptions {
  /** Default: no encryption, for servers of this machine. */
  readonly tls?: ClientTls;
  /** Sent as `authorization: Bearer …`. */
  readonly token?: string;
  /** Headers of every call. */
  readonly headers?: Readonly<Record<string, string>>;
}

export interface CallOptions {
  readonly headers?: Readonly<Record<string, string>>;
  /** Milliseconds until the call fails with STRAHL-6006. Default: none. */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
}

/** A connection to a server, used by any number of calls. It is made by the first of them. */
export interface RpcChannel {
  readonly address: string;
  unary<Q, A>(rpc: Rpc<Q, A, 'unary'>, request: Init<Q>, options?: CallOptions): Promise<A>;
  /** Gives the messages of the server to `sink`; the answer ends the call. */
  serverStream<Q, A>(
    rpc: Rpc<Q, A, 'server-stream'>,
    request: Init<Q>,
    sink: MessageSink<A>,
    options?: CallOptions,
  ): () => void;
  bidi<Q, A>(rpc: Rpc<Q, A, 'bidi'>, options?: CallOptions): MessageStream<A, Q>;
  /** Waits until the server takes calls. @throws STRAHL-6001 */
  ready(timeoutMs: number): Promise<void>;
  close(): void;
}

/**
 * Connects to a server.
 *
 * @param address `host:port`
 * @throws STRAHL-9009 without the library
 */
export async function connect(address: string, options: ConnectOptions = {}): Promise<RpcChannel> {
  const grpc = await loadGrpc();
  return new GrpcChannel(grpc, address, options);
}

const same = (bytes: Buffer): Buffer => bytes;

class GrpcChannel implements RpcChannel {
  readonly address: string;
  readonly #grpc: GrpcLibrary;
  readonly #client: Client;
  readonly #headers: Readonly<Record<string, string>>;

  constructor(grpc: GrpcLibrary, address: string, { tls, token, headers }: ConnectOptions) {
    this.address = address;
    this.#grpc = grpc;
    const bearer = token === undefined ? {} : { authorization: `Bearer ${token}` };
    this.#headers = { ...headers, ...bearer };
    const secret = (bytes: Uint8Array | undefined): Buffer | null =>
      bytes === undefined ? null : asBuffer(bytes);
    const credentials =
      tls === undefined
        ? grpc.credentials.createInsecure()
        : grpc.credentials.createSsl(secret(tls.ca), secret(tls.key), secret(tls.certificate));
    const own = {
      // Its own connection: a worker that ends must not hold the connection of another.
      'grpc.use_local_subchannel_pool': 1,
      // Servers of Go and Java end the connection of a client that pings more often, or without a call.
      'grpc.keepalive_time_ms': 5 * 60_000,
      'grpc.keepalive_permit_without_calls': 0,
    };
    this.#client = new grpc.Client(address, credentials, { ...CHANNEL_OPTIONS, ...own });
  }

  unary<Q, A>(rpc: Rpc<Q, A, 'unary'>, request: Init<Q>, options: CallOptions = {}): Promise<A> {
    return new Promise((resolve, reject) => {
      const answered = (cause: ServiceError | null, bytes?: Buffer): void => {
        try {
          if (cause !== null || bytes === undefined) throw this.#explain(rpc.path, cause);
          resolve(rpc.response.decode(bytes));
        } catch (e) {
          // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- what the decoder throws is passed on
          reject(e);
        }
      };
      const bytes = asBuffer(rpc.request.encode(request));
      const { client, path, metadata, terms } = this.#call(rpc, options);
      const call = client.makeUnaryRequest(path, same, same, bytes, metadata, terms, answered);
      cancelBy(options.signal, call);
    });
  }

  serverStream<Q, A>(
    rpc: Rpc<Q, A, 'server-stream'>,
    request: Init<Q>,
    sink: MessageSink<A>,
    options: CallOptions = {},
  ): () => void {
    const bytes = asBuffer(rpc.request.encode(request));
    const { client, path, metadata, terms } = this.#call(rpc, options);
    const call = client.makeServerStreamRequest(path, same, same, bytes, metadata, terms);
    // Nothing is ever written to it.
    this.#stream(rpc, call as unknown as CancellableStream, options).listen(sink);
    return () => call.cancel();
  }

  bidi<Q, A>(rpc: Rpc<Q, A, 'bidi'>, options: CallOptions = {}): MessageStream<A, Q> {
    const { client, path, metadata, terms } = this.#call(rpc, options);
    const call = client.makeBidiStreamRequest(path, same, same, metadata, terms);
    return this.#stream(rpc, call as unknown as CancellableStream, options);
  }

  /** What every kind of call is made with. */
  #call({ path }: Rpc<unknown, unknown>, options: CallOptions) {
    const metadata: Metadata = new this.#grpc.Metadata();
    for (const [name, value] of Object.entries({ ...this.#headers, ...options.headers })) {
      metadata.set(name, value);
    }
    return { client: this.#client, path, metadata, terms: deadlineOf(options) };
  }

  #stream<Q, A>(
    rpc: Rpc<Q, A>,
    call: CancellableStream,
    { signal }: CallOptions,
  ): MessageStream<A, Q> {
    cancelBy(signal, call);
    return new GrpcStream(
      call,
      { incoming: rpc.response, outgoing: rpc.request },
      (cause) => this.#explain(rpc.path, cause),
      () => call.cancel(),
    );
  }

  ready(timeoutMs: number): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#client.waitForReady(Date.now() + timeoutMs, (cause) => {
        if (cause === undefined) resolve();
        else reject(this.#explain('connecting', { code: 14, details: cause.message }));
      });
    });
  }

  close(): void {
    this.#client.close();
  }

  #explain(path: string, cause: unknown): StrahlError {
    return errorOfStatus(`${path} at ${this.address}`, cause);
  }
}

/** The library's streams, whose types differ from call to call. */
interface CancellableStream extends ByteStream {
  cancel(): void;
}

function deadlineOf({ timeoutMs }: CallOptions): { readonly deadline?: number } {
  return timeoutMs === undefined ? {} : { deadline: Date.now() + timeoutMs };
}

function cancelBy(signal: AbortSignal | undefined, call: { cancel(): void }): void {
  if (signal?.aborted === true) call.cancel();
  else signal?.addEventListener('abort', () => call.cancel(), { once: true });
}
