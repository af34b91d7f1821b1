import { connect } from '#portability/grpc/connect.js';
import type { Logger, RunningJob } from '#sdk/runner.js';
import { JobClient } from './job-client.js';
import { JobFailure } from './job-failure.js';
import { PortableJob } from './portable-job.js';
import type { PortableRunnerOptions } from './portable-runner.js';

/**
 * A job that somebody else has submitted.
 *
 * @example
 * ```ts
 * import type { AttachedJob } from 'strahl/runners/portable';
 *
 * export const watchStart = (job: AttachedJob): void => {
 *   job.onChange(({ state }) => {
 *     if (state === 'RUNNING') job.leave();
 *   });
 * };
 * ```
 */
export interface AttachedJob extends RunningJob {
  /** Stops to follow the job, which goes on. `done` rejects with STRAHL-6001 then, unless the job has ended before. */
  leave(): void;
}

const SILENT: Logger = { debug() {}, info() {}, warn() {}, error() {} };
/** How long the runner may take to answer at all, in milliseconds. */
const CONNECT_MS = 20_000;

/**
 * Follows a job that was submitted before, also by another process: its state, messages and metrics; cancels and
 * drains it. A connection that is lost is made again, for about half a minute.
 *
 * @throws STRAHL-6001 when nobody answers, STRAHL-6002 for a job that the runner does not know
 * @example
 * ```ts
 * import { attachJob } from 'strahl/runners/portable';
 *
 * export const end = async (id: string): Promise<string> =>
 *   (await attachJob({ jobEndpoint: 'localhost:8099' }, id)).done;
 * ```
 */
export async function attachJob(
  {
    jobEndpoint,
    tls,
    token,
    log = SILENT,
  }: Pick<PortableRunnerOptions, 'jobEndpoint' | 'tls' | 'token' | 'log'>,
  id: string,
): Promise<AttachedJob> {
  const channel = await connect(jobEndpoint, {
    ...(tls === undefined ? {} : { tls }),
    ...(token === undefined ? {} : { token }),
  });
  try {
    await channel.ready(CONNECT_MS);
    const client = new JobClient(channel);
    await client.state(id);
    const leave = (): void => client.close();
    const release = (): Promise<void> => {
      leave();
      return Promise.resolve();
    };
    const parts = { client, failure: new JobFailure(), log, release, bounded: true };
    return Object.assign(new PortableJob(id, parts), { leave });
  } catch (e) {
    channel.close();
    throw e;
  }
}
