import { StrahlError } from '#portability/errors.js';
import { connect, type ClientTls, type ConnectOptions } from '#portability/grpc/connect.js';
import { checkOptionNames } from '#portability/option-names.js';
import { encodeGraph } from '#portability/proto/pipeline-proto.js';
import type { PrepareJobResponse } from '#portability/proto/generated/job-api.js';
import { decodePipeline } from '#portability/proto/generated/pipeline.js';
import type { JobSubmission, Logger, Runner, RunningJob } from '#sdk/runner.js';
import type { PortableEnvironment } from './environment.js';
import { ExpansionServices } from './expansion/expansion-services.js';
import { JobClient } from './job-client.js';
import { JobFailure } from './job-failure.js';
import { outgoingJob, type OutgoingJob } from './outgoing-job.js';
import { ownWorkers } from './own-workers.js';
import type { PipelineBundle } from './pipeline-bundle.js';
import { pipelineOptions, type PortableOptionValue } from './pipeline-options.js';
import { PortableJob } from './portable-job.js';
import { stageArtifacts } from './stage-artifacts.js';

/**
 * How a pipeline is run elsewhere.
 *
 * @example
 * ```ts
 * import { portableRunner, type PortableRunnerOptions } from 'strahl/runners/portable';
 * const flink: PortableRunnerOptions = {
 *   jobEndpoint: 'localhost:8099',
 *   options: { parallelism: 4 },
 * };
 * const runner = portableRunner(flink);
 * ```
 */
export interface PortableRunnerOptions {
  /** The job service of the runner, as `host:port`. */
  readonly jobEndpoint: string;
  /** Where the functions run. Default: `loopback`, in this process. */
  readonly environment?: PortableEnvironment;
  /** What workers of other processes build the pipeline from; needed unless the environment is `loopback`. */
  readonly bundle?: PipelineBundle;
  /** Options of the runner itself, such as `parallelism` of Flink, as its documentation names them. */
  readonly options?: Readonly<Record<string, PortableOptionValue>>;
  /** Default: no encryption, for runners of this machine. */
  readonly tls?: ClientTls;
  /** Sent to the job service as bearer token. */
  readonly token?: string;
  /** Where `c.log` of functions in this process goes, and what the runner says. Default: nowhere. */
  readonly log?: Logger;
}

const OPTION_NAMES: Readonly<Record<keyof PortableRunnerOptions, true>> = {
  jobEndpoint: true,
  environment: true,
  bundle: true,
  options: true,
  tls: true,
  token: true,
  log: true,
};

/** How long the runner may take to answer at all, in milliseconds. */
const CONNECT_MS = 20_000;
/** How long a runner may take to stop its workers once the job is over, in milliseconds; mostly it is a few. */
const LINGER_MS = 5_000;

const SILENT: Logger = { debug() {}, info() {}, warn() {}, error() {} };

/**
 * Runs pipelines on any runner that has Beam's Job API: Flink, Spark, Prism, or `strahl job-server`.
 *
 * @throws STRAHL-9002 for an option that there is none
 * @example
 * ```ts
 * import { pipeline } from 'strahl';
 * import { portableRunner } from 'strahl/runners/portable';
 *
 * const hello = pipeline('hello', (p) => p.of(['hello']).log('said'));
 * export const run = (): Promise<unknown> =>
 *   hello.run({}, { runner: portableRunner({ jobEndpoint: 'localhost:8099' }) });
 * ```
 */
export function portableRunner(options: PortableRunnerOptions): Runner {
  checkOptionNames('portableRunner', options, Object.keys(OPTION_NAMES));
  return Object.freeze({
    name: 'portable',
    submit: (submission: JobSubmission) => submit(submission, options),
  });
}

async function submit(
  submission: JobSubmission,
  options: PortableRunnerOptions,
): Promise<RunningJob> {
  const { environment = 'loopback', log = SILENT, bundle } = options;
  requireBundle(environment, bundle);
  const failure = new JobFailure();
  let end: (problem: unknown) => void = () => undefined;
  const jobEnd = new Promise<unknown>((resolve) => (end = resolve));
  const own = { failure, log, jobEnd };
  const pool = environment === 'loopback' ? await ownWorkers(submission, own) : undefined;
  const channel = await connect(options.jobEndpoint, secured(options));
  const client = new JobClient(channel);
  const services = new ExpansionServices();
  let isKnown = false;
  const release = async (problem?: unknown): Promise<void> => {
    client.close();
    end(problem);
    // A runner that was not told to run the job asks for no workers.
    await pool?.close(problem, isKnown ? LINGER_MS : 0);
    await services.close();
  };
  try {
    await channel.ready(CONNECT_MS);
    const place = { environment, bundle, ownAddress: pool?.address ?? '' };
    const job = await outgoingJob(submission, place, services);
    const prepared = await prepare(client, job, submission, options);
    isKnown = true;
    const id = await client.run(prepared.preparationId, prepared.stagingSessionToken);
    await services.disconnect();
    const { signal } = submission;
    return new PortableJob(id, {
      ...{ client, failure, log, release, bounded: job.bounded },
      ...(signal === undefined ? {} : { signal }),
    });
  } catch (e) {
    await release(e);
    throw e;
  }
}

/** Gives the runner the pipeline and its files. */
async function prepare(
  client: JobClient,
  { graph, read }: OutgoingJob,
  { name: jobName }: JobSubmission,
  options: PortableRunnerOptions,
): Promise<PrepareJobResponse> {
  const prepared = await client.prepare({
    pipeline: decodePipeline(encodeGraph(graph)),
    pipelineOptions: pipelineOptions({ job_name: jobName, ...options.options }),
    jobName,
  });
  const { artifactStagingEndpoint, stagingSessionToken } = prepared;
  if (artifactStagingEndpoint !== undefined && artifactStagingEndpoint.url !== '') {
    const staging = await connect(artifactStagingEndpoint.url, secured(options));
    try {
      await stageArtifacts(staging, stagingSessionToken, read);
    } finally {
      staging.close();
    }
  }
  return prepared;
}

function secured({ tls, token }: PortableRunnerOptions): ConnectOptions {
  return { ...(tls === undefined ? {} : { tls }), ...(token === undefined ? {} : { token }) };
}

/** @throws STRAHL-3001 where workers of other processes would have nothing to build the pipeline from */
function requireBundle(environment: PortableEnvironment, bundle: PipelineBundle | undefined): void {
  if (environment === 'loopback' || bundle !== undefined) return;
  throw new StrahlError('notExported', {
    title: 'workers in other processes have no way to the functions of this pipeline',
    why: 'functions are never sent: a worker imports the module of the pipeline and builds it again',
    fix: 'export the pipeline and run strahl submit FILE, give the runner a bundle, or use loopback',
  });
}
