import { minTime, TIMESTAMP_MAX, type EventTime } from '#portability/model/time.js';
import { INDEX_STRIDE } from '#portability/wire/frames.js';
import { viewOf } from '#portability/wire/native-buffer.js';
import { ByteWriter } from '#portability/wire/writer.js';
import type { AbsorbedFrame } from '../grouping.js';
import type { Scratch, ScratchFile } from '../../spill/scratch.js';

interface Block {
  readonly position: number;
  readonly least: EventTime;
}

const COUNT_BYTES = 4;
const NUMBER_BYTES = 4;
const FIRST_BYTES = 256;

/** Elements that wait for their groups to come back to memory: first in, first out, mostly in a file. */
export class WaitingElements {
  elements = 0;
  /** Of all of them. */
  bytes = 0;
  readonly #scratch: Scratch;
  #file: ScratchFile | undefined;
  #blocks: Block[] = [];
  /** Those that came last: number of them, then the index, then the bytes, as they are written. */
  #out: ByteWriter = new ByteWriter(FIRST_BYTES);
  #index: Int32Array = new Int32Array(INDEX_STRIDE * 8);
  #count = 0;
  #lastLeast: EventTime = TIMESTAMP_MAX;

  constructor(scratch: Scratch) {
    this.#scratch = scratch;
  }

  get heldBytes(): number {
    return this.#out.bytes.length + this.#index.byteLength + this.#blocks.length * 16;
  }

  /** None of them is earlier; `TIMESTAMP_MAX` if there are none. */
  get least(): EventTime {
    return this.#blocks.reduce((least, block) => minTime(least, block.least), this.#lastLeast);
  }

  /** Adds the element of `frame` that starts at `index[i]` and ends at `end`; `least` is that of the frame. */
  add(frame: DataView, index: Int32Array, i: number, end: number, least: EventTime): void {
    const start = index[i]!;
    const at = this.#count * INDEX_STRIDE;
    if (at === this.#index.length) this.#grow();
    const moved = this.#out.pos - start;
    this.#index[at] = start + moved;
    this.#index[at + 1] = index[i + 1]! + moved;
    this.#index[at + 2] = index[i + 2]! + moved;
    this.#index[at + 3] = index[i + 3]!;
    this.#out.run(frame, start, end);
    this.#count++;
    this.#lastLeast = minTime(this.#lastLeast, least);
    this.elements++;
    this.bytes += end - start;
  }

  /** Bytes of those that came last and are not in a file. */
  get lastBytes(): number {
    return this.#out.pos;
  }

  /** Has those that came last written to the file. */
  flush(): void {
    if (this.#count === 0) return;
    const block = new ByteWriter(COUNT_BYTES + this.#indexBytes + this.#out.pos);
    block.int32(this.#count);
    block.raw(new Uint8Array(this.#index.buffer, 0, this.#indexBytes));
    block.raw(this.#out.bytes.subarray(0, this.#out.pos));
    this.#file ??= this.#scratch.open();
    const position = this.#file.append(block.bytes.subarray(0, block.pos));
    this.#blocks.push({ position, least: this.#lastLeast });
    this.#startAnew();
  }

  /** The elements that have waited longest; `undefined` if there are none. */
  take(): AbsorbedFrame | undefined {
    const [first] = this.#blocks;
    const taken = first === undefined ? this.#takeLast() : this.#read(first);
    if (taken === undefined) return undefined;
    this.elements -= taken.frame.count;
    this.bytes -= taken.frame.bytes.length;
    if (first !== undefined) this.#blocks.shift();
    if (this.#blocks.length === 0) this.release();
    return taken;
  }

  release(): void {
    this.#file?.unlink();
    this.#file = undefined;
    this.#blocks = [];
  }

  get #indexBytes(): number {
    return this.#count * INDEX_STRIDE * NUMBER_BYTES;
  }

  #takeLast(): AbsorbedFrame | undefined {
    if (this.#count === 0) return undefined;
    const frame = {
      bytes: this.#out.toBytes(),
      count: this.#count,
      minTimestamp: this.#lastLeast,
    };
    const index = this.#index.slice(0, this.#count * INDEX_STRIDE);
    this.#startAnew();
    return { frame, index };
  }

  #read({ position, least }: Block): AbsorbedFrame {
    const block = this.#file!.read(position);
    const count = viewOf(block).getInt32(0);
    const start = COUNT_BYTES + count * INDEX_STRIDE * NUMBER_BYTES;
    // A copy: the numbers may lie anywhere.
    const index = new Int32Array(block.slice(COUNT_BYTES, start).buffer);
    return { frame: { bytes: block.subarray(start), count, minTimestamp: least }, index };
  }

  #startAnew(): void {
    this.#out.pos = 0;
    this.#count = 0;
    this.#lastLeast = TIMESTAMP_MAX;
  }

  #grow(): void {
    const index = new Int32Array(this.#index.length * 2);
    index.set(this.#index);
    this.#index = index;
  }
}
