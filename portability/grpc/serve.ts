import { timingSafeEqual } from 'node:crypto';
import type {
  Metadata,
  sendUnaryData,
  Server,
  ServerCredentials,
  ServerDuplexStream,
  ServerUnaryCall,
  ServerWritableStream,
  ServiceDefinition,
  UntypedHandleCall,
} from '@grpc/grpc-js';
import { StrahlError } from '../errors.js';
import { asBuffer } from '../wire/native-buffer.js';
import { CHANNEL_OPTIONS, loadGrpc, type GrpcLibrary } from './grpc-library.js';
import type { Offer, RpcCaller } from './handlers.js';
import {
  GrpcSender,
  GrpcStream,
  type ByteOutput,
  type ByteStream,
  type MessageSender,
  type MessageStream,
} from './message-stream.js';
import type { Rpc } from './rpc.js';
import { errorOfStatus, statusOf } from './status.js';

/** Certificates in PEM. With `clientCa` only clients of that authority are let in. */
export interface ServerTls {
  readonly key: Uint8Array;
  readonly certificate: Uint8Array;
  readonly clientCa?: Uint8Array;
}

export interface ServeOptions {
  /** Default `127.0.0.1`. Any other address needs `tls`, and `token` or `tls.clientCa`. */
  readonly host?: string;
  /** 0, the default, takes any free port. */
  readonly port?: number;
  readonly tls?: ServerTls;
  /** What a caller must send as `authorization: Bearer …`. */
  readonly token?: string;
  /** Bytes of one message that are taken. Default: no limit. */
  readonly maxMessageBytes?: number;
  readonly offers: readonly Offer[];
}

/**
 * A running server.
 *
 * @example
 * ```ts
 * import type { Serving } from 'strahl/runners/portable';
 * const stopOn = (signal: NodeJS.Signals, serving: Serving): void =>
 *   void process.once(signal, () => void serving.close(1_000));
 * ```
 */
export interface Serving {
  readonly host: string;
  readonly port: number;
  /** `host:port` */
  readonly address: string;
  /** Ends it: calls get `graceMs` (default 0) to end by themselves. */
  close(graceMs?: number): Promise<void>;
}

const LOOPBACK = new Set(['127.0.0.1', '::1', 'localhost']);

/**
 * Serves services by gRPC.
 *
 * @throws STRAHL-9007 for a public host without TLS and a way to know callers, STRAHL-6001 if the port
 * cannot be had, STRAHL-9009 without the library
 */
export async function serve(options: ServeOptions): Promise<Serving> {
  const { host = '127.0.0.1', port = 0, tls, token } = options;
  refusePublic(host, options);
  const grpc = await loadGrpc();
  const server = new grpc.Server({
    ...CHANNEL_OPTIONS,
    'grpc.max_receive_message_length': options.maxMessageBytes ?? -1,
  });
  for (const { service, handlers } of options.offers) {
    const made = Object.entries(service).filter(([name]) => handlers[name] !== undefined);
    server.addService(
      definitionOf(made),
      Object.fromEntries(made.map(([name, rpc]) => [name, handle(rpc, handlers[name], token)])),
    );
  }
  const bound = await bind(server, `${host}:${String(port)}`, credentials(grpc, tls));
  return {
    host,
    port: bound,
    address: `${host}:${String(bound)}`,
    close: (graceMs = 0) => shutDown(server, graceMs),
  };
}

function refusePublic(host: string, { tls, token }: ServeOptions): void {
  if (LOOPBACK.has(host)) return;
  if (tls !== undefined && (token !== undefined || tls.clientCa !== undefined)) return;
  throw new StrahlError('publicHost', {
    title: `${host} can be reached from other machines, and anyone there could run code here`,
    fix: 'stay on 127.0.0.1, or give TLS certificates and a token (or an authority for clients)',
  });
}

function credentials(grpc: GrpcLibrary, tls: ServerTls | undefined): ServerCredentials {
  if (tls === undefined) return grpc.ServerCredentials.createInsecure();
  const pair = { private_key: asBuffer(tls.key), cert_chain: asBuffer(tls.certificate) };
  const ca = tls.clientCa === undefined ? null : asBuffer(tls.clientCa);
  return grpc.ServerCredentials.createSsl(ca, [pair], ca !== null);
}

function bind(server: Server, address: string, creds: ServerCredentials): Promise<number> {
  return new Promise((resolve, reject) => {
    server.bindAsync(address, creds, (cause, port) => {
      if (cause === null) resolve(port);
      else {
        const title = `${address} cannot be listened on`;
        reject(new StrahlError('unreachable', { title, why: cause.message, cause }));
      }
    });
  });
}

function shutDown(server: Server, graceMs: number): Promise<void> {
  return new Promise((resolve) => {
    if (graceMs <= 0) {
      server.forceShutdown();
      resolve();
      return;
    }
    const timer = setTimeout(() => {
      server.forceShutdown();
    }, graceMs);
    server.tryShutdown(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}

/** The library passes bytes: a message that cannot be decoded is the caller's fault, not an internal error. */
function definitionOf(
  methods: readonly (readonly [string, Rpc<unknown, unknown>])[],
): ServiceDefinition {
  const same = (bytes: Buffer): Buffer => bytes;
  return Object.fromEntries(
    methods.map(([name, { kind, path }]) => [
      name,
      {
        path,
        requestStream: kind === 'client-stream' || kind === 'bidi',
        responseStream: kind === 'server-stream' || kind === 'bidi',
        requestSerialize: same,
        requestDeserialize: same,
        responseSerialize: same,
        responseDeserialize: same,
      },
    ]),
  );
}

type Unary = (request: unknown, caller: RpcCaller) => unknown;
type Streaming = (request: unknown, out: MessageSender<unknown>, caller: RpcCaller) => unknown;
type Bidi = (stream: MessageStream<unknown, unknown>, caller: RpcCaller) => unknown;

function handle(
  rpc: Rpc<unknown, unknown>,
  handler: unknown,
  token: string | undefined,
): UntypedHandleCall {
  switch (rpc.kind) {
    case 'unary':
      return (call: ServerUnaryCall<Buffer, Buffer>, callback: sendUnaryData<Buffer>): void => {
        const answer = async (): Promise<unknown> => {
          const caller = callerOf(call, token);
          return await (handler as Unary)(rpc.request.decode(call.request), caller);
        };
        answer()
          .then((response) => asBuffer(rpc.response.encode(response as never)))
          .then(
            (bytes) => callback(null, bytes),
            (error: unknown) => callback(statusOf(error)),
          );
      };
    case 'server-stream':
      return (call: ServerWritableStream<Buffer, Buffer>): void => {
        call.on('error', () => undefined);
        const out = new GrpcSender(call as unknown as ByteOutput, rpc.response);
        const answer = async (): Promise<void> => {
          const caller = callerOf(call, token);
          await (handler as Streaming)(rpc.request.decode(call.request), out, caller);
        };
        answer().then(
          () => out.end(),
          (error: unknown) => call.emit('error', statusOf(error)),
        );
      };
    default:
      return (call: ServerDuplexStream<Buffer, Buffer>): void => {
        handleBidi(rpc, handler as Bidi, call, token);
      };
  }
}

function handleBidi(
  rpc: Rpc<unknown, unknown>,
  handler: Bidi,
  call: ServerDuplexStream<Buffer, Buffer>,
  token: string | undefined,
): void {
  const fail = (error: unknown): void => {
    if (!call.cancelled) call.emit('error', statusOf(error));
  };
  const stream = new GrpcStream(
    call as unknown as ByteStream,
    { incoming: rpc.request, outgoing: rpc.response },
    (cause) => errorOfStatus(rpc.path, cause),
    (failure) => fail(failure ?? new StrahlError('jobCancelled', { title: 'ended by the server' })),
  );
  const answer = async (): Promise<unknown> => await handler(stream, callerOf(call, token));
  answer().catch(fail);
}

interface AnyCall {
  readonly metadata: Metadata;
  sendMetadata(metadata: Metadata): void;
  on(event: 'cancelled', listener: () => void): unknown;
}

/** @throws STRAHL-6003 for a caller without the token */
function callerOf(call: AnyCall, token: string | undefined): RpcCaller {
  const header = (name: string): string | undefined => {
    const [value] = call.metadata.get(name);
    return value === undefined ? undefined : value.toString();
  };
  if (token !== undefined && !sameText(header('authorization') ?? '', `Bearer ${token}`)) {
    throw new StrahlError('notAuthorised', { title: 'the call carries no valid token' });
  }
  const gone = new AbortController();
  call.on('cancelled', () => gone.abort());
  const greet = (): void => {
    // None of the caller's own headers go back.
    const headers = call.metadata.clone();
    for (const name of Object.keys(headers.getMap())) headers.remove(name);
    call.sendMetadata(headers);
  };
  return { header, signal: gone.signal, greet };
}

/** Takes the same time wherever the texts differ. */
function sameText(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
