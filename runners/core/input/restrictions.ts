import type { EventTime, ProcessingTime } from '#portability/model/time.js';
import { INDEX_STRIDE, type Frame } from '#portability/wire/frames.js';
import { asBuffer } from '#portability/wire/native-buffer.js';
import type { Bound } from '../time/watermarks.js';
import { indexOf, sliceFrame, type FrameShape } from './frame-scan.js';

/** Work that a splittable step has not done yet: one element `KV<KV<element, restriction>, size>`. */
export interface Restriction {
  readonly element: Frame;
  /** The rest emits nothing below this; it holds the output watermark (WM-1). */
  readonly watermark: EventTime;
  readonly resumeAt: ProcessingTime;
  /** Of those that arrived, which one this is or is left of. */
  readonly part?: number;
  /** Since when its watermark stands where it is. */
  readonly since?: ProcessingTime;
  /** Caught up and silent for too long (WM-10). */
  readonly idle?: boolean;
  /** The job is drained, and this is what was left to do (DRN-1). */
  readonly truncated?: boolean;
}

/** What is left of a restriction: the same part, standing still if its watermark has not moved. */
export function residualOf(
  rest: Restriction,
  of: Restriction | undefined,
  now: ProcessingTime,
): Restriction {
  if (of === undefined) return { ...rest, since: now };
  const since = rest.watermark > of.watermark ? now : (of.since ?? now);
  return {
    ...rest,
    since,
    ...(of.part === undefined ? {} : { part: of.part }),
    ...(of.truncated === true ? { truncated: true } : {}),
  };
}

/**
 * Below what nothing may come of all these (SDF-5). Idle ones are left out as long as others are not idle: a
 * silent partition may come back, but what it brings then may be late (WM-10).
 */
export function boundOf(restrictions: readonly Restriction[]): Bound | undefined {
  const busy = restrictions.filter(({ idle }) => idle !== true);
  const counted = busy.length > 0 ? busy : restrictions;
  const [first, ...others] = counted;
  if (first === undefined) return undefined;
  const least = others.reduce((a, b) => (b.watermark < a.watermark ? b : a), first);
  const { part, since } = least;
  return {
    time: least.watermark,
    holder: {
      kind: 'restriction',
      ...(part === undefined ? {} : { part }),
      ...(since === undefined ? {} : { since }),
      idle: restrictions.length - busy.length,
    },
  };
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
    restrictions.push({ element, watermark: element.minTimestamp, resumeAt: now, since: now });
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

  /** Whether something waits that was not truncated since the job is drained. */
  get hasUntruncated(): boolean {
    return this.#waiting.some(({ truncated }) => truncated !== true);
  }

  /** The first of them; there is one. */
  takeUntruncated(): Restriction {
    const at = this.#waiting.findIndex(({ truncated }) => truncated !== true);
    const [restriction] = this.#waiting.splice(at, 1);
    return restriction!;
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
