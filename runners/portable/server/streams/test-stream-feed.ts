import { isStrahlError, StrahlError } from '#portability/errors.js';
import { connect, type RpcChannel } from '#portability/grpc/connect.js';
import { TEST_STREAM_SERVICE } from '#portability/jobapi/test-stream-service.js';
import type { TestStreamEvent } from '#portability/model/transform-spec.js';
import { testStreamEvent } from '#portability/proto/test-stream-proto.js';
import { behindLengths } from '#runners/core/plan/prefix-coders.js';
import type { FedStream } from './fed-streams.js';

/**
 * The events that a service gives for one test stream. It is asked once; each output of the stream takes every
 * event, in its own time.
 */
export class TestStreamFeed {
  readonly #stream: FedStream;
  readonly #events: TestStreamEvent[] = [];
  /** Those who wait for the next event; several outputs may. */
  readonly #waiting: (() => void)[] = [];
  #end: { readonly failure?: StrahlError } | undefined;
  #asked: Promise<RpcChannel> | undefined;

  constructor(stream: FedStream) {
    this.#stream = stream;
  }

  /** `undefined` behind the last one. @throws STRAHL-6001 … when the service fails, 1003 for what is no event */
  async event(position: number, signal: AbortSignal): Promise<TestStreamEvent | undefined> {
    this.#asked ??= this.#ask(signal);
    await this.#asked;
    while (position >= this.#events.length && this.#end === undefined) {
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
    if (position < this.#events.length) return this.#events[position];
    if (this.#end?.failure !== undefined) throw this.#end.failure;
    return undefined;
  }

  async #ask(signal: AbortSignal): Promise<RpcChannel> {
    const { endpoint, outputs, coder, perMillisecond } = this.#stream;
    const channel = await connect(endpoint);
    const over = (failure?: StrahlError): void => {
      this.#end ??= failure === undefined ? {} : { failure };
      channel.close();
      this.#wake();
    };
    channel.serverStream(
      TEST_STREAM_SERVICE.Events,
      { outputIds: outputs },
      {
        message: (message) => {
          try {
            this.#events.push(behindLengths(testStreamEvent(message, perMillisecond), coder));
          } catch (e) {
            over(notAnEvent(endpoint, e));
          }
          this.#wake();
        },
        end: over,
      },
      { signal },
    );
    return channel;
  }

  #wake(): void {
    for (const wake of this.#waiting.splice(0)) wake();
  }
}

function notAnEvent(endpoint: string, cause: unknown): StrahlError {
  return new StrahlError('brokenGraph', {
    title: `the test stream service at ${endpoint} gives what is no event`,
    why: isStrahlError(cause) ? cause.title : String(cause),
    cause,
  });
}
