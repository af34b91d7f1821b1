import { StrahlError } from '#portability/errors.js';
import type { Report } from './report.js';
import type { Terminal } from './terminal.js';

type Flags = ReadonlyMap<string, readonly string[]>;

/**
 * A pool of workers that serves until it is interrupted; with `--boot` the one worker that a runner started,
 * until the runner ends it.
 */
export async function workerCommand(
  flags: Flags,
  terminal: Terminal,
  report: Report,
): Promise<number> {
  const one = (name: string): string | undefined => flags.get(name)?.[0];
  if (one('boot') === 'true') return boot(one, terminal, report);
  const port = one('port') ?? '0';
  if (!/^\d+$/.test(port) || Number(port) > 65_535) {
    report.errors([
      new StrahlError('badValue', {
        title: `--port ${port} is no whole number from 0 to 65535`,
        fix: '--port 0',
      }),
    ]);
    return 2;
  }
  const { serveWorkerPool } = await import('#sdk/harness/worker/worker-pool.js');
  const { bootWorker } = await import('#sdk/harness/worker-main.js');
  const interrupted = new Promise<void>((resolve) => {
    terminal.onInterrupt(resolve);
  });
  const host = one('host');
  const pool = await serveWorkerPool(
    ({ workerId: id, provisionEndpoint, controlEndpoint }) =>
      bootWorker({ id, provisionEndpoint: (provisionEndpoint ?? controlEndpoint)?.url ?? '' }),
    { port: Number(port), ...(host === undefined ? {} : { host }) },
  );
  terminal.out(`listening on ${pool.address}\n`);
  await interrupted;
  await pool.close();
  return 0;
}

async function boot(
  one: (name: string) => string | undefined,
  terminal: Terminal,
  report: Report,
): Promise<number> {
  // Some runners write their arguments for a shell that is not there.
  const id = one('id')?.replace(/^'(.*)'$/, '$1');
  const provisionEndpoint = one('provision_endpoint');
  if (id === undefined || provisionEndpoint === undefined) {
    report.errors([
      new StrahlError('badValue', {
        title: 'a worker that a runner starts is told who it is and whom to ask',
        fix: 'strahl worker --boot --id ID --provision_endpoint HOST:PORT',
      }),
    ]);
    return 2;
  }
  const endpoint = (name: string, as: string): Readonly<Record<string, string>> => {
    const url = one(name);
    return url === undefined ? {} : { [as]: url };
  };
  const { bootWorker } = await import('#sdk/harness/worker-main.js');
  const worker = await bootWorker({
    id,
    provisionEndpoint,
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
