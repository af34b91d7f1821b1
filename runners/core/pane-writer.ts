import { TIMESTAMP_MAX, type EventTime } from '#portability/model/time.js';
import type { Frame } from '#portability/wire/frames.js';
import { ByteWriter } from '#portability/wire/writer.js';
import type { GroupBuffer } from './group-buffer.js';

/** A frame is closed when it reaches this size; a larger pane is a frame of its own. */
const FRAME_BYTES = 128 * 1024;

/** Writes panes as `KV<key, Iterable<value>>`, straight from the bytes of the groups. */
export class PaneWriter {
  readonly frames: Frame[] = [];
  /** Of all frames so far, the open one included. */
  bytes = 0;
  #out = new ByteWriter(4096);
  #count = 0;
  #minTimestamp: EventTime = TIMESTAMP_MAX;

  /** `header`: timestamp, one window and pane, encoded. `keys` and `values` may be the same buffer. */
  add(
    timestamp: EventTime,
    header: ByteWriter,
    keys: GroupBuffer,
    keyId: number,
    values: GroupBuffer,
    valuesId: number,
  ): void {
    const out = this.#out;
    this.#count++;
    out.ensure(header.pos);
    for (let i = 0; i < header.pos; i++) out.bytes[out.pos++] = header.bytes[i]!;
    keys.writeKey(keyId, out);
    out.int32(values.countOf(valuesId));
    values.writeValues(valuesId, out);
    if (timestamp < this.#minTimestamp) this.#minTimestamp = timestamp;
    if (out.pos >= FRAME_BYTES) this.close();
  }

  /** Ends the open frame. */
  close(): void {
    if (this.#count === 0) return;
    this.bytes += this.#out.pos;
    this.frames.push({
      bytes: this.#out.toBytes(),
      count: this.#count,
      minTimestamp: this.#minTimestamp,
    });
    this.#out.pos = 0;
    this.#count = 0;
    this.#minTimestamp = TIMESTAMP_MAX;
  }
}
