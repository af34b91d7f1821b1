import type { Init } from '../proto/codec.js';

/** How many messages each side sends. */
export type RpcKind = 'unary' | 'server-stream' | 'client-stream' | 'bidi';

/** How a message becomes bytes and comes back. */
export interface MessageCodec<T> {
  encode(message: Init<T>): Uint8Array;
  decode(bytes: Uint8Array): T;
}

/** One method of a service: what both ends of it must agree on. */
export interface Rpc<Request, Response, Kind extends RpcKind = RpcKind> {
  readonly kind: Kind;
  /** `/package.Service/Method` */
  readonly path: string;
  readonly request: MessageCodec<Request>;
  readonly response: MessageCodec<Response>;
}

/** A service: its methods by name. */
// A service mixes methods of all messages; `Handlers` gives each its types back.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type RpcService = Readonly<Record<string, Rpc<any, any>>>;

/** Bytes as they are, for whoever reads messages later, or only passes them on. */
const RAW: MessageCodec<Uint8Array> = Object.freeze({
  encode: (bytes: Uint8Array) => bytes,
  decode: (bytes: Uint8Array) => bytes,
});

/** The same method, with the messages left as bytes. */
export function rawRpc<Kind extends RpcKind>(
  // Whatever its messages are.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  rpc: Rpc<any, any, Kind>,
): Rpc<Uint8Array, Uint8Array, Kind> {
  return Object.freeze({ ...rpc, request: RAW, response: RAW });
}

/** Names the methods of one service. */
export class ServicePath {
  readonly #prefix: string;

  /** @param service full name, with the package */
  constructor(service: string) {
    this.#prefix = `/${service}/`;
  }

  unary<Q, A>(
    method: string,
    request: MessageCodec<Q>,
    response: MessageCodec<A>,
  ): Rpc<Q, A, 'unary'> {
    return Object.freeze({ kind: 'unary', path: this.#prefix + method, request, response });
  }

  serverStream<Q, A>(
    method: string,
    request: MessageCodec<Q>,
    response: MessageCodec<A>,
  ): Rpc<Q, A, 'server-stream'> {
    return Object.freeze({ kind: 'server-stream', path: this.#prefix + method, request, response });
  }

  clientStream<Q, A>(
    method: string,
    request: MessageCodec<Q>,
    response: MessageCodec<A>,
  ): Rpc<Q, A, 'client-stream'> {
    return Object.freeze({ kind: 'client-stream', path: this.#prefix + method, request, response });
  }

  bidi<Q, A>(
    method: string,
    request: MessageCodec<Q>,
    response: MessageCodec<A>,
  ): Rpc<Q, A, 'bidi'> {
    return Object.freeze({ kind: 'bidi', path: this.#prefix + method, request, response });
  }
}
