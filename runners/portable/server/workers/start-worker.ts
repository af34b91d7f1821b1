import { spawn, type ChildProcess } from 'node:child_process';
import { StrahlError } from '#portability/errors.js';
import { WORKER_POOL_SERVICE } from '#portability/fnapi/services.js';
import { connect } from '#portability/grpc/connect.js';
import type { Environment } from '#portability/model/graph.js';
import {
  decodeAnyOfEnvironmentPayload,
  decodeExternalPayload,
  decodeProcessPayload,
} from '#portability/proto/generated/pipeline.js';
import { environmentFromProto } from '#portability/proto/components-proto.js';
import { ENVIRONMENT_URN } from '#portability/urns.js';

/** Environments in which this server can run user code. */
export const SERVED_ENVIRONMENTS: readonly string[] = [
  ENVIRONMENT_URN.EXTERNAL,
  ENVIRONMENT_URN.PROCESS,
];

/** A pool must answer within this time, in milliseconds. */
const POOL_MS = 60_000;
/** A pool that is told that a worker is not needed any more may be gone itself. */
const STOP_MS = 5_000;
/** A process that is asked to end is killed after this time, in milliseconds. */
const KILL_MS = 5_000;

/** Ends a worker; never rejects. */
export type StopWorker = () => Promise<void>;

/** Of several that an environment may be, the first that is served here; otherwise itself. */
export function servedEnvironment(environment: Environment): Environment {
  if (environment.urn !== ENVIRONMENT_URN.ANYOF) return environment;
  const { environments } = decodeAnyOfEnvironmentPayload(environment.payload);
  const served = environments.find(({ urn }) => SERVED_ENVIRONMENTS.includes(urn));
  if (served === undefined) return environment;
  const { urn, payload } = environmentFromProto(served);
  return { ...environment, urn, payload };
}

/**
 * Starts a worker that connects to `endpoint`. `onExit` hears of a process that ends by itself.
 *
 * @throws STRAHL-6001 when the pool cannot be reached, 8003 when it refuses, 2004 for another environment
 */
export async function startWorker(
  { urn, payload }: Environment,
  id: string,
  endpoint: string,
  onExit: (why: string) => void,
): Promise<StopWorker> {
  if (urn === ENVIRONMENT_URN.EXTERNAL) return startInPool(payload, id, endpoint);
  if (urn === ENVIRONMENT_URN.PROCESS) return startProcess(payload, id, endpoint, onExit);
  throw new StrahlError('unsupportedEnvironment', {
    title: `the environment ${urn} is not started here`,
    fix: `use one of ${SERVED_ENVIRONMENTS.join(', ')}`,
  });
}

async function startInPool(
  payload: Uint8Array,
  workerId: string,
  url: string,
): Promise<StopWorker> {
  const { endpoint: pool, params } = decodeExternalPayload(payload);
  const channel = await connect(pool?.url ?? '');
  const endpoint = { url };
  try {
    const request = {
      ...{ workerId, params },
      ...{ controlEndpoint: endpoint, loggingEndpoint: endpoint },
      ...{ artifactEndpoint: endpoint, provisionEndpoint: endpoint },
    };
    const { StartWorker } = WORKER_POOL_SERVICE;
    const { error } = await channel.unary(StartWorker, request, { timeoutMs: POOL_MS });
    if (error !== '') {
      const title = `the worker pool at ${channel.address} starts no worker`;
      throw new StrahlError('harnessLost', { title, why: error });
    }
  } catch (e) {
    channel.close();
    throw e;
  }
  return async () => {
    const stop = { timeoutMs: STOP_MS };
    // The pool of a client that has seen the end of its job is gone.
    await channel.unary(WORKER_POOL_SERVICE.StopWorker, { workerId }, stop).catch(() => undefined);
    channel.close();
  };
}

function startProcess(
  payload: Uint8Array,
  id: string,
  endpoint: string,
  onExit: (why: string) => void,
): StopWorker {
  const { command, env } = decodeProcessPayload(payload);
  const child = spawn(
    command,
    [
      `--id=${id}`,
      `--provision_endpoint=${endpoint}`,
      `--logging_endpoint=${endpoint}`,
      `--artifact_endpoint=${endpoint}`,
      `--control_endpoint=${endpoint}`,
    ],
    // A group of its own, because a boot program starts the worker as its child.
    {
      env: { ...process.env, ...Object.fromEntries(env) },
      stdio: ['ignore', 'ignore', 'inherit'],
      detached: true,
    },
  );
  child.on('error', ({ message }) => onExit(`${command} cannot be started: ${message}`));
  child.on('exit', (code, signal) => {
    onExit(`${command} ended with ${signal ?? `exit code ${String(code)}`}`);
  });
  return () => stopProcess(child);
}

function stopProcess(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) {
    return Promise.resolve();
  }
  const group = -child.pid;
  return new Promise((resolve) => {
    const kill = setTimeout(() => signalGroup(group, 'SIGKILL'), KILL_MS);
    child.once('exit', () => {
      clearTimeout(kill);
      resolve();
    });
    signalGroup(group, 'SIGTERM');
  });
}

function signalGroup(group: number, signal: NodeJS.Signals): void {
  try {
    process.kill(group, signal);
  } catch {
    // It has ended meanwhile.
  }
}
