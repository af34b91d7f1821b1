import type { ElementCoder } from '#portability/coders/coder.js';
import { expiryOf, type Duration, type EventTime } from '#portability/model/time.js';
import type { Window } from '#portability/model/windows.js';
import { hashBytes, INDEX_STRIDE, type Frame } from '#portability/wire/frames.js';
import { ByteReader } from '#portability/wire/reader.js';
import { copyOf, endOf, indexOf, WINDOWS_AT, type FrameShape } from '../input/frame-scan.js';
import { SpillableBytes } from '../spill/spillable-bytes.js';
import type { Spillable } from '../spill/spillable.js';
import { TimeHeap } from '../time/time-heap.js';

/** A stage that reads the view: its input watermark, and how late its elements may be. */
interface Reader {
  readonly times: { readonly input: EventTime };
  readonly lateness: Duration;
}

interface SideWindow {
  readonly window: Uint8Array;
  readonly maxTimestamp: EventTime;
  /** Nested encodings of the elements, one after the other. */
  data: SpillableBytes;
}

const EMPTY = new Uint8Array(0);

/**
 * The latest pane of each window of a side input (SID-4), until no reader can ask for it (SID-6).
 *
 *   V1. A main window ends no later than the side window that is read with it. So a side window is over
 *       once every reader's input watermark is past its end by more than the reader's allowed lateness.
 */
export class ViewStore {
  readonly windowCoder: ElementCoder<Window>;
  readonly #times: { readonly input: EventTime };
  readonly #byHash = new Map<number, SideWindow[]>();
  readonly #byEnd = new TimeHeap<SideWindow>();
  readonly #readers: Reader[] = [];

  constructor(windowCoder: ElementCoder<Window>, times: { readonly input: EventTime }) {
    this.windowCoder = windowCoder;
    this.#times = times;
  }

  get windows(): number {
    return this.#byEnd.size;
  }

  *spillables(): Iterable<Spillable> {
    for (const sides of this.#byHash.values()) for (const { data } of sides) yield data;
  }

  /** Keeps windows for elements that are late by up to `lateness` behind `times`. */
  addReader(times: Reader['times'], lateness: Duration): void {
    this.#readers.push({ times, lateness });
  }

  /** Lets go of the windows that no reader can ask for any more. */
  collect(): void {
    while (this.#byEnd.size > 0 && this.#isOver(this.#byEnd.least!))
      this.#delete(this.#byEnd.pop()!);
  }

  #isOver(maxTimestamp: EventTime): boolean {
    return this.#readers.every(
      ({ times, lateness }) => times.input > expiryOf(maxTimestamp, lateness),
    );
  }

  /** Takes panes of a grouping without keys; they arrive in the order of their indices. */
  absorb(frame: Frame, shape: FrameShape): void {
    const index = indexOf(frame, shape);
    for (let i = 0; i < index.length; i += INDEX_STRIDE) {
      // A pane has one window; it ends before the pane's first byte, so it is a prefix of the rest.
      const { window, maxTimestamp } = windowAt(frame.bytes, index[i]! + WINDOWS_AT, shape);
      // The values follow their number.
      const data = frame.bytes.subarray(index[i + 1]! + 4, endOf(frame, index, i));
      if (!this.#isOver(maxTimestamp)) this.#put(window, maxTimestamp, data);
    }
  }

  /** SID-2: a pane has fired, or none can come any more in time. */
  isReady(window: Uint8Array, maxTimestamp: EventTime): boolean {
    return this.#times.input > maxTimestamp || this.#find(window) !== undefined;
  }

  /** Elements of a side window; none if nothing fired. */
  read(window: Uint8Array): Uint8Array {
    return this.#find(window)?.data.read() ?? EMPTY;
  }

  #find(window: Uint8Array): SideWindow | undefined {
    const sameHash = this.#byHash.get(hashBytes(window, 0, window.length));
    return sameHash?.find((side) => Buffer.compare(side.window, window) === 0);
  }

  #put(window: Uint8Array, maxTimestamp: EventTime, data: Uint8Array): void {
    const known = this.#find(window);
    if (known !== undefined) {
      known.data.release();
      known.data = new SpillableBytes(data);
      return;
    }
    const hash = hashBytes(window, 0, window.length);
    const sameHash = this.#byHash.get(hash);
    const side = { window, maxTimestamp, data: new SpillableBytes(data) };
    if (sameHash === undefined) this.#byHash.set(hash, [side]);
    else sameHash.push(side);
    this.#byEnd.push(maxTimestamp, side);
  }

  #delete(side: SideWindow): void {
    side.data.release();
    const hash = hashBytes(side.window, 0, side.window.length);
    const rest = this.#byHash.get(hash)!.filter((other) => other !== side);
    if (rest.length === 0) this.#byHash.delete(hash);
    else this.#byHash.set(hash, rest);
  }
}

function windowAt(
  bytes: Uint8Array,
  at: number,
  { windowCoder }: FrameShape,
): Pick<SideWindow, 'window' | 'maxTimestamp'> {
  const input = new ByteReader(bytes, at);
  const { maxTimestamp } = windowCoder.decode(input);
  return { window: copyOf(bytes, at, input.pos), maxTimestamp };
}
