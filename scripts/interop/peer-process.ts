import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';

/** A job service of another project, in a process of its own. */
export interface Peer {
  /** `host:port` of its job service. */
  readonly address: string;
  readonly isAlive: () => boolean;
  stop(): Promise<void>;
}

/** How a peer is started on `port`. */
export interface PeerCommand {
  readonly command: string;
  readonly args: readonly string[];
}

const START_MS = 120_000;

/** Somebody else may take a port that was free a moment ago. */
const STARTS = 3;

/** Starts a peer and waits until it listens; what it says is in `log`. */
export async function startPeer(
  folder: string,
  commandAt: (port: number) => PeerCommand,
): Promise<Peer> {
  mkdirSync(folder, { recursive: true });
  for (let left = STARTS; ; left--) {
    try {
      return await startOnce(folder, commandAt);
    } catch (error) {
      if (left <= 1) throw error;
    }
  }
}

async function startOnce(folder: string, commandAt: (port: number) => PeerCommand): Promise<Peer> {
  const port = await freePort();
  const { command, args } = commandAt(port);
  const path = join(folder, 'log');
  const log = openSync(path, 'w');
  const child = spawn(command, args, { cwd: folder, stdio: ['ignore', log, log] });
  closeSync(log);
  const isAlive = (): boolean => child.exitCode === null && child.signalCode === null;
  await listening(child, port, path);
  return { address: `localhost:${String(port)}`, isAlive, stop: () => stop(child, isAlive) };
}

async function listening(child: ChildProcess, port: number, log: string): Promise<void> {
  let failure: string | undefined;
  child.once('error', (error) => (failure = error.message));
  child.once('exit', (code) => (failure ??= `it ended with ${String(code)}`));
  for (const end = Date.now() + START_MS; failure === undefined && Date.now() < end;) {
    if (await answers(port)) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  child.kill('SIGKILL');
  const said = readFileSync(log, 'utf8').split('\n').slice(-20).join('\n');
  throw new Error(`a peer did not start: ${failure ?? 'it does not listen'}\n${said}`);
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, 'localhost');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

/** Flink takes the two ports behind it, too, and Prism the next one. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { readonly port: number };
      server.close(() => resolve(port < 65_000 ? port : 20_000 + (port % 1000) * 10));
    });
  });
}

function stop(child: ChildProcess, isAlive: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    if (!isAlive()) {
      resolve();
      return;
    }
    child.once('exit', () => resolve());
    child.kill();
    setTimeout(() => child.kill('SIGKILL'), 10_000).unref();
  });
}

/** Registries are out of reach now and then. */
const FETCHES = 3;

/** Runs a command that downloads to its end, several times if it must; its output is for people. */
export function mustRun(command: string, args: readonly string[], options: object = {}): void {
  for (let left = FETCHES; ; left--) {
    const { status, error } = spawnSync(command, args, { stdio: ['ignore', 2, 2], ...options });
    if (status === 0) return;
    const why = error?.message ?? `exit ${String(status)}`;
    // A program that is not there will not be there in a moment.
    if (left <= 1 || error !== undefined) {
      throw new Error(`${command} ${args.join(' ')} failed: ${why}`);
    }
    console.error(`${command} failed (${why}); once more …`);
  }
}
