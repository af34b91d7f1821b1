import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { StrahlError } from '#portability/errors.js';
import type { PortableRunnerOptions } from '#runners/portable/index.js';

type Flags = ReadonlyMap<string, readonly string[]>;

/** A job service elsewhere, as `attachJob` and `portableRunner` take it. */
export type JobService = Pick<PortableRunnerOptions, 'jobEndpoint' | 'tls' | 'token'>;

/** What the flags say about a job service, with all that is wrong with them. */
export interface JobServiceFlags {
  /** Absent: the flags name none, or none that can be used. */
  readonly service?: JobService;
  readonly problems: readonly StrahlError[];
}

/** `--job-endpoint`, and how its server and its callers know each other. */
export function jobServiceIn(flags: Flags, directory: string): JobServiceFlags {
  const problems: StrahlError[] = [];
  const bad = (title: string, fix: string): void => {
    problems.push(new StrahlError('badValue', { title, fix }));
  };
  const file = (name: string): Uint8Array | undefined => {
    const path = flags.get(name)?.[0];
    if (path === undefined) return undefined;
    try {
      return readFileSync(resolve(directory, path));
    } catch (e) {
      const { message } = e as { readonly message: string };
      bad(`--${name} ${path} cannot be read: ${message}`, `--${name} FILE`);
      return undefined;
    }
  };
  const jobEndpoint = flags.get('job-endpoint')?.[0];
  const token = file('token-file');
  const ca = file('tls-ca');
  if (jobEndpoint === undefined) {
    if (token === undefined && ca === undefined) return { problems };
    bad('a token and a certificate are for a job service', '--job-endpoint HOST:PORT');
    return { problems };
  }
  if (!/^.+:\d+$/.test(jobEndpoint)) {
    bad(`--job-endpoint ${jobEndpoint} has no port`, '--job-endpoint HOST:PORT');
  }
  if (problems.length > 0) return { problems };
  const service = {
    jobEndpoint,
    ...(ca === undefined ? {} : { tls: { ca } }),
    ...(token === undefined ? {} : { token: new TextDecoder().decode(token).trim() }),
  };
  return { service, problems };
}
