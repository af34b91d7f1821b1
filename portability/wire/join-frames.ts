import { TIMESTAMP_MAX, minTime, type EventTime } from '../model/time.js';
import { frameHeld, type Frame } from './frames.js';

/** The elements of all frames in one, without an index unless there is just one frame. */
export function joinFrames(frames: readonly Frame[]): Frame {
  if (frames.length === 1) return frames[0]!;
  let count = 0;
  let minTimestamp = TIMESTAMP_MAX;
  let heldAt: EventTime | undefined;
  for (const frame of frames) {
    count += frame.count;
    minTimestamp = minTime(minTimestamp, frame.minTimestamp);
    if (frame.heldAt !== undefined) heldAt = minTime(heldAt ?? TIMESTAMP_MAX, frame.heldAt);
  }
  const bytes = Buffer.concat(frames.map((frame) => frame.bytes));
  return frameHeld(bytes, count, minTimestamp, heldAt);
}
