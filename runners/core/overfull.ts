import type { EventTime } from '#portability/model/time.js';
import { INDEX_STRIDE, type Frame } from '#portability/wire/frames.js';
import { ByteWriter } from '#portability/wire/writer.js';
import { indexOf, type FrameShape } from './frame-scan.js';
import type { GroupBuffer } from './group-buffer.js';
import { NO_FIRING_BYTE } from './panes.js';
import { PaneWriter } from './pane-writer.js';

/** What an accumulator that is merged needs to be a windowed value. */
interface MergedWindow {
  readonly bytes: Uint8Array;
  readonly maxTimestamp: EventTime;
}

interface Group {
  readonly window: MergedWindow;
  readonly keys: GroupBuffer;
  readonly keyId: number;
  readonly values: GroupBuffer;
  readonly valuesId: number;
}

/**
 * Groups that hold too many accumulators. They are merged by user code, all of a bundle at once, so
 * between `take` and `replace` the grouping must not be touched.
 */
export class Overfull {
  #groups: Group[] = [];
  readonly #shape: FrameShape;

  constructor(shape: FrameShape) {
    this.#shape = shape;
  }

  add(
    window: MergedWindow,
    keys: GroupBuffer,
    keyId: number,
    values: GroupBuffer = keys,
    valuesId: number = keyId,
  ): void {
    this.#groups.push({ window, keys, keyId, values, valuesId });
  }

  get empty(): boolean {
    return this.#groups.length === 0;
  }

  /** `KV<key, Iterable<accumulator>>` for each group. */
  frames(): readonly Frame[] {
    const out = new PaneWriter();
    const header = new ByteWriter(64);
    let last: MergedWindow | undefined;
    for (const { window, keys, keyId, values, valuesId } of this.#groups) {
      if (window !== last) {
        header.pos = 0;
        header.timestamp(window.maxTimestamp);
        header.int32(1);
        header.raw(window.bytes);
        header.byte(NO_FIRING_BYTE);
        last = window;
      }
      out.add(window.maxTimestamp, header, keys, keyId, values, valuesId);
    }
    out.close();
    return out.frames;
  }

  /** Takes `KV<key, accumulator>` in the same order; returns how many accumulators fewer there are. */
  replace(answers: readonly Frame[]): number {
    let at = 0;
    let fewer = 0;
    for (const frame of answers) {
      const index = indexOf(frame, this.#shape);
      for (let i = 0; i < index.length; i += INDEX_STRIDE) {
        const { values, valuesId } = this.#groups[at++]!;
        fewer += values.countOf(valuesId) - 1;
        values.clear(valuesId);
        const end = i + INDEX_STRIDE < index.length ? index[i + INDEX_STRIDE]! : frame.bytes.length;
        values.append(valuesId, frame.bytes, index[i + 2]!, end);
      }
    }
    if (at !== this.#groups.length) {
      throw new RangeError(`${String(this.#groups.length)} groups were merged to ${String(at)}`);
    }
    this.#groups = [];
    return fewer;
  }
}
