import { TIMESTAMP_MAX, type EventTime } from '#portability/model/time.js';
import { copyRun } from '#portability/wire/copy-run.js';
import { frameBuffer, frameMemory } from '#portability/wire/frame-memory.js';
import { INDEX_STRIDE, type Frame } from '#portability/wire/frames.js';
import { viewOf } from '#portability/wire/native-buffer.js';
import { endOf, timestampAt } from './frame-scan.js';

/** A partition of about so many elements is worth its frame. */
const ELEMENTS = 4096;
const MOST_BITS = 8;

/** A frame whose index is there. */
export type IndexedFrame = Frame & { readonly index: Int32Array };

/**
 * The same elements, sorted into frames by the upper bits of their keys' hashes; those of a key stay in
 * order. Whoever looks up one key after the other then finds neighbours near each other in memory, which
 * costs less than the copy once what is kept is larger than the caches of the processor.
 */
export function partitionByKey(frames: readonly IndexedFrame[]): readonly IndexedFrame[] {
  const elements = frames.reduce((sum, { count }) => sum + count, 0);
  const bits = Math.min(MOST_BITS, Math.floor(Math.log2(elements / ELEMENTS)));
  if (bits < 1) return frames;
  const parts = Array.from({ length: 1 << bits }, () => new Part());
  const shift = 32 - bits;
  for (const frame of frames) {
    const { index } = frame;
    for (let i = 0; i < index.length; i += INDEX_STRIDE) {
      const part = parts[index[i + 3]! >>> shift]!;
      part.count++;
      part.size += endOf(frame, index, i) - index[i]!;
    }
  }
  for (const part of parts) part.open();
  for (const frame of frames) {
    const { index } = frame;
    const view = viewOf(frame.bytes);
    for (let i = 0; i < index.length; i += INDEX_STRIDE) {
      parts[index[i + 3]! >>> shift]!.add(frame, view, i);
    }
  }
  return parts.filter(({ count }) => count > 0).map((part) => part.frame());
}

class Part {
  count = 0;
  /** Bytes. */
  size = 0;
  #bytes: Buffer = Buffer.alloc(0);
  #view: DataView = viewOf(this.#bytes);
  #index: Int32Array = new Int32Array(0);
  #least: EventTime = TIMESTAMP_MAX;
  #pos = 0;
  #at = 0;

  open(): void {
    this.#bytes = frameBuffer(this.size);
    this.#view = viewOf(this.#bytes);
    this.#index = new Int32Array(frameMemory(this.count * INDEX_STRIDE * 4));
  }

  add(frame: IndexedFrame, source: DataView, i: number): void {
    const { index } = frame;
    const start = index[i]!;
    const end = endOf(frame, index, i);
    const to = this.#pos;
    const own = this.#index;
    own[this.#at] = to;
    own[this.#at + 1] = index[i + 1]! - start + to;
    own[this.#at + 2] = index[i + 2]! - start + to;
    own[this.#at + 3] = index[i + 3]!;
    this.#at += INDEX_STRIDE;
    this.#pos = to + end - start;
    copyRun(source, start, end, this.#view, to);
    const time = timestampAt(frame.bytes, start);
    if (time < this.#least) this.#least = time;
  }

  frame(): IndexedFrame {
    const { count } = this;
    return { bytes: this.#bytes, count, minTimestamp: this.#least, index: this.#index };
  }
}
