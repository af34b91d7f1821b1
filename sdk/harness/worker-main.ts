import { mkdtemp, mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { StrahlError } from '#portability/errors.js';
import { PROVISION_SERVICE, WORKER_ID_HEADER } from '#portability/fnapi/services.js';
import { connect, type RpcChannel } from '#portability/grpc/connect.js';
import type { ProvisionInfo } from '#portability/proto/generated/provision.js';
import { decodeGraph } from '#portability/proto/pipeline-proto.js';
import { descriptionOfPipeline, type PipelineDescription } from '../pipeline-description.js';
import { buildGraph, type BuiltPipeline } from '../translate/build-graph.js';
import { graphDifference, structuralHash } from './plan/graph-hash.js';
import { fetchArtifacts, requireSum } from './worker/fetch-artifacts.js';
import { decodeManifest, STAGED, type PipelineManifest } from './worker/pipeline-manifest.js';
import { runnerLog } from './worker/runner-log.js';
import { startWorker, type Worker } from './worker/worker.js';

/** What a worker is told by whoever starts it; Beam's container contract. */
export interface WorkerBoot {
  readonly id: string;
  /** Where the runner says all else. */
  readonly provisionEndpoint: string;
  /** Of a runner that says so itself; else as provisioned. */
  readonly controlEndpoint?: string;
  readonly loggingEndpoint?: string;
  readonly artifactEndpoint?: string;
  /** Bytes for side inputs that are read as a whole; see `WorkerOptions`. */
  readonly memory?: number;
}

/** A runner answers from what it has, in milliseconds. */
const PROVISION_MS = 60_000;

/**
 * Starts a worker in this process: asks the runner for the pipeline, builds it again, and serves bundles.
 *
 * @throws STRAHL-3101 when the pipeline that is built here is another one than was submitted
 */
export async function bootWorker(boot: WorkerBoot): Promise<Worker> {
  const headers = { [WORKER_ID_HEADER]: boot.id };
  const provision = await connect(boot.provisionEndpoint, { headers });
  let logging: RpcChannel | undefined;
  try {
    const timeout = { timeoutMs: PROVISION_MS };
    const answer = await provision.unary(PROVISION_SERVICE.GetProvisionInfo, {}, timeout);
    const { info } = answer;
    if (info === undefined) throw broken('the runner provisions nothing');
    const logUrl = boot.loggingEndpoint ?? info.loggingEndpoint?.url;
    logging = logUrl === undefined ? undefined : await connect(logUrl, { headers });
    const built = await pipelineOf(info, boot, headers);
    const worker = await startWorker({
      workerId: boot.id,
      control: boot.controlEndpoint ?? info.controlEndpoint?.url ?? boot.provisionEndpoint,
      provision: boot.provisionEndpoint,
      functions: built.functions,
      ...(boot.memory === undefined ? {} : { memory: boot.memory }),
      ...(logging === undefined ? {} : { log: runnerLog(logging) }),
    });
    void worker.done.then(() => logging?.close());
    return worker;
  } catch (e) {
    logging?.close();
    throw e;
  } finally {
    provision.close();
  }
}

async function pipelineOf(
  info: ProvisionInfo,
  boot: WorkerBoot,
  headers: Readonly<Record<string, string>>,
): Promise<BuiltPipeline> {
  const url = boot.artifactEndpoint ?? info.artifactEndpoint?.url ?? boot.provisionEndpoint;
  const channel = await connect(url, { headers });
  try {
    return await rebuild(await fetchArtifacts(channel, info.dependencies));
  } finally {
    channel.close();
  }
}

/** Builds the pipeline of staged files. @throws STRAHL-3101, 6004, 8001 */
async function rebuild(files: ReadonlyMap<string, Uint8Array>): Promise<BuiltPipeline> {
  const file = (name: string): Uint8Array => {
    const bytes = files.get(name);
    if (bytes !== undefined) return bytes;
    throw broken(`the file ${name} of the pipeline was not staged`);
  };
  const manifest = decodeManifest(file(STAGED.manifest));
  requireSum(file(STAGED.bundle), manifest.bundle, STAGED.bundle);
  requireSum(file(STAGED.graph), manifest.graph, STAGED.graph);
  const description = await load(file(STAGED.bundle), manifest);
  const built = buildGraph(description, manifest.options, { name: manifest.job, isShared: true });
  if (structuralHash(built.graph) === manifest.structuralHash) return built;
  const lines = graphDifference(decodeGraph(file(STAGED.graph)), built.graph);
  throw new StrahlError('notDeterministicBuild', {
    title: 'the worker builds another pipeline than the one that was submitted',
    why: lines.length === 0 ? 'the order of its steps differs' : lines.slice(0, 20).join('\n'),
    fix: 'build the same steps every time: no clock, random or environment in the build function',
  });
}

/** The bundle finds this package as its own; everything else is in it. */
async function load(bundle: Uint8Array, manifest: PipelineManifest): Promise<PipelineDescription> {
  const folder = await mkdtemp(join(tmpdir(), 'strahl-worker-'));
  try {
    const modules = join(folder, 'node_modules');
    await mkdir(modules);
    const root = dirname(createRequire(import.meta.url).resolve('strahl/package.json'));
    await symlink(root, join(modules, 'strahl'), 'dir');
    const path = join(folder, STAGED.bundle);
    await writeFile(path, bundle, { mode: 0o600 });
    const module = (await import(pathToFileURL(path).href)) as Readonly<Record<string, unknown>>;
    const description = descriptionOfPipeline(module[manifest.export]);
    if (description !== undefined) return description;
    throw new StrahlError('notExported', {
      title: `the bundle exports no pipeline under the name ${manifest.export}`,
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function broken(title: string): StrahlError {
  return new StrahlError('protocolBroken', { title });
}
