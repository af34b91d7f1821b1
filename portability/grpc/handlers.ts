import type { Init } from '../proto/codec.js';
import type { MessageSender, MessageStream } from './message-stream.js';
import type { Rpc, RpcService } from './rpc.js';

/** Who called, and whether he still waits. */
export interface RpcCaller {
  /** A header of the call; `undefined` if it has none of that name. */
  header(name: string): string | undefined;
  /** Aborted when the caller has given up, or its connection broke. */
  readonly signal: AbortSignal;
  /** Sends the headers of the answer now, for callers that wait for them before they send. */
  greet(): void;
}

/** What a method does; what it throws becomes the status of the call. */
export type Handler<M> =
  M extends Rpc<infer Q, infer A, 'unary'>
    ? (request: Q, caller: RpcCaller) => Init<A> | Promise<Init<A>>
    : M extends Rpc<infer Q, infer A, 'server-stream'>
      ? (request: Q, out: MessageSender<A>, caller: RpcCaller) => void | Promise<void>
      : M extends Rpc<infer Q, infer A, 'bidi'>
        ? (stream: MessageStream<Q, A>, caller: RpcCaller) => void | Promise<void>
        : never;

/** The methods of a service that are served; the others answer UNIMPLEMENTED. */
export type Handlers<S extends RpcService> = { readonly [M in keyof S]?: Handler<S[M]> };

/** A service and what serves it. */
export interface Offer {
  readonly service: RpcService;
  // Checked where the offer was made.
  readonly handlers: Readonly<Record<string, unknown>>;
}

/** Pairs a service with its handlers, type by type. */
export function offer<S extends RpcService>(service: S, handlers: Handlers<S>): Offer {
  return { service, handlers };
}
