import { isStrahlError } from '../../errors.js';
import { bundleId, transformId, type BundleId, type TransformId } from '../../model/ids.js';
import type { Elements_Data } from '../../proto/generated/fn-api.js';
import type { Frame } from '../../wire/frames.js';
import type { FrameSupply } from '../connection.js';
import type { Backlog } from './backlog.js';
import type { PortFrames } from './port-reader.js';

/**
 * The elements that a runner sends to running bundles, as frames, while they come.
 *
 *   E1. A message may end within an element; a frame never does.
 *   E2. What came before anyone knew the bundle waits for it.
 */
export class IncomingElements {
  readonly #bundles = new Map<BundleId, Map<TransformId, ElementStream>>();
  readonly #backlog: Backlog;

  constructor(backlog: Backlog) {
    this.#backlog = backlog;
  }

  receive({ instructionId, transformId: transform, data, isLast }: Elements_Data): void {
    this.#stream(bundleId(instructionId), transformId(transform)).add(data, isLast);
  }

  /** The elements of a bundle at one of its sources. */
  supply(bundle: BundleId, transform: TransformId, port: PortFrames): ElementStream {
    const stream = this.#stream(bundle, transform);
    stream.open(port);
    return stream;
  }

  /** Forgets a bundle that is over. */
  drop(bundle: BundleId): void {
    this.#bundles.get(bundle)?.forEach((stream) => stream.close());
    this.#bundles.delete(bundle);
  }

  #stream(bundle: BundleId, transform: TransformId): ElementStream {
    let streams = this.#bundles.get(bundle);
    if (streams === undefined)
      this.#bundles.set(bundle, (streams = new Map<TransformId, ElementStream>()));
    let stream = streams.get(transform);
    if (stream === undefined) streams.set(transform, (stream = new ElementStream(this.#backlog)));
    return stream;
  }
}

/** The elements of one bundle at one source. */
export class ElementStream implements FrameSupply {
  received = 0;
  readonly #chunks: Uint8Array[] = [];
  #port: PortFrames | undefined;
  /** The beginning of an element whose end is still to come. */
  #rest: Uint8Array | undefined;
  /** How many bytes there should be before they are tried again. */
  #worthTrying = 0;
  #isEnded = false;
  /** What whoever waits for elements waits for. */
  #arrival: { readonly promise: Promise<void>; readonly resolve: () => void } | undefined;
  readonly #backlog: Backlog | undefined;
  /** Bytes that count in the backlog. */
  #waiting = 0;

  /** Default: it is always read. */
  constructor(backlog?: Backlog) {
    this.#backlog = backlog;
  }

  add(data: Uint8Array, isLast: boolean): void {
    if (data.length > 0) this.#chunks.push(data);
    this.#isEnded ||= isLast;
    this.#wakeUp();
    if (this.#port !== undefined) this.#grow(data.length);
  }

  open(port: PortFrames): void {
    this.#port = port;
    this.#grow(this.#chunks.reduce((bytes, { length }) => bytes + length, 0));
  }

  /** Its bundle is over: what still waits is forgotten. */
  close(): void {
    this.#wakeUp();
    this.#grow(-this.#waiting);
  }

  #grow(bytes: number): void {
    this.#waiting += bytes;
    this.#backlog?.grow(bytes);
  }

  #wakeUp(): void {
    const arrival = this.#arrival;
    if (arrival === undefined) return;
    this.#arrival = undefined;
    this.#backlog?.starve(-1);
    arrival.resolve();
  }

  get isEnded(): boolean {
    return this.#isEnded;
  }

  get isOver(): boolean {
    return this.#isEnded && this.#chunks.length === 0 && this.#rest === undefined;
  }

  arrival(): Promise<void> {
    if (this.#chunks.length > 0 || this.#isEnded) return Promise.resolve();
    if (this.#arrival !== undefined) return this.#arrival.promise;
    let resolve = (): void => undefined;
    const promise = new Promise<void>((wake) => (resolve = wake));
    this.#arrival = { promise, resolve };
    this.#backlog?.starve(1);
    return promise;
  }

  /** @throws STRAHL-5002 for bytes that are no elements, or end within one */
  next(): Frame | undefined {
    for (;;) {
      const chunk = this.#chunks.shift();
      if (chunk === undefined && !(this.#isEnded && this.#rest !== undefined)) return undefined;
      if (chunk !== undefined) this.#grow(-chunk.length);
      const bytes = this.#joined(chunk);
      const isLast = this.#isEnded && this.#chunks.length === 0;
      if (bytes.length < this.#worthTrying && !isLast) {
        this.#rest = bytes;
        continue;
      }
      const frame = this.#frame(bytes, isLast);
      this.received += frame.count;
      if (frame.count > 0) return frame;
    }
  }

  #joined(chunk: Uint8Array | undefined): Uint8Array {
    const rest = this.#rest;
    this.#rest = undefined;
    if (rest === undefined) return chunk!;
    return chunk === undefined ? rest : Buffer.concat([rest, chunk]);
  }

  #frame(bytes: Uint8Array, isLast: boolean): Frame {
    let end = 0;
    try {
      return this.#port!.frame(bytes, (at) => (end = at));
    } catch (e) {
      if (isLast || !isStrahlError(e)) throw e;
      // E1; an element of many messages is not tried with each of them.
      this.#rest = bytes.subarray(end);
      this.#worthTrying = this.#rest.length * 2;
      return this.#port!.frame(bytes.subarray(0, end));
    }
  }
}
