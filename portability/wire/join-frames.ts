import { TIMESTAMP_MAX, minTime } from '../model/time.js';
import type { Frame } from './frames.js';

/** The elements of all frames in one, without an index unless there is just one frame. */
export function joinFrames(frames: readonly Frame[]): Frame {
  if (frames.length === 1) return frames[0]!;
  let count = 0;
  let minTimestamp = TIMESTAMP_MAX;
  for (const frame of frames) {
    count += frame.count;
    minTimestamp = minTime(minTimestamp, frame.minTimestamp);
  }
  return { bytes: Buffer.concat(frames.map(({ bytes }) => bytes)), count, minTimestamp };
}
