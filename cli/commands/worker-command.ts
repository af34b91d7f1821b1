import { StrahlError } from '#portability/errors.js';
import { bytesIn } from '../flags/runner-flags.js';
import type { Report } from '../terminal/report.js';
import type { Terminal } from '../terminal/terminal.js';

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
  const one: One = (name) => flags.get(name)?.[0];
  const problem = problemOf(one);
  if (problem !== undefined) {
    report.errors([problem]);
    return 2;
  }
  if (one('boot') === 'true') return boot(one, terminal, report);
  const { serveWorkerPool } = await import('#sdk/harness/worker/worker-pool.js');
  const { bootWorker } = await import('#sdk/harness/worker-main.js');
  const interrupted = new Promise<void>((resolve) => {
    terminal.onInterrupt(resolve);
  });
  const host = one('host');
  const pool = await serveWorkerPool(
    ({ workerId: id, provisionEndpoint, controlEndpoint }) =>
      bootWorker({
        id,
        provisionEndpoint: (provisionEndpoint ?? controlEndpoint)?.url ?? '',
        ...memoryIn(one),
      }),
    { port: Number(one('port') ?? '0'), ...(host === undefined ? {} : { host }) },
  );
  terminal.out(`listening on ${pool.address}\n`);
  await interrupted;
  await pool.close();
  return 0;
}

type One = (name: string) => string | undefined;

function problemOf(one: One): StrahlError | undefined {
  const port = one('port') ?? '0';
  if (!/^\d+$/.test(port) || Number(port) > 65_535) {
    const title = `--port ${port} is no whole number from 0 to 65535`;
    return new StrahlError('badValue', { title, fix: '--port 0' });
  }
  const { memory } = memoryIn(one);
  if (memory === undefined || memory > 0) return undefined;
  const title = '--memory takes a number of bytes';
  return new StrahlError('badValue', { title, fix: '--memory 512MB' });
}

function memoryIn(one: One): { readonly memory?: number } {
  const text = one('memory');
  return text === undefined ? {} : { memory: bytesIn(text) };
}

async function boot(one: One, terminal: Terminal, report: Report): Promise<number> {
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
    ...memoryIn(one),
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
