import { StrahlError } from '#portability/errors.js';
import { globalWindowCoder } from '#portability/coders/windows.js';
import { CONTINUED, UNKNOWN_COUNT } from '#portability/coders/iterables.js';
import { FrameWriter } from '#portability/wire/frame-writer.js';
import type { Pane } from '#portability/model/panes.js';
import type { EventTime } from '#portability/model/time.js';
import type { Frame, LazyValues } from '#portability/wire/frames.js';
import type { ByteWriter } from '#portability/wire/writer.js';
import { keepShape } from '#portability/wire/kept-shapes.js';
import type { FrameShape } from '../input/frame-scan.js';
import type { Scratch } from '../spill/scratch.js';
import type { GroupBuffer } from './group-buffer.js';
import type { LargeGroups } from './large-groups.js';

const FRAME_BYTES = 128 * 1024;
/** A count is a signed number of 32 bits; in a buffer one beyond it is negative. */
const MOST_VALUES = 0x7fffffff;

/** Keys of groups, by numbers. */
export interface PaneKeys {
  writeKey(id: number, out: ByteWriter): void;
}

/** Values of groups, by numbers. */
export interface PaneValues {
  /** Of all values, but for small parts that were spilled. */
  bytesOf(id: number): number;
  countOf(id: number): number;
  writeValues(id: number, out: ByteWriter): void;
  /** The values as they are now, for who reads them later and in pages. */
  lazyValues(id: number, scratch: Scratch): LazyValues;
}

/** A group's key and values. */
export interface PaneContents {
  readonly keys: PaneKeys;
  readonly keyId: number;
  readonly values: PaneValues;
  readonly valuesId: number;
}

/** The same in memory; a window that merges keeps keys and values in two buffers. */
export interface GroupBytes extends PaneContents {
  readonly keys: GroupBuffer;
  readonly values: GroupBuffer;
}

/** Writes panes as `KV<key, Iterable<value>>`, straight from the bytes of the groups. */
export class PaneFrames {
  readonly #writer: FrameWriter;
  readonly #large: LargeGroups | undefined;
  /** Frames in front of those that are being written. */
  #frames: Frame[] = [];

  constructor({ windowCoder }: Pick<FrameShape, 'windowCoder'>, large?: LargeGroups) {
    this.#large = large;
    this.#writer = new FrameWriter({ windowCoder, keyed: true, targetBytes: FRAME_BYTES });
  }

  /** Of all frames so far, the open one included. */
  get bytes(): number {
    return this.#writer.byteSize;
  }

  add(time: EventTime, window: Uint8Array, pane: Pane, group: PaneContents): void {
    const { keys, keyId, values, valuesId } = group;
    if (this.#large !== undefined && values.bytesOf(valuesId) > this.#large.bytes) {
      this.#addLarge(time, window, pane, group, this.#large.scratch);
      return;
    }
    const out = this.#writer.beginRaw(time, window, pane);
    keys.writeKey(keyId, out);
    // With an index nobody needs to go through the values to find the next pane.
    this.#writer.keyEnd();
    const count = values.countOf(valuesId);
    if (count < 0 || count > MOST_VALUES) {
      throw new StrahlError('limitExceeded', { title: 'a group holds more than 2^31 values' });
    }
    out.int32(count);
    values.writeValues(valuesId, out);
    this.#writer.end();
  }

  /** A frame of its own, which holds the values by reference. */
  #addLarge(
    time: EventTime,
    window: Uint8Array,
    pane: Pane,
    { keys, keyId, values, valuesId }: PaneContents,
    scratch: Scratch,
  ): void {
    const lazy = values.lazyValues(valuesId, scratch);
    this.#frames.push(...this.#writer.flush());
    const out = this.#writer.beginRaw(time, window, pane);
    keys.writeKey(keyId, out);
    this.#writer.keyEnd();
    out.int32(UNKNOWN_COUNT);
    out.varint(CONTINUED);
    out.lengthPrefixed(lazy.token);
    this.#writer.end();
    for (const frame of this.#writer.flush()) this.#frames.push({ ...frame, lazy });
  }

  flush(): readonly Frame[] {
    const frames = [...this.#frames, ...this.#writer.flush()];
    this.#frames = [];
    return frames;
  }
}

keepShape(new PaneFrames({ windowCoder: globalWindowCoder }));
