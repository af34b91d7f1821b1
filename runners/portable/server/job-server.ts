import { serve, type ServerTls, type Serving } from '#portability/grpc/serve.js';
import { artifactRetrieval, artifactStaging } from './artifacts/artifact-services.js';
import { ArtifactStore } from './artifacts/artifact-store.js';
import type { FinishedJob } from './jobs/finished-job.js';
import { jobService } from './jobs/job-service.js';
import { Jobs } from './jobs/jobs.js';
import { WorkerHub } from './workers/worker-hub.js';

export type { Serving } from '#portability/grpc/serve.js';
export type { FinishedJob } from './jobs/finished-job.js';

/**
 * How a job server runs.
 *
 * @example
 * ```ts
 * import { jobServer, type JobServerOptions } from 'strahl/runners/portable';
 * const local: JobServerOptions = { port: 8099, memory: 512e6, maxJobs: 4 };
 * const serving = jobServer(local);
 * ```
 */
export interface JobServerOptions {
  /** 0, the default, takes any free port. */
  readonly port?: number;
  /** Default `127.0.0.1`. Any other address needs `tls`, and a token or an authority for clients. */
  readonly host?: string;
  readonly tls?: ServerTls;
  readonly token?: string;
  /** Bytes that each job may hold in memory; beyond that values go to files. Default: as the direct runner. */
  readonly memory?: number;
  /** Tries of a bundle whose functions fail. Default 1. A bundle whose worker was lost is tried again in any case. */
  readonly maxBundleAttempts?: number;
  /**
   * Milliseconds without a word after which a worker that was asked something counts as lost. Default 10 minutes: a
   * harness whose function computes for long may be silent meanwhile.
   */
  readonly workerSilenceMs?: number;
  /** Bytes of one message that are taken. Default 256 MiB. */
  readonly maxMessageBytes?: number;
  /** Jobs that run at the same time; one more is refused. Default 100. */
  readonly maxJobs?: number;
  /** Bytes of the files that a client stages for one job; more is refused. Default 2 GiB. */
  readonly maxStagedBytes?: number;
  /** Hears of each job that is over. Default: nobody does. */
  readonly onJobEnd?: (job: FinishedJob) => void;
}

const SILENCE_MS = 600_000;
/** SDKs send elements in messages of a few megabytes, and a pipeline in one. */
const MESSAGE_BYTES = 256 * 1024 * 1024;
const JOBS = 100;
const STAGED_BYTES = 2 * 1024 * 1024 * 1024;

/**
 * Runs pipelines of any Beam SDK on this engine: Beam's Job service, and the services that workers connect to.
 *
 *   J1. Both are on one port, unless clients must show a token or certificates: workers of other SDKs can show
 *       neither, so their services are then on a port of their own, on this machine alone. There a worker is known
 *       by its id, which only it is told.
 *
 * @throws STRAHL-9007, 6001, 9009 as `serve`
 */
export async function runJobServer(options: JobServerOptions = {}): Promise<Serving> {
  const { port, host, tls, token, memory, maxBundleAttempts = 1 } = options;
  const { workerSilenceMs: silenceMs = SILENCE_MS, maxJobs = JOBS } = options;
  const { maxMessageBytes = MESSAGE_BYTES, maxStagedBytes = STAGED_BYTES, onJobEnd } = options;
  const hub = new WorkerHub();
  const store = new ArtifactStore();
  let address = '';
  let inner: Serving | undefined;
  const jobs = new Jobs(maxJobs, () => ({
    ...{ hub, endpoint: inner?.address ?? address, maxBundleAttempts, silenceMs },
    ...(memory === undefined ? {} : { memory }),
    ...(onJobEnd === undefined ? {} : { onJobEnd }),
  }));
  const forWorkers = [artifactRetrieval(hub, store), ...hub.offers()];
  const isGuarded = tls !== undefined || token !== undefined;
  const serving = await serve({
    ...(port === undefined ? {} : { port }),
    ...(host === undefined ? {} : { host }),
    ...(tls === undefined ? {} : { tls }),
    ...(token === undefined ? {} : { token }),
    maxMessageBytes,
    offers: [
      jobService(jobs, () => address),
      artifactStaging(jobs, store, maxStagedBytes),
      ...(isGuarded ? [] : forWorkers),
    ],
  });
  address = serving.address;
  if (isGuarded) inner = await serve({ maxMessageBytes, offers: forWorkers });
  return {
    ...serving,
    close: async (graceMs) => {
      for (const job of jobs.all) job.cancel();
      await serving.close(graceMs);
      await inner?.close(graceMs);
      store.close();
    },
  };
}
