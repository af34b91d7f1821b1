import { checkOptionNames } from '#portability/option-names.js';
import type { JobServerOptions, Serving } from './server/job-server.js';

export type { FinishedJob, JobServerOptions, Serving } from './server/job-server.js';

const OPTION_NAMES: Readonly<Record<keyof JobServerOptions, true>> = {
  port: true,
  host: true,
  tls: true,
  token: true,
  memory: true,
  maxBundleAttempts: true,
  workerSilenceMs: true,
  maxMessageBytes: true,
  maxJobs: true,
  maxStagedBytes: true,
  onJobEnd: true,
};

/**
 * Serves Beam's Job API: pipelines of any SDK run on this engine, with workers of their own environments.
 *
 * @throws STRAHL-9002 for an option that there is none, 9007 for a host that other machines reach, without TLS and
 * a way to know callers, 6001 when the port cannot be had, 9009 without `@grpc/grpc-js`
 * @example
 * ```ts
 * import { jobServer } from 'strahl/runners/portable';
 *
 * const server = await jobServer({ port: 8099 });
 * console.log(server.address);
 * await server.close();
 * ```
 */
export async function jobServer(options: JobServerOptions = {}): Promise<Serving> {
  checkOptionNames('jobServer', options, Object.keys(OPTION_NAMES));
  // Loaded here alone: who only submits jobs needs no engine.
  const { runJobServer } = await import('./server/job-server.js');
  return runJobServer(options);
}
