import type { ElementCoder } from '#portability/coders/coder.js';
import type { EventTime } from '#portability/model/time.js';
import type { Window } from '#portability/model/windows.js';
import { hashBytes, INDEX_STRIDE, type Frame } from '#portability/wire/frames.js';
import { ByteReader } from '#portability/wire/reader.js';
import { copyOf, endOf, indexOf, WINDOWS_AT, type FrameShape } from './frame-scan.js';

interface SideWindow {
  readonly window: Uint8Array;
  /** Nested encodings of the elements, one after the other. */
  data: Uint8Array;
}

const EMPTY = new Uint8Array(0);

/** The latest pane of each window of a side input (SID-4). */
export class ViewStore {
  readonly windowCoder: ElementCoder<Window>;
  readonly #times: { readonly input: EventTime };
  readonly #byHash = new Map<number, SideWindow[]>();

  constructor(windowCoder: ElementCoder<Window>, times: { readonly input: EventTime }) {
    this.windowCoder = windowCoder;
    this.#times = times;
  }

  /** Takes panes of a grouping without keys; they arrive in the order of their indices. */
  absorb(frame: Frame, shape: FrameShape): void {
    const index = indexOf(frame, shape);
    for (let i = 0; i < index.length; i += INDEX_STRIDE) {
      // A pane has one window; it ends before the pane's first byte, so it is a prefix of the rest.
      const window = windowAt(frame.bytes, index[i]! + WINDOWS_AT, shape);
      // The values follow their number.
      const data = frame.bytes.subarray(index[i + 1]! + 4, endOf(frame, index, i));
      this.#put(window, data);
    }
  }

  /** SID-2: a pane has fired, or none can come any more in time. */
  isReady(window: Uint8Array, maxTimestamp: EventTime): boolean {
    return this.#times.input > maxTimestamp || this.#find(window) !== undefined;
  }

  /** Elements of a side window; none if nothing fired. */
  read(window: Uint8Array): Uint8Array {
    return this.#find(window)?.data ?? EMPTY;
  }

  #find(window: Uint8Array): SideWindow | undefined {
    const sameHash = this.#byHash.get(hashBytes(window, 0, window.length));
    return sameHash?.find((side) => Buffer.compare(side.window, window) === 0);
  }

  #put(window: Uint8Array, data: Uint8Array): void {
    const known = this.#find(window);
    if (known !== undefined) {
      known.data = data;
      return;
    }
    const hash = hashBytes(window, 0, window.length);
    const sameHash = this.#byHash.get(hash);
    if (sameHash === undefined) this.#byHash.set(hash, [{ window, data }]);
    else sameHash.push({ window, data });
  }
}

function windowAt(bytes: Uint8Array, at: number, { windowCoder }: FrameShape): Uint8Array {
  const input = new ByteReader(bytes, at);
  windowCoder.skip(input);
  return copyOf(bytes, at, input.pos);
}
