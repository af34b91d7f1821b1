import type { PortableRunnerOptions } from '#runners/portable/index.js';
import type { FlagReader } from '../flags/flag-reader.js';

/** A job service elsewhere, as `attachJob` and `portableRunner` take it. */
export type JobService = Pick<PortableRunnerOptions, 'jobEndpoint' | 'tls' | 'token'>;

/** `--job-endpoint`, and how its server and its callers know each other; absent if they name none that can be used. */
export function jobServiceIn(read: FlagReader): JobService | undefined {
  const jobEndpoint = read.text('job-endpoint');
  const token = read.secret('token-file');
  const ca = read.file('tls-ca');
  if (jobEndpoint === undefined) {
    if (token === undefined && ca === undefined) return undefined;
    read.bad('a token and a certificate are for a job service', '--job-endpoint HOST:PORT');
    return undefined;
  }
  if (!/^.+:\d+$/.test(jobEndpoint)) {
    read.bad(`--job-endpoint ${jobEndpoint} has no port`, '--job-endpoint HOST:PORT');
    return undefined;
  }
  return {
    jobEndpoint,
    ...(ca === undefined ? {} : { tls: { ca } }),
    ...(token === undefined ? {} : { token }),
  };
}
