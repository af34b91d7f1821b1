import { unlinkSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import type { RunningJob } from '#sdk/runner.js';
import { ensureFolder, socketPath } from './control-folder.js';
import {
  LONGEST_LINE,
  requestIn,
  sentError,
  type ControlAnswer,
  type ControlRequest,
} from './control-protocol.js';
import { Lines } from './lines.js';

/** Who asks nothing for so long is let go, in milliseconds. */
const IDLE_MS = 5 * 60_000;
const MAX_CLIENTS = 16;

/**
 * Lets other processes of this user ask a running job, drain and cancel it, over a unix socket in a folder
 * that nobody else may enter. Keeps no process alive.
 */
export class ControlServer {
  readonly path: string;
  readonly #job: RunningJob;
  readonly #name: string;
  readonly #server: Server;
  /** Who is connected, and how many of its requests are not answered. */
  readonly #clients = new Map<Socket, number>();
  #closed = false;

  /** @throws STRAHL-6003 if the folder is not this user's own */
  constructor(job: RunningJob, name: string, folder: string) {
    ensureFolder(folder);
    this.path = socketPath(folder, name);
    this.#job = job;
    this.#name = name;
    this.#server = createServer((socket) => this.#serve(socket));
    this.#server.maxConnections = MAX_CLIENTS;
    this.#server.unref();
  }

  /** Rejects with the error of the platform. */
  listen(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(this.path, resolve);
    });
  }

  /** Takes nobody in any more; who waits for an answer gets it first. Safe to call twice. */
  close(): void {
    this.#closed = true;
    this.#server.close();
    for (const [client, waiting] of this.#clients) if (waiting === 0) client.end();
    try {
      unlinkSync(this.path);
    } catch {
      // It is gone already.
    }
  }

  #serve(socket: Socket): void {
    this.#clients.set(socket, 0);
    socket.unref();
    socket.setTimeout(IDLE_MS, () => socket.destroy());
    const lines = new Lines(LONGEST_LINE);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => this.#clients.delete(socket));
    socket.on('data', (chunk) => {
      try {
        for (const line of lines.push(chunk)) this.#answer(socket, line);
      } catch (e) {
        socket.end(lineOf({ type: 'error', error: sentError(e) }));
      }
    });
  }

  #answer(socket: Socket, line: string): void {
    this.#clients.set(socket, (this.#clients.get(socket) ?? 0) + 1);
    const send = (answer: ControlAnswer): void => {
      if (!this.#clients.has(socket)) return;
      const waiting = this.#clients.get(socket)! - 1;
      this.#clients.set(socket, waiting);
      socket.write(lineOf(answer));
      if (this.#closed && waiting === 0) socket.end();
    };
    const fail = (e: unknown): void => send({ type: 'error', error: sentError(e) });
    try {
      const answer = this.#perform(requestIn(line));
      if (answer instanceof Promise) answer.then(send, fail);
      else send(answer);
    } catch (e) {
      fail(e);
    }
  }

  #perform(request: ControlRequest): ControlAnswer | Promise<ControlAnswer> {
    const job = this.#job;
    switch (request.op) {
      case 'state':
        return { type: 'state', name: this.#name, id: job.id, progress: job.progress() };
      case 'explain':
        return { type: 'explanation', explanation: job.explain(request.query) };
      case 'drain':
      case 'cancel': {
        const stopping = job[request.op]();
        // Its failure is that of the job, which others hear of.
        stopping.catch(() => undefined);
        if (!request.wait) return { type: 'stopping', state: job.state };
        return stopping.then(() => ({ type: 'stopped', state: job.state }));
      }
    }
  }
}

function lineOf(answer: ControlAnswer): string {
  return `${JSON.stringify(answer)}\n`;
}
