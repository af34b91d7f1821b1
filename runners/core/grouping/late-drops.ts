import { expiryOf, type EventTime } from '#portability/model/time.js';
import type { Window } from '#portability/model/windows.js';
import { INDEX_STRIDE, type Frame } from '#portability/wire/frames.js';
import { ByteReader } from '#portability/wire/reader.js';
import { countAt } from '../input/counted-values.js';
import { copyOf, timestampAt, windowCountAt, WINDOWS_AT } from '../input/frame-scan.js';
import type { GroupingOptions } from './grouping.js';

/** An element that came too late for one of its windows. */
export interface LateSample {
  /** Encoded; empty where the input has no keys. */
  readonly key: Uint8Array;
  readonly window: Window;
  readonly timestamp: EventTime;
  /** The input watermark at which it came. */
  readonly watermark: EventTime;
}

/** So many samples are kept: the first ones, then ever rarer ones, so that the last is never far back. */
const SAMPLES = 8;
const FIRST = 4;

/**
 * What a stage has dropped as late, for `explain`. Frames are looked through only when one is to be
 * sampled, which is ever rarer: the path of elements knows nothing of it.
 */
export class LateDrops {
  readonly #options: Pick<GroupingOptions, 'windowing' | 'keyed' | 'counted' | 'shape'>;
  readonly #samples: LateSample[] = [];
  #count = 0;
  #nextAt = 1;

  constructor(options: Pick<GroupingOptions, 'windowing' | 'keyed' | 'counted' | 'shape'>) {
    this.#options = options;
  }

  /** Elements per window that came too late, so far. */
  get count(): number {
    return this.#count;
  }

  /** In the order of their arrival. */
  get samples(): readonly LateSample[] {
    return this.#samples;
  }

  /** `count` is the number of drops behind this frame, which was absorbed at the input watermark `watermark`. */
  note(count: number, frame: Frame, index: Int32Array, watermark: EventTime): void {
    if (count < this.#nextAt) {
      this.#count = count;
      return;
    }
    const { windowing, keyed, counted = false, shape } = this.#options;
    const { bytes } = frame;
    const input = new ByteReader(bytes);
    let n = this.#count;
    for (let i = 0; i < index.length && n < count; i += INDEX_STRIDE) {
      const start = index[i]!;
      input.pos = start + WINDOWS_AT;
      for (let k = windowCountAt(bytes, start); k > 0; k--) {
        const window = shape.windowCoder.decode(input);
        // LATE-1
        if (expiryOf(window.maxTimestamp, windowing.allowedLateness) >= watermark) continue;
        n += counted ? countAt(bytes, index[i + 2]!) : 1;
        if (n < this.#nextAt) continue;
        const key = keyed ? copyOf(bytes, index[i + 1]!, index[i + 2]!) : new Uint8Array(0);
        this.#keep({ key, window, timestamp: timestampAt(bytes, start), watermark });
      }
    }
    this.#count = count;
  }

  #keep(sample: LateSample): void {
    if (this.#samples.length === SAMPLES) this.#samples.splice(FIRST, 1);
    this.#samples.push(sample);
    this.#nextAt = this.#nextAt < FIRST ? this.#nextAt + 1 : this.#nextAt * 2;
  }
}
