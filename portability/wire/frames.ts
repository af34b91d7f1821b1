import type { EventTime } from '../model/time.js';

/** Numbers per element in `Frame.index`. */
export const INDEX_STRIDE = 4;

/**
 * A run of elements in Beam's windowed-value encoding, each nested, one after the other. The same
 * bytes go to a local stage, to a worker, to a log record and to a gRPC message. Never changed.
 */
export interface Frame {
  readonly bytes: Uint8Array;
  readonly count: number;
  readonly minTimestamp: EventTime;
  /**
   * Per element: start, where the key starts, where it ends, hash of the key. An element ends where the
   * next one starts. Present when an in-process sink of a keyed edge wrote the frame; a frame without
   * it is scanned on arrival.
   */
  readonly index?: Int32Array;
}

/** 32-bit FNV-1a with a final mix, over `bytes[start, end)`. Hash tables take disjoint bits of it. */
export function hashBytes(bytes: Uint8Array, start: number, end: number): number {
  let h = 0x811c9dc5;
  for (let i = start; i < end; i++) h = Math.imul(h ^ bytes[i]!, 0x01000193);
  h ^= h >>> 16;
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  return h | 0;
}
