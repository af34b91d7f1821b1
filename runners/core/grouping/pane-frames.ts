import { StrahlError } from '#portability/errors.js';
import { FrameWriter } from '#portability/wire/frame-writer.js';
import type { Pane } from '#portability/model/panes.js';
import type { EventTime } from '#portability/model/time.js';
import type { Frame } from '#portability/wire/frames.js';
import type { FrameShape } from '../input/frame-scan.js';
import type { GroupBuffer } from './group-buffer.js';

const FRAME_BYTES = 128 * 1024;

/** A group's key and values; a window that merges keeps them in two buffers. */
export interface GroupBytes {
  readonly keys: GroupBuffer;
  readonly keyId: number;
  readonly values: GroupBuffer;
  readonly valuesId: number;
}

/** Writes panes as `KV<key, Iterable<value>>`, straight from the bytes of the groups. */
export class PaneFrames {
  readonly #writer: FrameWriter;

  constructor({ windowCoder }: Pick<FrameShape, 'windowCoder'>) {
    this.#writer = new FrameWriter({ windowCoder, keyed: true, targetBytes: FRAME_BYTES });
  }

  /** Of all frames so far, the open one included. */
  get bytes(): number {
    return this.#writer.byteSize;
  }

  add(time: EventTime, window: Uint8Array, pane: Pane, group: GroupBytes): void {
    const { keys, keyId, values, valuesId } = group;
    const out = this.#writer.beginRaw(time, window, pane);
    keys.writeKey(keyId, out);
    // With an index nobody needs to go through the values to find the next pane.
    this.#writer.keyEnd();
    const count = values.countOf(valuesId);
    if (count < 0) {
      throw new StrahlError('limitExceeded', { title: 'a group holds more than 2^31 values' });
    }
    out.int32(count);
    values.writeValues(valuesId, out);
    this.#writer.end();
  }

  flush(): readonly Frame[] {
    return this.#writer.flush();
  }
}
