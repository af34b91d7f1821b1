import { TIMESTAMP_MAX, minTime, type EventTime } from '#portability/model/time.js';
import { frameHeld, INDEX_STRIDE, type Frame } from '#portability/wire/frames.js';
import { viewOf } from '#portability/wire/native-buffer.js';
import { ByteWriter } from '#portability/wire/writer.js';
import { endOf, timestampAt, windowCountAt, WINDOWS_AT } from '../input/frame-scan.js';

/** A window as it is encoded. */
interface EncodedWindow {
  readonly bytes: Uint8Array;
}

/**
 * The elements of a frame, of each window those that are in it as a frame of their own, in that window alone and in their
 * order. The windows of an element are those that `windowAt` finds where they are encoded.
 */
export function partsByWindow<W extends EncodedWindow>(
  frame: Frame,
  index: Int32Array,
  windowAt: (at: number) => W,
): ReadonlyMap<W, Frame> {
  const only = onlyWindow(frame, index, windowAt);
  if (only !== undefined) return new Map([[only, frame]]);
  const parts = new Map<W, WindowPart>();
  const source = viewOf(frame.bytes);
  for (let i = 0; i < index.length; i += INDEX_STRIDE) {
    let at = index[i]! + WINDOWS_AT;
    const windows: W[] = [];
    for (let k = windowCountAt(frame.bytes, index[i]!); k > 0; k--) {
      const window = windowAt(at);
      windows.push(window);
      at += window.bytes.length;
    }
    for (const window of windows) {
      let part = parts.get(window);
      if (part === undefined) parts.set(window, (part = new WindowPart(window.bytes)));
      part.add(frame, source, index, i, at);
    }
  }
  return new Map([...parts].map(([window, part]) => [window, part.end(frame)]));
}

/** The window of all elements, if they are all in that one alone. */
function onlyWindow<W extends EncodedWindow>(
  { bytes }: Frame,
  index: Int32Array,
  windowAt: (at: number) => W,
): W | undefined {
  let only: W | undefined;
  for (let i = 0; i < index.length; i += INDEX_STRIDE) {
    if (windowCountAt(bytes, index[i]!) !== 1) return undefined;
    const window = windowAt(index[i]! + WINDOWS_AT);
    if (window !== (only ??= window)) return undefined;
  }
  return only;
}

/** What a frame has of one window. */
class WindowPart {
  readonly #window: DataView;
  readonly #out = new ByteWriter();
  readonly #index: number[] = [];
  #count = 0;
  #least: EventTime = TIMESTAMP_MAX;

  constructor(window: Uint8Array) {
    this.#window = viewOf(window);
  }

  /** Adds the element whose index starts at `i`, and whose windows end at `windowsEnd`. */
  add(frame: Frame, source: DataView, index: Int32Array, i: number, windowsEnd: number): void {
    const out = this.#out;
    const time = timestampAt(frame.bytes, index[i]!);
    const start = out.pos;
    out.timestamp(time);
    out.int32(1);
    out.run(this.#window, 0, this.#window.byteLength);
    const moved = out.pos - windowsEnd;
    out.run(source, windowsEnd, endOf(frame, index, i));
    this.#index.push(start, index[i + 1]! + moved, index[i + 2]! + moved, index[i + 3]!);
    this.#count++;
    this.#least = minTime(this.#least, time);
  }

  end({ heldAt, index, lazy }: Frame): Frame {
    return {
      ...frameHeld(this.#out.toBytes(), this.#count, this.#least, heldAt),
      // An index that was found by walking may lack keys.
      ...(index === undefined ? {} : { index: Int32Array.from(this.#index) }),
      ...(lazy === undefined ? {} : { lazy }),
    };
  }
}
