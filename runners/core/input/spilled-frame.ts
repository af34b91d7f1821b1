import type { EventTime } from '#portability/model/time.js';
import { INDEX_STRIDE, frameHeld, type Frame } from '#portability/wire/frames.js';
import { ByteWriter } from '#portability/wire/writer.js';
import type { ScratchFile } from '../spill/scratch.js';

/** A frame whose bytes are not in memory. */
export class SpilledFrame {
  readonly count: number;
  readonly minTimestamp: EventTime;
  readonly #heldAt: EventTime | undefined;
  /** Bytes of its elements. */
  readonly size: number;
  readonly #file: ScratchFile;
  readonly #position: number;
  readonly #isIndexed: boolean;
  readonly #lazy: Frame['lazy'];

  /** @throws STRAHL-7004 */
  constructor({ bytes, count, minTimestamp, heldAt, index, lazy }: Frame, file: ScratchFile) {
    this.count = count;
    this.minTimestamp = minTimestamp;
    this.#heldAt = heldAt;
    this.size = bytes.length;
    this.#file = file;
    this.#lazy = lazy;
    this.#isIndexed = index !== undefined;
    this.#position = file.append(index === undefined ? bytes : together(bytes, index));
  }

  /** The frame as it was. */
  read(): Frame {
    const { count, minTimestamp, size } = this;
    const block = this.#file.read(this.#position);
    const bytes = block.subarray(0, size);
    const held = frameHeld(bytes, count, minTimestamp, this.#heldAt);
    const frame = this.#lazy === undefined ? held : { ...held, lazy: this.#lazy };
    if (!this.#isIndexed) return frame;
    // A copy, because an array of numbers may not start anywhere.
    const index = new Int32Array(block.slice(size).buffer, 0, count * INDEX_STRIDE);
    return { ...frame, index };
  }
}

function together(bytes: Uint8Array, index: Int32Array): Uint8Array {
  const out = new ByteWriter(bytes.length + index.byteLength);
  out.raw(bytes);
  out.raw(new Uint8Array(index.buffer, index.byteOffset, index.byteLength));
  return out.bytes.subarray(0, out.pos);
}
