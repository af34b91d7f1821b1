import type { ElementCoder } from '#portability/coders/coder.js';
import { expiryOf, type Duration, type EventTime } from '#portability/model/time.js';
import type { Window } from '#portability/model/windows.js';
import { INDEX_STRIDE, frameHeld, type Frame } from '#portability/wire/frames.js';
import { ByteReader } from '#portability/wire/reader.js';
import { ByteWriter } from '#portability/wire/writer.js';
import { startsAt } from '../grouping/window-set.js';
import { copyOf, endOf, timestampAt, windowCountAt, WINDOWS_AT } from './frame-scan.js';

/** Finds elements whose window is over (LATE-1), for each window of an element alone. */
export class LateElements {
  readonly #coder: ElementCoder<Window>;
  readonly #lateness: Duration;
  readonly #input = new ByteReader(new Uint8Array(0));
  #last: Uint8Array | undefined;
  #expiry: EventTime = 0 as EventTime;

  constructor(coder: ElementCoder<Window>, lateness: Duration) {
    this.#coder = coder;
    this.#lateness = lateness;
  }

  /** How many elements of the frame are late, each window of an element counted by itself. */
  count(frame: Frame, index: Int32Array, watermark: EventTime): number {
    let late = 0;
    this.#each(frame, index, (_, __, expiry) => {
      if (expiry < watermark) late++;
    });
    return late;
  }

  /** The frame without its late elements. */
  without(frame: Frame, index: Int32Array, watermark: EventTime): Frame {
    const out = new ByteWriter(frame.bytes.length);
    let count = 0;
    let least = Infinity;
    for (let i = 0; i < index.length; i += INDEX_STRIDE) {
      const start = index[i]!;
      const kept: Uint8Array[] = [];
      let at = start + WINDOWS_AT;
      for (let k = windowCountAt(frame.bytes, start); k > 0; k--) {
        const end = this.#windowAt(frame.bytes, at);
        if (this.#expiry >= watermark) kept.push(frame.bytes.subarray(at, end));
        at = end;
      }
      if (kept.length === 0) continue;
      out.raw(frame.bytes.subarray(start, start + WINDOWS_AT - 4));
      out.int32(kept.length);
      for (const window of kept) out.raw(window);
      out.raw(frame.bytes.subarray(at, endOf(frame, index, i)));
      count++;
      least = Math.min(least, timestampAt(frame.bytes, start));
    }
    return frameHeld(out.toBytes(), count, least as EventTime, frame.heldAt);
  }

  /** Calls `f` with the start and end of each window of each element, its expiry, and the index entry. */
  #each(
    frame: Frame,
    index: Int32Array,
    f: (start: number, end: number, expiry: EventTime, i: number) => void,
  ): void {
    for (let i = 0; i < index.length; i += INDEX_STRIDE) {
      let at = index[i]! + WINDOWS_AT;
      for (let k = windowCountAt(frame.bytes, index[i]!); k > 0; k--) {
        const end = this.#windowAt(frame.bytes, at);
        f(at, end, this.#expiry, i);
        at = end;
      }
    }
  }

  /** Calls `f` with the bounds of each window of each element, and of its key. */
  windows(
    frame: Frame,
    index: Int32Array,
    f: (
      windowStart: number,
      windowEnd: number,
      keyStart: number,
      keyEnd: number,
      hash: number,
    ) => void,
  ): void {
    this.#each(frame, index, (start, end, _, i) => {
      f(start, end, index[i + 1]!, index[i + 2]!, index[i + 3]!);
    });
  }

  /** Where the window ends that starts at `at`; its expiry is `#expiry` then. */
  #windowAt(bytes: Uint8Array, at: number): number {
    const last = this.#last;
    if (last !== undefined && startsAt(last, bytes, at)) return at + last.length;
    this.#input.reset(bytes, at, bytes.length);
    const { maxTimestamp } = this.#coder.decode(this.#input);
    this.#expiry = expiryOf(maxTimestamp, this.#lateness);
    this.#last = copyOf(bytes, at, this.#input.pos);
    return this.#input.pos;
  }
}
