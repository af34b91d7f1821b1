import type { Duration } from '../model/time.js';
import type { ProcessBundleDescriptor } from '../proto/generated/fn-api.js';
import type { StageEndpoints } from './messages/runner-descriptor.js';

/** The services of the Fn API that a link carries. */
export type Service = 'control' | 'data' | 'state';

/** The way from a harness to its runner. */
export interface RunnerLink {
  /**
   * `endpoint`: where the stage's descriptor sends messages of this service, if it says so. `stream`: which of the
   * data streams to it. A promise resolves when there is room for more.
   */
  toRunner(
    service: Service,
    message: Uint8Array,
    endpoint?: string,
    stream?: string,
  ): void | Promise<void>;
  /** Whether the runner asks for the meaning of short names of metrics. Default false. */
  readonly shortIds?: boolean;
  /** Whether the runner takes the elements of a small bundle with its response. Default false. */
  readonly takesEmbedded?: boolean;
  /** How long outputs of a running bundle may wait for others to share a message. Default: to its end. */
  readonly linger?: Duration;
  /** Whether the runner gives all of a map at once. Default true. */
  readonly wholeMaps?: boolean;
  /** Whether the runner refuses a bundle that wants to hear of its commit where the graph did not say so. */
  readonly finalizesOnlyIfAsked?: boolean;
  /** Asks for a stage that was not registered. Absent: the runner registers all of them. */
  descriptor?(id: string): Promise<ProcessBundleDescriptor>;
  /** Reads no more elements, until they are asked for again. Absent: the runner never sends more than it should. */
  pauseInput?(): void;
  resumeInput?(): void;
  /** A stage was described: its elements, timers and state will travel there. `stream`: as in `toRunner`. */
  prepare?(endpoints: StageEndpoints, stream?: string): void | Promise<void>;
}

/** One end of a link: takes the messages that the other end sent, in their order. */
export interface LinkEnd {
  receive(service: Service, message: Uint8Array): void;
}

/**
 * Two ends that know nothing of each other but bytes. A message is copied when it is sent and arrives
 * later, never within the call that sent it; the order of all messages of one direction is kept.
 */
export class Link implements RunnerLink {
  readonly #defer: (f: () => void) => void;
  #ends: { readonly runner: LinkEnd; readonly harness: LinkEnd } | undefined;

  /** `defer` runs a function later, in the order of the calls. */
  constructor(defer: (f: () => void) => void = queueMicrotask) {
    this.#defer = defer;
  }

  connect(runner: LinkEnd, harness: LinkEnd): void {
    this.#ends = { runner, harness };
  }

  toHarness(service: Service, message: Uint8Array): void {
    this.#send('harness', service, message);
  }

  toRunner(service: Service, message: Uint8Array): void {
    this.#send('runner', service, message);
  }

  #send(to: 'runner' | 'harness', service: Service, message: Uint8Array): void {
    const bytes = Uint8Array.prototype.slice.call(message);
    this.#defer(() => {
      this.#ends?.[to].receive(service, bytes);
    });
  }
}
