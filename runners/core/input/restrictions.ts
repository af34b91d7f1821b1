import { TIMESTAMP_MAX, type EventTime, type ProcessingTime } from '#portability/model/time.js';
import { INDEX_STRIDE, type Frame } from '#portability/wire/frames.js';
import { asBuffer } from '#portability/wire/native-buffer.js';
import { indexOf, sliceFrame, type FrameShape } from './frame-scan.js';

/** Work that a splittable step has not done yet: one element `KV<KV<element, restriction>, size>`. */
export interface Restriction {
  readonly element: Frame;
  /** The rest emits nothing below this; it holds the output watermark (WM-1). */
  readonly watermark: EventTime;
  readonly resumeAt: ProcessingTime;
}

/** The elements of a frame as restrictions that may start at once. */
export function restrictionsOf(
  frame: Frame,
  shape: FrameShape,
  now: ProcessingTime,
): readonly Restriction[] {
  const index = indexOf(frame, shape);
  const restrictions: Restriction[] = [];
  for (let i = 0; i < index.length / INDEX_STRIDE; i++) {
    const element = sliceFrame(frame, index, i, i + 1);
    restrictions.push({ element, watermark: element.minTimestamp, resumeAt: now });
  }
  return restrictions;
}

/** The size that the split step wrote behind the restriction; 0 if it is no sensible number. */
export function sizeOf({ element: { bytes } }: Restriction): number {
  const size = bytes.length < 8 ? 0 : asBuffer(bytes).readDoubleBE(bytes.length - 8);
  return size > 0 && size < Infinity ? size : 0;
}

/**
 * Restrictions that wait. They are not pending in the sense of the input watermark: the rest of an
 * Impulse would pin it at its minimum for ever.
 */
export class Restrictions {
  #waiting: Restriction[] = [];

  get count(): number {
    return this.#waiting.length;
  }

  get bytes(): number {
    return this.#waiting.reduce((sum, r) => sum + r.element.bytes.length, 0);
  }

  /** Work in all that waits, in the sources' units. */
  get size(): number {
    return this.#waiting.reduce((sum, r) => sum + sizeOf(r), 0);
  }

  /** The least watermark of what waits. */
  get least(): EventTime {
    return this.#waiting.reduce<EventTime>(
      (least, { watermark }) => (watermark < least ? watermark : least),
      TIMESTAMP_MAX,
    );
  }

  /** When the next one may go on; `undefined` if nothing waits. */
  get resumeAt(): ProcessingTime | undefined {
    let first: ProcessingTime | undefined;
    for (const { resumeAt } of this.#waiting) {
      if (first === undefined || resumeAt < first) first = resumeAt;
    }
    return first;
  }

  add(restriction: Restriction): void {
    this.#waiting.push(restriction);
  }

  /** What waits, in the order in which it came. */
  get all(): readonly Restriction[] {
    return this.#waiting;
  }

  /** Nothing of what waits will be done. */
  clear(): void {
    this.#waiting = [];
  }

  /** The first ones that may go on, in the order of their arrival. */
  take(now: ProcessingTime, limit: number): readonly Restriction[] {
    const taken: Restriction[] = [];
    this.#waiting = this.#waiting.filter((r) => {
      if (taken.length >= limit || r.resumeAt > now) return true;
      taken.push(r);
      return false;
    });
    return taken;
  }
}
