import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** A job server in a process of its own. */
export interface ServerProcess {
  /** `host:port` */
  readonly address: string;
  readonly isAlive: () => boolean;
  stop(): Promise<void>;
}

/** Starts `strahl job-server` of this clone on a free port. */
export async function startServerProcess(root: string): Promise<ServerProcess> {
  const child = spawn(process.execPath, [join(root, 'cli/strahl.js'), 'job-server'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const address = await listening(child);
  const isAlive = (): boolean => child.exitCode === null && child.signalCode === null;
  return {
    address,
    isAlive,
    stop: () =>
      new Promise((resolve) => {
        if (!isAlive()) resolve();
        else child.once('exit', () => resolve()).kill();
      }),
  };
}

function listening(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`the job server ended with ${String(code)}`)));
    createInterface(child.stdout!).on('line', (line) => {
      const [, address] = /^listening on (\S+)$/.exec(line) ?? [];
      if (address !== undefined) resolve(address);
    });
  });
}
