import type { EventTime } from '#portability/model/time.js';
import { TIMESTAMP_MAX } from '#portability/model/time.js';
import { hashBytes, INDEX_STRIDE, type Frame } from '#portability/wire/frames.js';
import { ByteReader } from '#portability/wire/reader.js';
import type { Edge } from './plan/plan.js';

/** Bytes of the timestamp in front of a windowed value. */
export const TIMESTAMP_BYTES = 8;
/** Timestamp and number of windows: where the first window starts. */
export const WINDOWS_AT: number = TIMESTAMP_BYTES + 4;

/** What is needed to find the parts of an element; no value is decoded. */
export type FrameShape = Pick<Edge, 'windowCoder' | 'keyCoder' | 'elementCoder'>;

/** The index of a frame: the one it came with, or the same found by walking its elements. */
export function indexOf(frame: Frame, shape: FrameShape): Int32Array {
  if (frame.index !== undefined) return frame.index;
  const index = new Int32Array(frame.count * INDEX_STRIDE);
  const input = new ByteReader(frame.bytes);
  for (let i = 0; i < index.length; i += INDEX_STRIDE) {
    index[i] = input.pos;
    skipHeader(input, shape);
    const start = input.pos;
    index[i + 1] = start;
    if (shape.keyCoder !== undefined) {
      shape.keyCoder.skip(input);
      index[i + 3] = hashBytes(frame.bytes, start, input.pos);
      index[i + 2] = input.pos;
      input.pos = start;
    } else {
      index[i + 2] = start;
    }
    shape.elementCoder.skip(input);
  }
  if (input.remaining > 0) input.fail(`${String(input.remaining)} bytes follow the last element`);
  return index;
}

/** Moves past timestamp, windows and pane, to where the element itself starts. */
function skipHeader(input: ByteReader, { windowCoder }: FrameShape): void {
  input.raw(TIMESTAMP_BYTES);
  const windows = input.int32();
  if (windows < 0) input.fail('windows of an element have no count');
  for (let i = 0; i < windows; i++) windowCoder.skip(input);
  const pane = input.byte();
  const numbers = (pane & 0x7f) >>> 4;
  if (numbers > 2) input.fail('a pane has an unknown form');
  for (let i = 0; i < numbers; i++) input.varint();
  // PAN-6: metadata of a newer Beam follows the pane.
  if ((pane & 0x80) !== 0) input.lengthPrefixed();
}

export function timestampAt(bytes: Uint8Array, at: number): EventTime {
  return new ByteReader(bytes, at).timestamp();
}

export function int32At(bytes: Uint8Array, at: number): number {
  return (bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!;
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
  return { bytes, count: to - from, minTimestamp, index: part };
}
