// Where the library is not installed its types are `any`; nobody gets past `loadGrpc` there.
// eslint-disable-next-line @typescript-eslint/ban-ts-comment -- there is no error where it is installed
/** @ts-ignore */
import type * as Grpc from '@grpc/grpc-js';
import { setFlagsFromString } from 'node:v8';
import { StrahlError } from '../errors.js';

export type GrpcLibrary = typeof Grpc;

/**
 * The gRPC library, which is yours to install: only pipelines that cross a process need it.
 *
 * @throws STRAHL-9009 where it is not installed
 */
export async function loadGrpc(): Promise<GrpcLibrary> {
  sweepAtOnce();
  try {
    return await import('@grpc/grpc-js');
  } catch (cause) {
    throw new StrahlError('packageMissing', {
      title: 'speaking to another process needs the package @grpc/grpc-js, which is not installed',
      fix: 'npm install @grpc/grpc-js',
      cause,
    });
  }
}

/**
 * Node 20 sweeps the memory of messages beside the program, and until that is done counts it as held: it then collects
 * the whole heap again and again for nothing, which is half of the CPU of a stream of elements. Later ones do not.
 */
function sweepAtOnce(): void {
  if (!process.versions.v8.startsWith('11.')) return;
  setFlagsFromString('--no-concurrent-array-buffer-sweeping');
}

/**
 * Settings of both ends: a message may have any size (SDKs send 4 MB and more), a server finds a dead
 * peer in 30 s, a lost connection is sought again within 2 s, and no proxy is asked.
 */
export const CHANNEL_OPTIONS: Readonly<Record<string, number>> = Object.freeze({
  'grpc.max_receive_message_length': -1,
  'grpc.max_send_message_length': -1,
  'grpc.keepalive_time_ms': 20_000,
  'grpc.keepalive_timeout_ms': 10_000,
  'grpc.keepalive_permit_without_calls': 1,
  'grpc.max_reconnect_backoff_ms': 2_000,
  'grpc.enable_http_proxy': 0,
  'grpc.enable_retries': 0,
  // One stream carries all elements of a worker; Node's 64 KB window would make it wait for the peer.
  'grpc-node.flow_control_window': 8 * 1024 * 1024,
  // Megabytes that one connection may hold: several streams of several megabytes each.
  'grpc-node.max_session_memory': Number.MAX_SAFE_INTEGER,
});
