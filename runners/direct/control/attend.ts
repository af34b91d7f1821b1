import type { Logger, RunningJob } from '#sdk/runner.js';

/** A job that ends sooner needs no socket, in milliseconds. */
const AFTER_MS = 1_000;

export interface Attendance {
  /** The job's name, which its socket gets. */
  readonly name: string;
  /** Hears of a socket that cannot be opened; the job runs on without. */
  readonly log: Logger;
  /** Default: that of the user who runs the process. */
  readonly folder?: string;
}

/** Opens a socket through which a job can be asked, drained and cancelled, until the job ends. */
export function attend(job: RunningJob, { name, log, folder }: Attendance): void {
  if (process.platform === 'win32') return;
  let close = (): void => undefined;
  const open = async (): Promise<void> => {
    const { ControlServer } = await import('./control-server.js');
    const { controlFolder } = await import('./control-folder.js');
    if (ended) return;
    const server = new ControlServer(job, name, folder ?? controlFolder());
    close = () => server.close();
    await server.listen();
  };
  let ended = false;
  const timer = setTimeout(() => {
    open().catch((e: unknown) => {
      const why = (e as { readonly message?: string }).message ?? String(e);
      log.warn(`the job cannot be reached by strahl explain, drain and cancel: ${why}`);
    });
  }, AFTER_MS).unref();
  const end = (): void => {
    ended = true;
    clearTimeout(timer);
    close();
  };
  job.done.then(end, end);
}
