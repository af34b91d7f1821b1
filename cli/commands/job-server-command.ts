import type { StrahlError } from '#portability/errors.js';
import { formatDuration } from '#portability/model/time.js';
import type { FinishedJob, JobServerOptions } from '#runners/portable/index.js';
import { FlagReader } from '../flags/flag-reader.js';
import type { GivenFlags } from '../flags/flags.js';
import { elementsText } from '../terminal/progress.js';
import { eventOf, type Report } from '../terminal/report.js';
import type { Terminal } from '../terminal/terminal.js';
import { serve } from './serve.js';

/** Serves until it is interrupted; jobs that run then are cancelled. */
export async function jobServerCommand(
  flags: GivenFlags,
  terminal: Terminal,
  report: Report,
): Promise<number> {
  const { options, problems } = serverOptions(flags, terminal.directory);
  if (problems.length > 0) return report.refuse(problems);
  const { jobServer } = await import('#runners/portable/index.js');
  const onJobEnd = (job: FinishedJob): void =>
    report.meanwhile(jobLine(job), eventOf('job', { ...job }));
  return serve(jobServer({ ...options, onJobEnd }), terminal, report);
}

/** One line of a job that is over: its name, id, end, size and duration. */
export function jobLine({ name, id, state, elements, milliseconds, error }: FinishedJob): string {
  const why = error === undefined ? '' : ` · ${error}`;
  const size = elementsText(elements);
  return `${name === '' ? 'a job' : name} (${id}) ${state} · ${size} · ${formatDuration(milliseconds)}${why}`;
}

interface ServerFlags {
  readonly options: JobServerOptions;
  readonly problems: readonly StrahlError[];
}

/** What the flags say, with all that is wrong with them. */
export function serverOptions(flags: GivenFlags, directory: string): ServerFlags {
  const read = new FlagReader(flags, directory);
  const token = read.secret('token-file');
  const options = {
    port: read.whole('port', 0, 65_535),
    host: read.text('host'),
    memory: read.bytes('memory'),
    maxBundleAttempts: read.whole('max-bundle-attempts', 1, 1000),
    workerSilenceMs: read.milliseconds('worker-silence'),
    maxMessageBytes: read.bytes('max-message'),
    maxJobs: read.whole('max-jobs', 1, 100_000),
    maxStagedBytes: read.bytes('max-staged'),
    tls: tlsIn(read),
    token,
  };
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  return { options: Object.fromEntries(given), problems: read.problems };
}

function tlsIn(read: FlagReader): JobServerOptions['tls'] {
  const names = ['tls-key', 'tls-certificate', 'tls-client-ca'];
  const [key, certificate, clientCa] = names.map((name) => read.file(name));
  if (read.text('tls-key') === undefined && read.text('tls-certificate') === undefined)
    return undefined;
  if (read.text('tls-key') === undefined || read.text('tls-certificate') === undefined) {
    read.bad('a key and its certificate go together', '--tls-key FILE --tls-certificate FILE');
  }
  return key && certificate ? { key, certificate, ...(clientCa && { clientCa }) } : undefined;
}
