import { TIMESTAMP_MAX, minTime, type EventTime } from '../model/time.js';
import type { Window } from '../model/windows.js';

/** Numbers per element in `Frame.index`. */
export const INDEX_STRIDE = 4;

/**
 * A run of elements in Beam's windowed-value encoding, each nested, one after the other. The same
 * bytes go to a local stage, to a worker, to a log record and to a gRPC message. Never changed.
 *
 * @example
 * ```ts
 * import type { Frame } from 'strahl/portability';
 * const bytesEach = ({ bytes, count }: Frame): number => bytes.length / count;
 * ```
 */
export interface Frame {
  readonly bytes: Uint8Array;
  readonly count: number;
  /** Holds the watermark: the least timestamp of the elements, or `heldAt`. */
  readonly minTimestamp: EventTime;
  /**
   * Present if a function gave elements times behind the ends of their windows: the least of these ends, where
   * they hold the watermark, or they would be late as soon as they were written.
   */
  readonly heldAt?: EventTime;
  /**
   * Per element: start, where the key starts, where it ends, hash of the key. An element ends where the
   * next one starts. Present when a sink of a keyed edge wrote the frame, here or elsewhere; a frame without
   * it is scanned on arrival.
   */
  readonly index?: Int32Array;
  /** Present if the only element is a group whose values are too many for a frame. */
  readonly lazy?: LazyValues;
}

/** The values of a group, somewhere else than in its frame: pages of nested encodings, cut anywhere. */
export interface LazyValues {
  /** What stands for them in the frame: behind the count −1, no batch, and the end −1. */
  readonly token: Uint8Array;
  readonly pages: number;
  page(n: number): Uint8Array;
}

/** A frame without an index whose least timestamp is `least`; its elements come from those that `heldAt` is of. */
export function frameHeld(
  bytes: Uint8Array,
  count: number,
  least: EventTime,
  heldAt: EventTime | undefined,
): Frame {
  if (heldAt === undefined) return { bytes, count, minTimestamp: least };
  return { bytes, count, minTimestamp: minTime(least, heldAt), heldAt };
}

/** The end of the window that ends first: an element is late no sooner than that. */
export function firstEnd(windows: readonly Window[]): EventTime {
  let end: EventTime = TIMESTAMP_MAX;
  for (let i = 0; i < windows.length; i++) end = minTime(end, windows[i]!.maxTimestamp);
  return end;
}

/** MurmurHash3 of 32 bits, over `bytes[start, end)`. Hash tables take disjoint bits of it. */
export function hashBytes(bytes: Uint8Array, start: number, end: number): number {
  let h = 0;
  let i = start;
  for (; i + 4 <= end; i += 4) {
    const word = bytes[i]! | (bytes[i + 1]! << 8) | (bytes[i + 2]! << 16) | (bytes[i + 3]! << 24);
    h ^= scramble(word);
    h = (Math.imul((h << 13) | (h >>> 19), 5) + 0xe6546b64) | 0;
  }
  if (i < end) {
    let word = 0;
    for (let shift = 0; i < end; i++, shift += 8) word |= bytes[i]! << shift;
    h ^= scramble(word);
  }
  return finish(h ^ (end - start));
}

/** The same of `view`, which reads words at once: cheaper where there is one. */
export function hashView(view: DataView, start: number, end: number): number {
  let h = 0;
  let i = start;
  for (; i + 4 <= end; i += 4) {
    h ^= scramble(view.getInt32(i, true));
    h = (Math.imul((h << 13) | (h >>> 19), 5) + 0xe6546b64) | 0;
  }
  if (i < end) {
    let word = 0;
    for (let shift = 0; i < end; i++, shift += 8) word |= view.getUint8(i) << shift;
    h ^= scramble(word);
  }
  return finish(h ^ (end - start));
}

function finish(hash: number): number {
  let h = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}

function scramble(word: number): number {
  const k = Math.imul(word, 0xcc9e2d51);
  return Math.imul((k << 15) | (k >>> 17), 0x1b873593);
}
