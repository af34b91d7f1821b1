import type { MessageStream } from '../grpc/message-stream.js';
import type { WorkerStatusRequest, WorkerStatusResponse } from '../proto/generated/fn-api.js';
import { errorText } from './messages/error-text.js';

/** What a harness says of itself to people who look for what hangs. */
export interface HarnessStatus {
  readonly bundles: readonly {
    readonly id: string;
    readonly stage: string;
    readonly isWaiting: boolean;
  }[];
  readonly cachedStates: number;
  readonly cachedBytes: number;
}

/** Answers a runner that asks how its worker is. */
export function answerStatus(
  stream: MessageStream<WorkerStatusRequest, WorkerStatusResponse>,
  status: () => HarnessStatus,
): void {
  stream.listen({
    message: ({ id }) => {
      try {
        stream.send({ id, statusInfo: statusText(status()) });
      } catch (e) {
        stream.send({ id, error: errorText(e) });
      }
    },
    // A runner that asks no more goes on to give bundles.
    end: () => stream.end(),
  });
}

function statusText({ bundles, cachedStates, cachedBytes }: HarnessStatus): string {
  const { rss, heapUsed } = process.memoryUsage();
  const running = bundles.map(
    ({ id, stage, isWaiting }) =>
      `  ${id} of ${stage}${isWaiting ? ', waiting for its input' : ''}`,
  );
  return [
    `strahl harness, process ${String(process.pid)}, one thread for functions`,
    `memory: ${megabytes(rss)} resident, ${megabytes(heapUsed)} of heap`,
    `state kept: ${String(cachedStates)} pages, ${String(cachedBytes)} bytes`,
    `bundles: ${String(bundles.length)}`,
    ...running,
  ].join('\n');
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(0)} MB`;
}

/** Asks a worker how it is. */
export class StatusQuestions {
  readonly #stream: MessageStream<WorkerStatusResponse, WorkerStatusRequest>;
  readonly #waiting = new Map<string, (text: string) => void>();
  #serial = 0;

  constructor(stream: MessageStream<WorkerStatusResponse, WorkerStatusRequest>) {
    this.#stream = stream;
    stream.listen({
      message: ({ id, error, statusInfo }) => {
        this.#waiting.get(id)?.(error === '' ? statusInfo : error);
        this.#waiting.delete(id);
      },
      end: () => stream.end(),
    });
  }

  /** Resolves with the worker's own words; never, if it does not answer. */
  ask(): Promise<string> {
    const id = String(this.#serial++);
    return new Promise((resolve) => {
      this.#waiting.set(id, resolve);
      this.#stream.send({ id });
    });
  }
}
