import { isStrahlError, type StrahlError } from '../errors.js';
import type { Init } from '../proto/codec.js';
import { asBuffer } from '../wire/native-buffer.js';
import type { MessageCodec } from './rpc.js';

/** What takes the messages of a peer. */
export interface MessageSink<In> {
  message(message: In): void;
  /** Called once: nothing follows. `failure` when the peer did not end the stream itself. */
  end(failure?: StrahlError): void;
}

/** Sends the messages of one direction. */
export interface MessageSender<Out> {
  /** `false`: more is waiting than the stream wants to hold; go on after `drained`. */
  send(message: Init<Out>): boolean;
  drained(): Promise<void>;
  end(): void;
}

/** Both directions of a stream, the same at either end of it. */
export interface MessageStream<In, Out> extends MessageSender<Out> {
  listen(sink: MessageSink<In>): void;
  /** Stops and resumes listening: back-pressure towards the peer. */
  pause(): void;
  resume(): void;
  /** Ends both directions at once. */
  cancel(failure?: StrahlError): void;
}

type Listener = (...args: never[]) => void;

/** What is used of the library's streams; their own types differ from call to call. */
export interface ByteOutput {
  readonly destroyed: boolean;
  readonly writableEnded: boolean;
  readonly writableNeedDrain: boolean;
  write(bytes: Uint8Array): boolean;
  end(): unknown;
  on(event: string, listener: Listener): unknown;
  once(event: string, listener: Listener): unknown;
  off(event: string, listener: Listener): unknown;
}

export interface ByteStream extends ByteOutput {
  pause(): unknown;
  resume(): unknown;
}

/** How the library ends a stream badly; the two ends do it differently. */
type Abandon = (failure: StrahlError | undefined) => void;
/** What an `error` event of the library means. */
type Explain = (cause: unknown) => StrahlError;

/** After any of these nobody waits for room any more. */
const DRAINED = ['drain', 'close', 'error'];

/** One direction of bytes as messages. */
export class GrpcSender<Out> implements MessageSender<Out> {
  readonly #out: ByteOutput;
  readonly #codec: MessageCodec<Out>;
  #draining: Promise<void> | undefined;

  constructor(out: ByteOutput, codec: MessageCodec<Out>) {
    this.#out = out;
    this.#codec = codec;
  }

  send(message: Init<Out>): boolean {
    if (this.#out.destroyed || this.#out.writableEnded) return true;
    return this.#out.write(asBuffer(this.#codec.encode(message)));
  }

  drained(): Promise<void> {
    if (!this.#out.writableNeedDrain) return Promise.resolve();
    return (this.#draining ??= this.#drained());
  }

  /** Bundles that wait together listen once: Node warns of more than ten listeners. */
  #drained(): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        for (const event of DRAINED) this.#out.off(event, done);
        this.#draining = undefined;
        resolve();
      };
      for (const event of DRAINED) this.#out.once(event, done);
    });
  }

  end(): void {
    if (!this.#out.writableEnded) this.#out.end();
  }
}

/** A stream of the library as messages. A message that cannot be decoded ends it. */
export class GrpcStream<In, Out> extends GrpcSender<Out> implements MessageStream<In, Out> {
  readonly #stream: ByteStream;
  readonly #codec: MessageCodec<In>;
  readonly #explain: Explain;
  readonly #abandon: Abandon;
  #over = false;

  constructor(
    stream: ByteStream,
    codecs: { readonly incoming: MessageCodec<In>; readonly outgoing: MessageCodec<Out> },
    explain: Explain,
    abandon: Abandon,
  ) {
    super(stream, codecs.outgoing);
    this.#stream = stream;
    this.#codec = codecs.incoming;
    this.#explain = explain;
    this.#abandon = abandon;
    // An error that nobody listens to would end the process.
    stream.on('error', () => undefined);
  }

  listen(sink: MessageSink<In>): void {
    const finish = (failure?: StrahlError): void => {
      if (this.#over) return;
      this.#over = true;
      sink.end(failure);
    };
    this.#stream.on('error', (cause: unknown) => {
      finish(this.#explain(cause));
    });
    this.#stream.on('end', () => finish());
    this.#stream.on('cancelled', () => {
      finish(this.#explain({ code: 1, details: 'the peer went away' }));
    });
    this.#stream.on('data', (bytes: Uint8Array) => {
      if (this.#over) return;
      try {
        sink.message(this.#codec.decode(bytes));
      } catch (e) {
        const failure = isStrahlError(e) ? e : this.#explain(e);
        // First our side hears why: cancelling makes the library report something less exact.
        finish(failure);
        this.cancel(failure);
      }
    });
  }

  pause(): void {
    this.#stream.pause();
  }

  resume(): void {
    this.#stream.resume();
  }

  cancel(failure?: StrahlError): void {
    this.#abandon(failure);
  }
}
