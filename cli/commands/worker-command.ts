import { StrahlError } from '#portability/errors.js';
import { FlagReader } from '../flags/flag-reader.js';
import type { GivenFlags } from '../flags/flags.js';
import type { Report } from '../terminal/report.js';
import type { Terminal } from '../terminal/terminal.js';
import { serve } from './serve.js';

/**
 * A pool of workers that serves until it is interrupted; with `--boot` the one worker that a runner started,
 * until the runner ends it.
 */
export async function workerCommand(
  flags: GivenFlags,
  terminal: Terminal,
  report: Report,
): Promise<number> {
  const read = new FlagReader(flags, terminal.directory);
  const [port, memory, host] = [read.port(), read.bytes('memory'), read.text('host')];
  if (read.problems.length > 0) return report.refuse(read.problems);
  const own = memory === undefined ? {} : { memory };
  if (read.isOn('boot')) return boot(read, own, terminal, report);
  const { serveWorkerPool } = await import('#sdk/harness/worker/worker-pool.js');
  const { bootWorker } = await import('#sdk/harness/worker-main.js');
  const starting = serveWorkerPool(
    ({ workerId: id, provisionEndpoint, controlEndpoint }) =>
      bootWorker({
        id,
        provisionEndpoint: (provisionEndpoint ?? controlEndpoint)?.url ?? '',
        ...own,
      }),
    { port, ...(host === undefined ? {} : { host }) },
  );
  return serve(starting, terminal, report);
}

async function boot(
  read: FlagReader,
  own: { readonly memory?: number },
  terminal: Terminal,
  report: Report,
): Promise<number> {
  // Some runners write their arguments for a shell that is not there.
  const id = read.text('id')?.replace(/^'(.*)'$/, '$1');
  const provisionEndpoint = read.text('provision_endpoint');
  if (id === undefined || provisionEndpoint === undefined) {
    const title = 'a worker that a runner starts is told who it is and whom to ask';
    const fix = 'strahl worker --boot --id ID --provision_endpoint HOST:PORT';
    return report.refuse([new StrahlError('badValue', { title, fix })]);
  }
  const endpoint = (name: string, as: string): Readonly<Record<string, string>> => {
    const url = read.text(name);
    return url === undefined ? {} : { [as]: url };
  };
  const { bootWorker } = await import('#sdk/harness/worker-main.js');
  const worker = await bootWorker({
    id,
    provisionEndpoint,
    ...own,
    ...endpoint('control_endpoint', 'controlEndpoint'),
    ...endpoint('logging_endpoint', 'loggingEndpoint'),
    ...endpoint('artifact_endpoint', 'artifactEndpoint'),
  });
  terminal.onInterrupt(() => worker.stop());
  const failure = await worker.done;
  if (failure === undefined) return 0;
  report.errors([failure]);
  return 1;
}
