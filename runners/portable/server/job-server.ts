import { serve, type ServerTls, type Serving } from '#portability/grpc/serve.js';
import { ArtifactStore } from './artifact-store.js';
import { artifactServices } from './artifact-services.js';
import { jobService } from './job-service.js';
import { Jobs } from './jobs.js';
import { WorkerHub } from './worker-hub.js';

export type { Serving } from '#portability/grpc/serve.js';

/** How a job server runs. */
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
}

const SILENCE_MS = 600_000;
/** SDKs send elements in messages of a few megabytes, and a pipeline in one. */
const MESSAGE_BYTES = 256 * 1024 * 1024;

/**
 * Runs pipelines of any Beam SDK on this engine: Beam's Job service, and the services that workers connect
 * to, on one port.
 *
 * @throws STRAHL-9007, 6001, 9009 as `serve`
 */
export async function runJobServer(options: JobServerOptions = {}): Promise<Serving> {
  const { port, host, tls, token, memory, maxBundleAttempts = 1 } = options;
  const { workerSilenceMs: silenceMs = SILENCE_MS } = options;
  const hub = new WorkerHub();
  const store = new ArtifactStore();
  let address = '';
  const jobs = new Jobs(() => ({
    ...{ hub, endpoint: address, maxBundleAttempts, silenceMs },
    ...(memory === undefined ? {} : { memory }),
  }));
  const serving = await serve({
    ...(port === undefined ? {} : { port }),
    ...(host === undefined ? {} : { host }),
    ...(tls === undefined ? {} : { tls }),
    ...(token === undefined ? {} : { token }),
    maxMessageBytes: options.maxMessageBytes ?? MESSAGE_BYTES,
    offers: [
      jobService(jobs, () => address),
      ...artifactServices(jobs, hub, store),
      ...hub.offers(),
    ],
  });
  address = serving.address;
  return {
    ...serving,
    close: async (graceMs) => {
      for (const job of jobs.all) job.cancel();
      await serving.close(graceMs);
      store.close();
    },
  };
}
