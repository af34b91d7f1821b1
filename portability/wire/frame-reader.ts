import type { ElementCoder } from '../coders/coder.js';
import { readPane } from '../coders/panes.js';
import { globalWindowCoder } from '../coders/windows.js';
import { exactBounds } from '../model/exact-windows.js';
import { NO_FIRING, type Pane } from '../model/panes.js';
import { TIMESTAMP_MAX, type EventTime } from '../model/time.js';
import { GLOBAL_WINDOW, GLOBAL_WINDOWS, type Window } from '../model/windows.js';
import { isSameRun } from './copy-run.js';
import { hashBytes, INDEX_STRIDE, type Frame } from './frames.js';
import { keepShape } from './kept-shapes.js';
import { viewOf } from './native-buffer.js';
import { ByteReader } from './reader.js';

const NO_FIRING_BYTE = 0x0f;
const EMPTY: Frame = Object.freeze({
  bytes: new Uint8Array(0),
  count: 0,
  minTimestamp: TIMESTAMP_MAX,
});

/**
 * Walks the elements of a frame. After `next()` answered true, the fields describe the current element
 * and `input` stands where it starts; then either decode it from `input`, or call `locate` or
 * `locateKeyed`, which find its parts without making values.
 *
 *   R1. While consecutive elements have equal windows, `windows` is the same array.
 *   R2. Nothing is believed of a frame but its index, which only this process writes.
 */
export class FrameReader {
  readonly input: ByteReader = new ByteReader(EMPTY.bytes);
  timestamp: EventTime = TIMESTAMP_MAX;
  windowCount = 0;
  /** Where the first window starts. */
  windowsStart = 0;
  pane: Pane = NO_FIRING;
  elementStart = 0;
  /** Known after `locate` or `locateKeyed`. */
  elementEnd = 0;
  /** Known after `locateKeyed`; the key starts where the element does. */
  keyEnd = 0;
  keyHash = 0;
  /** How many elements were walked, the current one included. */
  ordinal = 0;

  readonly #windowCoder: ElementCoder<Window>;
  #frame: Frame = EMPTY;
  // R1: the windows last decoded, and their number and where they lie.
  #windows: readonly Window[] = [];
  #windowsIn: Uint8Array = EMPTY.bytes;
  #windowsAt = 0;
  #windowsSize = 0;
  #windowsOf = -1;
  #isDecoded = false;
  // Where the element before stood, the size of its time, windows and pane, and whether its time was that of the one before.
  #headAt = 0;
  #headSize = 0;
  #isSteady = false;
  #view: DataView | undefined;

  constructor(windowCoder: ElementCoder<Window>) {
    this.#windowCoder = windowCoder;
  }

  /** Starts at the beginning of another frame. */
  reset(frame: Frame): void {
    this.#frame = frame;
    this.ordinal = 0;
    this.#isSteady = false;
    this.#view = undefined;
    this.input.reset(frame.bytes, 0, frame.bytes.length);
  }

  /**
   * Moves to the element that starts at `input`, and answers false at the end of the frame.
   * @throws STRAHL-5002 when the bytes are not a windowed value, or their number differs from `count`
   */
  next(): boolean {
    const { input } = this;
    if (input.pos >= input.end) {
      if (this.ordinal !== this.#frame.count) this.#failCount();
      return false;
    }
    this.ordinal++;
    const start = input.pos;
    if (this.#isSteady && this.#isHeadAsBefore(start)) {
      this.windowsStart += start - this.#headAt;
      this.#headAt = start;
      this.elementStart = input.pos = start + this.#headSize;
    } else this.#readHead(start);
    return true;
  }

  #readHead(start: number): void {
    const { input } = this;
    const timestamp = input.timestampIfAny();
    const count = input.int32();
    this.windowCount = count;
    this.windowsStart = input.pos;
    if (count === this.#windowsOf && this.#isAsBefore()) input.pos += this.#windowsSize;
    else this.#passWindows(count);
    const before = this.timestamp;
    this.timestamp = timestamp ?? this.#timeOfEnd(start);
    this.#isSteady = this.timestamp === before;
    if (input.pos < input.end && input.bytes[input.pos] === NO_FIRING_BYTE) {
      input.pos++;
      this.pane = NO_FIRING;
    } else {
      this.pane = readPane(input);
    }
    this.elementStart = input.pos;
    this.#headAt = start;
    this.#headSize = input.pos - start;
  }

  /** A batch is full of elements with the same time, windows and pane: equal bytes need not be read again. */
  #isHeadAsBefore(start: number): boolean {
    const before = this.#headAt;
    const size = this.#headSize;
    if (size > this.input.end - start) return false;
    const view = (this.#view ??= viewOf(this.input.bytes));
    return isSameRun(view, start, start + size, view, before, before + size);
  }

  /**
   * Of an element that a runner has put at the end of a window which lies beyond the limits of time (WIN-7): the time
   * that the window says is its last.
   */
  #timeOfEnd(at: number): EventTime {
    const exact = this.input.bytes.readBigUInt64BE(at) - (1n << 63n);
    for (const window of this.windows) {
      if (window.kind !== 'interval') continue;
      const bounds = exactBounds(window);
      if (bounds !== undefined && bounds.end - 1n === exact) return window.maxTimestamp;
    }
    return this.input.failTimestamp(at);
  }

  #failCount(): never {
    const { count } = this.#frame;
    return this.input.fail(
      `a frame of ${String(count)} elements holds ${String(this.ordinal)} and ends`,
    );
  }

  /** Windows tell where they end, so equal bytes are equal windows without looking further. */
  #isAsBefore(): boolean {
    const { bytes, pos, end } = this.input;
    const before = this.#windowsIn;
    const at = this.#windowsAt;
    const size = this.#windowsSize;
    if (size > end - pos) return false;
    for (let i = 0; i < size; i++) if (bytes[pos + i] !== before[at + i]) return false;
    return true;
  }

  #passWindows(count: number): void {
    const { input } = this;
    // A pane follows, so even windows of zero bytes cannot outnumber what remains.
    if (count < 0 || count > input.remaining) {
      input.fail(`an element has ${String(count)} windows`, this.windowsStart - 4);
    }
    for (let i = 0; i < count; i++) this.#windowCoder.skip(input);
    this.#windowsOf = count;
    this.#windowsIn = input.bytes;
    this.#windowsAt = this.windowsStart;
    this.#windowsSize = input.pos - this.windowsStart;
    this.#isDecoded = false;
  }

  /** The windows of the current element. */
  get windows(): readonly Window[] {
    if (!this.#isDecoded) this.#windows = this.#decodeWindows();
    return this.#windows;
  }

  #decodeWindows(): readonly Window[] {
    const { input } = this;
    const { pos } = input;
    input.pos = this.windowsStart;
    const windows: Window[] = [];
    for (let k = this.#windowsOf; k > 0; k--) windows.push(this.#windowCoder.decode(input));
    input.pos = pos;
    this.#isDecoded = true;
    return windows.length === 1 && windows[0] === GLOBAL_WINDOW ? GLOBAL_WINDOWS : windows;
  }

  /** Makes the element number `count` the last one; it is the current one or one behind it. */
  cut(count: number, element: ElementCoder<unknown>): void {
    const { input } = this;
    const frame = this.#frame;
    const ahead = new FrameReader(this.#windowCoder);
    ahead.reset(frame);
    while (ahead.ordinal < count && ahead.next()) ahead.locate(element);
    input.end = ahead.input.pos;
    this.#frame = { ...frame, count };
  }

  /** Finds the end of the element and moves `input` there. */
  locate(element: ElementCoder<unknown>): void {
    if (this.#frame.index === undefined) element.skip(this.input);
    else this.input.pos = this.#endByIndex(this.#frame.index);
    this.elementEnd = this.input.pos;
  }

  /** Finds the ends of key and element, hashes the key, and moves `input` to the end. */
  locateKeyed(key: ElementCoder<unknown>, value: ElementCoder<unknown>): void {
    const { input } = this;
    const { index } = this.#frame;
    if (index === undefined) {
      key.skip(input);
      this.keyEnd = input.pos;
      this.keyHash = hashBytes(input.bytes, this.elementStart, input.pos);
      value.skip(input);
    } else {
      const at = (this.ordinal - 1) * INDEX_STRIDE;
      this.keyEnd = index[at + 2]!;
      this.keyHash = index[at + 3]!;
      input.pos = this.#endByIndex(index);
    }
    this.elementEnd = input.pos;
  }

  /** Finds the end of the key of the current element and hashes it; `input` stays where it is. */
  findKey(key: ElementCoder<unknown>): void {
    const { index } = this.#frame;
    if (index !== undefined) {
      const at = (this.ordinal - 1) * INDEX_STRIDE;
      this.keyEnd = index[at + 2]!;
      this.keyHash = index[at + 3]!;
      return;
    }
    const { input } = this;
    const { pos } = input;
    input.pos = this.elementStart;
    key.skip(input);
    this.keyEnd = input.pos;
    this.keyHash = hashBytes(input.bytes, this.elementStart, input.pos);
    input.pos = pos;
  }

  #endByIndex(index: Int32Array): number {
    const next = this.ordinal * INDEX_STRIDE;
    return next < index.length ? index[next]! : this.#frame.bytes.length;
  }
}

keepShape(new FrameReader(globalWindowCoder));
