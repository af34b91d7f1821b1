import type { EventTime } from '#portability/model/time.js';
import { TIMESTAMP_MAX } from '#portability/model/time.js';
import { copyBytes } from '#portability/wire/copy-run.js';
import { FrameReader } from '#portability/wire/frame-reader.js';
import { frameHeld, hashBytes, INDEX_STRIDE, type Frame } from '#portability/wire/frames.js';
import { ByteReader } from '#portability/wire/reader.js';
import type { Edge } from '../plan/plan.js';

/** Bytes of the timestamp in front of a windowed value. */
export const TIMESTAMP_BYTES = 8;
/** From the start of an element to the first of its windows: timestamp and number of windows. */
export const WINDOWS_AT: number = TIMESTAMP_BYTES + 4;

/** What is needed to find the parts of an element; no value is decoded. */
export type FrameShape = Pick<Edge, 'windowCoder' | 'keyCoder' | 'elementCoder'>;

/** The index of a frame: the one it came with, or the same found by walking its elements. */
export function indexOf(frame: Frame, shape: FrameShape): Int32Array {
  if (frame.index !== undefined) return frame.index;
  const index = new Int32Array(frame.count * INDEX_STRIDE);
  const reader = new FrameReader(shape.windowCoder);
  reader.reset(frame);
  const { input } = reader;
  let start = 0;
  for (let i = 0; reader.next(); i += INDEX_STRIDE) {
    const at = reader.elementStart;
    index[i] = start;
    index[i + 1] = at;
    index[i + 2] = at;
    if (shape.keyCoder !== undefined) {
      shape.keyCoder.skip(input);
      index[i + 2] = input.pos;
      index[i + 3] = hashBytes(frame.bytes, at, input.pos);
      input.pos = at;
    }
    shape.elementCoder.skip(input);
    start = input.pos;
  }
  return index;
}

/** A copy; `slice` of a Buffer would share its memory and keep the whole frame alive. */
export function copyOf(bytes: Uint8Array, start: number, end: number): Uint8Array {
  const copy = new Uint8Array(end - start);
  copyBytes(bytes, start, end, copy, 0);
  return copy;
}

export function timestampAt(bytes: Uint8Array, at: number): EventTime {
  const time = roundedMillisAt(bytes, at);
  if (Number.isSafeInteger(time)) return time as EventTime;
  return new ByteReader(bytes, at).timestamp();
}

/** The time at `at` as the number that is next to it: exact if it is a safe integer. */
export function roundedMillisAt(bytes: Uint8Array, at: number): number {
  const high = int32At(bytes, at) ^ 0x80000000;
  return high * 0x100000000 + (int32At(bytes, at + 4) >>> 0);
}

function int32At(bytes: Uint8Array, at: number): number {
  return (bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!;
}

/** How many windows the element has that starts at `start`. */
export function windowCountAt(bytes: Uint8Array, start: number): number {
  return int32At(bytes, start + TIMESTAMP_BYTES);
}

/** Where the element ends whose index starts at `i`. */
export function endOf(frame: Frame, index: Int32Array, i: number): number {
  const next = i + INDEX_STRIDE;
  return next < index.length ? index[next]! : frame.bytes.length;
}

/** Elements [from, to) of an indexed frame as a frame of their own; the bytes are shared. */
export function sliceFrame(frame: Frame, index: Int32Array, from: number, to: number): Frame {
  if (from === 0 && to === frame.count) return frame;
  const start = index[from * INDEX_STRIDE]!;
  const end = to === frame.count ? frame.bytes.length : index[to * INDEX_STRIDE]!;
  const bytes = frame.bytes.subarray(start, end);
  const part = index.slice(from * INDEX_STRIDE, to * INDEX_STRIDE);
  let minTimestamp = TIMESTAMP_MAX;
  for (let i = 0; i < part.length; i += INDEX_STRIDE) {
    part[i]! -= start;
    part[i + 1]! -= start;
    part[i + 2]! -= start;
    const t = timestampAt(bytes, part[i]!);
    if (t < minTimestamp) minTimestamp = t;
  }
  const slice = frameHeld(bytes, to - from, minTimestamp, frame.heldAt);
  // An index that was found by walking is not worth keeping: it may lack keys.
  return frame.index === undefined ? slice : { ...slice, index: part };
}
