import { TIMESTAMP_MAX } from '#portability/model/time.js';
import { copyRun } from '#portability/wire/copy-run.js';
import { INDEX_STRIDE, frameHeld, type Frame } from '#portability/wire/frames.js';
import { viewOf } from '#portability/wire/native-buffer.js';
import { endOf, timestampAt } from '../input/frame-scan.js';

/**
 * Sorts the elements of an indexed frame by `partitionOf`, which is asked for each in turn. A partition
 * that gets none gets no frame; the order within a partition stays.
 */
export function partitionFrame(
  frame: Frame,
  index: Int32Array,
  partitions: number,
  partitionOf: (at: number) => number,
): readonly (Frame | undefined)[] {
  const members: number[][] = Array.from({ length: partitions }, () => []);
  for (let at = 0; at < index.length; at += INDEX_STRIDE) members[partitionOf(at)]!.push(at);
  return members.map((own) => {
    if (own.length === 0) return undefined;
    return own.length === frame.count ? frame : gather(frame, index, own);
  });
}

function gather(frame: Frame, index: Int32Array, own: readonly number[]): Frame {
  const size = own.reduce((sum, at) => sum + endOf(frame, index, at) - index[at]!, 0);
  const bytes = new Uint8Array(size);
  const [source, target] = [viewOf(frame.bytes), viewOf(bytes)];
  const moved = new Int32Array(own.length * INDEX_STRIDE);
  let minTimestamp = TIMESTAMP_MAX;
  let pos = 0;
  for (const [n, at] of own.entries()) {
    const start = index[at]!;
    const shift = pos - start;
    const end = endOf(frame, index, at);
    copyRun(source, start, end, target, pos);
    moved.set(
      [pos, index[at + 1]! + shift, index[at + 2]! + shift, index[at + 3]!],
      n * INDEX_STRIDE,
    );
    const time = timestampAt(bytes, pos);
    if (time < minTimestamp) minTimestamp = time;
    pos += end - start;
  }
  const gathered = frameHeld(bytes, own.length, minTimestamp, frame.heldAt);
  // An index that was found by walking may lack keys, and a later reader would take it for a full one.
  return frame.index === undefined ? gathered : { ...gathered, index: moved };
}
