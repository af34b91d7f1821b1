import type { ElementCoder } from '../../coders/coder.js';
import { TIMESTAMP_MAX, minTime, type EventTime } from '../../model/time.js';
import type { Window } from '../../model/windows.js';
import { FrameReader } from '../../wire/frame-reader.js';
import { firstEnd, frameHeld, INDEX_STRIDE, type Frame } from '../../wire/frames.js';

/** Makes frames of bytes that came from the other side. */
export interface PortFrames {
  /**
   * `passed` hears where the last whole element ends, also if what follows is none.
   *
   * @throws STRAHL-5002 when the bytes are no windowed values of the port's coder
   */
  frame(bytes: Uint8Array, passed?: (end: number) => void): Frame;
}

/** Bytes that the elements of a port are believed to have before one was seen. */
const SMALL_ELEMENT = 24;
/** How many more elements there is room for, should they be smaller than those before. */
const SPARE = 1 / 16;

/**
 * Walks over the elements that come through one port, once: bytes tell neither how many elements they hold nor
 * their least timestamp, and a keyed edge needs to know where the keys are.
 */
export class PortReader implements PortFrames {
  readonly #reader: FrameReader;
  readonly #coder: ElementCoder<unknown>;
  readonly #key: ElementCoder<unknown> | undefined;
  readonly #value: ElementCoder<unknown> | undefined;
  /** Bytes of an element in the frame before: memory of an index that is not used costs as much as what is. */
  #elementBytes = SMALL_ELEMENT;

  /** `pair`: of key and value, if frames shall have an index. */
  constructor(
    windowCoder: ElementCoder<Window>,
    coder: ElementCoder<unknown>,
    pair: readonly ElementCoder<unknown>[] = [],
  ) {
    this.#reader = new FrameReader(windowCoder);
    this.#coder = coder;
    [this.#key, this.#value] = pair;
  }

  frame(bytes: Uint8Array, passed?: (end: number) => void): Frame {
    const reader = this.#reader;
    reader.reset({ bytes, count: 0, minTimestamp: TIMESTAMP_MAX });
    const expected = bytes.length / this.#elementBytes;
    const index = this.#value === undefined ? undefined : new IndexDraft(expected);
    const least = new LeastTimes();
    let end = 0;
    try {
      while (end < bytes.length) {
        reader.next();
        this.#pass(reader, end, index);
        end = reader.elementEnd;
        least.add(reader);
      }
    } finally {
      passed?.(end);
    }
    if (reader.ordinal > 0) this.#elementBytes = end / reader.ordinal;
    const { minTimestamp, heldAt } = least;
    const frame = frameHeld(bytes, reader.ordinal, minTimestamp, heldAt);
    return Object.freeze(index === undefined ? frame : { ...frame, index: index.take() });
  }

  #pass(reader: FrameReader, start: number, index: IndexDraft | undefined): void {
    if (index === undefined) {
      reader.locate(this.#coder);
      return;
    }
    reader.locateKeyed(this.#key!, this.#value!);
    index.add(start, reader.elementStart, reader.keyEnd, reader.keyHash);
  }
}

/** What holds the watermark of a frame; `FrameWriter` keeps the same in fields of its own, since it is asked for each element. */
class LeastTimes {
  minTimestamp: EventTime = TIMESTAMP_MAX;
  heldAt: EventTime | undefined;
  #windows: readonly Window[] | undefined;
  #windowsEnd: EventTime = TIMESTAMP_MAX;

  add({ timestamp, windows }: FrameReader): void {
    if (windows !== this.#windows) {
      this.#windows = windows;
      this.#windowsEnd = firstEnd(windows);
    }
    if (timestamp < this.minTimestamp) this.minTimestamp = timestamp;
    if (timestamp > this.#windowsEnd) {
      this.heldAt = minTime(this.heldAt ?? TIMESTAMP_MAX, this.#windowsEnd);
    }
  }
}

/** An index whose number of elements is not known yet. */
class IndexDraft {
  #numbers: Int32Array;
  #size = 0;

  constructor(elements: number) {
    this.#numbers = new Int32Array((Math.ceil(elements * (1 + SPARE)) + 1) * INDEX_STRIDE);
  }

  add(start: number, keyStart: number, keyEnd: number, hash: number): void {
    const at = this.#size;
    if (at === this.#numbers.length) this.#grow();
    const numbers = this.#numbers;
    numbers[at] = start;
    numbers[at + 1] = keyStart;
    numbers[at + 2] = keyEnd;
    numbers[at + 3] = hash;
    this.#size = at + INDEX_STRIDE;
  }

  #grow(): void {
    const larger = new Int32Array(this.#numbers.length * 2);
    larger.set(this.#numbers);
    this.#numbers = larger;
  }

  take(): Int32Array {
    return this.#numbers.subarray(0, this.#size);
  }
}
