import { spawn, type ChildProcess } from 'node:child_process';
import { connect as connectSocket, createServer } from 'node:net';
import { StrahlError } from '#portability/errors.js';

/** How a service is started on a port of this machine. */
export interface ServiceCommand {
  readonly command: string;
  readonly args: readonly string[];
  /** What it is, for messages. */
  readonly name: string;
  /** What to do when it does not start. */
  readonly fix: string;
}

/** A service in a process of its own. */
export interface ServiceProcess {
  /** `host:port` */
  readonly address: string;
  /** Ends it; never rejects. */
  stop(): Promise<void>;
}

/** Interpreters load much before they listen, in milliseconds. */
const START_MS = 120_000;
const LOOK_AGAIN_MS = 50;
/** A process that is asked to end is killed after this time, in milliseconds. */
const KILL_MS = 5_000;
/** Characters of what it said last that a message may quote. */
const TAIL = 2_000;

/**
 * Starts a service on a free port and waits until it listens. It ends with this process: its input, which it
 * reads to the end, ends then.
 *
 * @throws STRAHL-6001 with what it said last, when it cannot be started, or ends before it listens
 */
export async function startService(
  commandAt: (port: number) => ServiceCommand,
): Promise<ServiceProcess> {
  const port = await freePort();
  const { command, args, name, fix } = commandAt(port);
  const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'pipe'] });
  let said = '';
  const listen = (chunk: Buffer): void => {
    said = (said + chunk.toString()).slice(-TAIL);
  };
  child.stdout.on('data', listen);
  child.stderr.on('data', listen);
  child.stdin.on('error', () => undefined);
  const ended = new Promise<string>((resolve) => {
    child.once('error', ({ message }) => resolve(message));
    child.once('exit', (code, signal) =>
      resolve(`it ended with ${signal ?? `exit code ${String(code)}`}`),
    );
  });
  const failure = await Promise.race([ended, listening(port, child)]);
  if (failure === undefined)
    return { address: `127.0.0.1:${String(port)}`, stop: () => stop(child) };
  await stop(child);
  throw new StrahlError('unreachable', {
    title: `${name} was not started: ${failure}`,
    ...(said === '' ? {} : { why: `it said last:\n${said.trim()}` }),
    fix,
  });
}

/** Resolves when someone listens, or with why nobody will. */
async function listening(port: number, child: ChildProcess): Promise<string | undefined> {
  for (const end = Date.now() + START_MS; Date.now() < end;) {
    if (!isAlive(child)) return 'it ended';
    if (await answers(port)) return undefined;
    await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
  }
  return `it did not listen within ${String(START_MS / 1000)} s`;
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connectSocket(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { readonly port: number };
      server.close(() => resolve(port));
    });
  });
}

function isAlive({ exitCode, signalCode, pid }: ChildProcess): boolean {
  return pid !== undefined && exitCode === null && signalCode === null;
}

function stop(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (!isAlive(child)) {
      resolve();
      return;
    }
    const kill = setTimeout(() => child.kill('SIGKILL'), KILL_MS);
    child.once('exit', () => {
      clearTimeout(kill);
      resolve();
    });
    child.kill();
  });
}
