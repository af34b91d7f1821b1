import type { ElementCoder } from '../coders/coder.js';
import { writePane } from '../coders/panes.js';
import { NO_FIRING, type Pane } from '../model/panes.js';
import { TIMESTAMP_MAX, minTime, type EventTime } from '../model/time.js';
import type { Window } from '../model/windows.js';
import { INDEX_STRIDE, firstEnd, frameHeld, hashView, type Frame } from './frames.js';
import { frameBuffer, frameIndex } from './frame-memory.js';
import { ByteWriter } from './writer.js';

export interface FrameWriterOptions {
  readonly windowCoder: ElementCoder<Window>;
  /** Whether the elements are pairs whose keys are to be indexed; then `keyEnd` is called for each. */
  readonly keyed: boolean;
  /** A frame is closed by the element that takes it to this size. Default 64 KiB. */
  readonly targetBytes?: number;
}

const TARGET_BYTES = 64 * 1024;
/** Room for the element that passes the target, so that a usual frame needs no growth. */
const SLACK_BYTES = 1024;
const FIRST_CAPACITY = 1024;
const NO_WINDOWS: readonly Window[] = Object.freeze([]);

/**
 * Writes elements into frames: `begin`, the caller encodes the element, `keyEnd` in between if keyed,
 * then `end`, or `abandon` if the encoding threw.
 *
 *   W1. Window count, windows and pane of an element are one run of bytes. While windows array and pane
 *       are the same objects as before, that run is copied instead of encoded again.
 *   W2. A frame holds whole elements, and one at least; a large element makes a large frame.
 *   W3. A writer is given windows as values or as bytes, never both: only of values it knows which ends first.
 */
export class FrameWriter {
  readonly #out = new ByteWriter(FIRST_CAPACITY);
  readonly #windowCoder: ElementCoder<Window>;
  readonly #keyed: boolean;
  readonly #targetBytes: number;
  #frames: Frame[] = [];
  #framesBytes = 0;
  #count = 0;
  #minTimestamp: EventTime = TIMESTAMP_MAX;
  #heldAt: EventTime = TIMESTAMP_MAX;
  #index: Int32Array;
  // W1: the last windows and pane, and their bytes.
  #windows: readonly Window[] = NO_WINDOWS;
  #pane: Pane = NO_FIRING;
  #tail: Int32Array = new Int32Array(0);
  #tailSize = 0;
  #windowsEnd: EventTime = TIMESTAMP_MAX;
  // The element being written.
  #start = 0;
  #keyStart = 0;
  #keyEnd = 0;
  #hash = 0;
  #timestamp: EventTime = TIMESTAMP_MAX;

  constructor({ windowCoder, keyed, targetBytes = TARGET_BYTES }: FrameWriterOptions) {
    this.#windowCoder = windowCoder;
    this.#keyed = keyed;
    this.#targetBytes = targetBytes;
    this.#index = new Int32Array(keyed ? 64 * INDEX_STRIDE : 0);
  }

  /** Bytes of all elements since the last `flush`. */
  get byteSize(): number {
    return this.#framesBytes + this.#out.pos;
  }

  /** Writes what stands before an element and returns the writer to encode it with. */
  begin(timestamp: EventTime, windows: readonly Window[], pane: Pane): ByteWriter {
    const out = this.#out;
    this.#start = out.pos;
    out.timestamp(timestamp);
    if (windows === this.#windows && pane === this.#pane && this.#tailSize > 0)
      out.shortWords(this.#tail, this.#tailSize);
    else this.#writeTail(windows, pane);
    this.#timestamp = timestamp;
    this.#keyStart = out.pos;
    return out;
  }

  /** As `begin`, for `windowCount` windows whose encodings are given one after the other; none ends before `timestamp`. */
  beginRaw(
    timestamp: EventTime,
    windows: Uint8Array,
    pane: Pane,
    windowCount: number = 1,
  ): ByteWriter {
    const out = this.#out;
    this.#start = out.pos;
    this.#timestamp = timestamp;
    out.timestamp(timestamp);
    out.int32(windowCount);
    out.shortRaw(windows);
    writePane(pane, out);
    this.#keyStart = out.pos;
    return out;
  }

  #writeTail(windows: readonly Window[], pane: Pane): void {
    const out = this.#out;
    const start = out.pos;
    out.int32(windows.length);
    for (let i = 0; i < windows.length; i++) this.#windowCoder.encode(windows[i]!, out);
    writePane(pane, out);
    if (windows !== this.#windows) this.#windowsEnd = firstEnd(windows);
    if (windows !== this.#windows || pane !== this.#pane) {
      // Kept only when it comes twice: each session is a window of its own.
      this.#windows = windows;
      this.#pane = pane;
      this.#tailSize = 0;
      return;
    }
    const size = out.pos - start;
    this.#tail = new Int32Array((size + 3) >>> 2);
    this.#tailSize = size;
    for (let i = 0; i < size; i++) this.#tail[i >> 2]! |= out.bytes[start + i]! << (8 * (i & 3));
  }

  /** Says that the key was just written, and nothing of the value yet. */
  keyEnd(): void {
    const out = this.#out;
    this.#keyEnd = out.pos;
    this.#hash = hashView(out.view, this.#keyStart, out.pos);
  }

  /** Ends the element. */
  end(): void {
    if (this.#keyed) this.#addToIndex();
    if (this.#timestamp < this.#minTimestamp) this.#minTimestamp = this.#timestamp;
    if (this.#timestamp > this.#windowsEnd) this.#heldAt = minTime(this.#heldAt, this.#windowsEnd);
    this.#count++;
    if (this.#out.pos >= this.#targetBytes) this.#close();
  }

  #addToIndex(): void {
    const at = this.#count * INDEX_STRIDE;
    if (at === this.#index.length) {
      const grown = new Int32Array(at * 2);
      grown.set(this.#index);
      this.#index = grown;
    }
    const index = this.#index;
    index[at] = this.#start;
    index[at + 1] = this.#keyStart;
    index[at + 2] = this.#keyEnd;
    index[at + 3] = this.#hash;
  }

  /** Takes back the element that was begun. */
  abandon(): void {
    this.#out.pos = this.#start;
  }

  /** Takes the frames that are full; their bytes still count in `byteSize`. */
  takeFull(): readonly Frame[] {
    const frames = this.#frames;
    if (frames.length > 0) this.#frames = [];
    return frames;
  }

  /** As `takeFull`, with what the frame holds that is being written. */
  takeWritten(): readonly Frame[] {
    if (this.#count > 0) this.#close();
    return this.takeFull();
  }

  /** All elements since the last `flush`, in order, but for those that `takeFull` took. */
  flush(): readonly Frame[] {
    if (this.#count > 0) this.#close();
    const frames = this.#frames;
    this.#frames = [];
    this.#framesBytes = 0;
    return frames;
  }

  #close(): void {
    const full = this.#out.pos >= this.#targetBytes;
    const room = this.#targetBytes + SLACK_BYTES;
    const bytes = full ? this.#out.take(room, frameBuffer) : this.#out.take();
    const heldAt = this.#heldAt === TIMESTAMP_MAX ? undefined : this.#heldAt;
    const frame = frameHeld(bytes, this.#count, this.#minTimestamp, heldAt);
    const numbers = this.#count * INDEX_STRIDE;
    const indexed = this.#keyed
      ? { ...frame, index: full ? frameIndex(this.#index, numbers) : this.#index.slice(0, numbers) }
      : frame;
    this.#frames.push(Object.freeze(indexed));
    this.#framesBytes += bytes.length;
    this.#count = 0;
    this.#minTimestamp = TIMESTAMP_MAX;
    this.#heldAt = TIMESTAMP_MAX;
  }
}
