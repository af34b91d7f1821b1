import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** A program of this clone that serves until it is stopped. */
export interface ServingProcess {
  /** `host:port` */
  readonly address: string;
  readonly isAlive: () => boolean;
  stop(): Promise<void>;
}

/**
 * Starts `strahl` with `words`, which must be a command that says where it listens; what it says of its jobs goes to
 * `.cache/interop/COMMAND.log`.
 */
export async function startServing(
  root: string,
  words: readonly string[],
): Promise<ServingProcess> {
  const logs = join(root, '.cache/interop');
  mkdirSync(logs, { recursive: true });
  const log = openSync(join(logs, `${words[0]!}.log`), 'a');
  const child = spawn(process.execPath, [join(root, 'cli/strahl.js'), ...words], {
    cwd: root,
    stdio: ['ignore', 'pipe', log],
  });
  // The child has one of its own.
  closeSync(log);
  const address = await listening(child, words);
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

function listening(child: ChildProcess, words: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    child.once('exit', (code) =>
      reject(new Error(`strahl ${words.join(' ')} ended with ${String(code)}; see .cache/interop`)),
    );
    createInterface(child.stdout!).on('line', (line) => {
      const [, address] = /^listening on (\S+)$/.exec(line) ?? [];
      if (address !== undefined) resolve(address);
    });
  });
}
