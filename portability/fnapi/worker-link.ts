import type { MessageStream } from '../grpc/message-stream.js';
import type { LinkEnd, Service } from './link.js';

/** A stream whose messages are left as bytes. */
export type ByteStreamPair = MessageStream<Uint8Array, Uint8Array>;

/**
 * The streams of one worker as a link. A worker opens them when it needs them, so what is sent before waits.
 *
 *   W1. Nothing that a stream brings is looked at before the runner's end is connected.
 *   W2. When the control stream ends, the worker is lost, however the others are. What the end of another
 *       one means is for the runner to say: it knows whether it waits for something there.
 */
export class WorkerLink {
  readonly #streams = new Map<Service, ByteStreamPair>();
  readonly #unsent = new Map<Service, Uint8Array[]>();
  #runner: LinkEnd | undefined;
  readonly #onEnd: (service: Service, failure: unknown) => void;

  /** `onEnd` is called when a stream of the worker has ended; `failure` if not by the worker itself. */
  constructor(onEnd: (service: Service, failure: unknown) => void) {
    this.#onEnd = onEnd;
  }

  connect(runner: LinkEnd): void {
    this.#runner = runner;
  }

  /** The worker has opened a stream; one that it opened before is replaced. */
  open(service: Service, stream: ByteStreamPair): void {
    this.#streams.set(service, stream);
    stream.listen({
      message: (bytes) => this.#runner?.receive(service, bytes),
      end: (failure) => {
        stream.end();
        // One that was replaced may end as it likes.
        if (this.#streams.get(service) !== stream) return;
        this.#streams.delete(service);
        this.#onEnd(service, failure);
      },
    });
    for (const message of this.#unsent.get(service) ?? []) stream.send(message);
    this.#unsent.delete(service);
  }

  toHarness(service: Service, message: Uint8Array): void | Promise<void> {
    const stream = this.#streams.get(service);
    if (stream !== undefined) {
      return stream.send(message) ? undefined : stream.drained();
    }
    const waiting = this.#unsent.get(service);
    if (waiting === undefined) this.#unsent.set(service, [message]);
    else waiting.push(message);
  }

  /** Ends all streams: the worker sees that it is not needed any more. */
  close(): void {
    this.#unsent.clear();
    for (const stream of this.#streams.values()) stream.end();
    this.#streams.clear();
  }
}
