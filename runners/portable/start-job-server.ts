import type { JobServerOptions, Serving } from './server/job-server.js';

export type { FinishedJob, JobServerOptions, Serving } from './server/job-server.js';

/**
 * Serves Beam's Job API: pipelines of any SDK run on this engine, with workers of their own environments.
 *
 * @throws STRAHL-9007 for a host that other machines reach, without TLS and a way to know callers, 6001 when the
 * port cannot be had, 9009 without `@grpc/grpc-js`
 * @example
 * ```ts
 * import { startJobServer } from 'strahl/runners/portable';
 *
 * const server = await startJobServer({ port: 8099 });
 * console.log(server.address);
 * await server.close();
 * ```
 */
export async function startJobServer(options: JobServerOptions = {}): Promise<Serving> {
  // Loaded here alone: who only submits jobs needs no engine.
  const { runJobServer } = await import('./server/job-server.js');
  return runJobServer(options);
}
