import type { NativeBuffer } from './native-buffer.js';

/** Of so much at once V8 takes notice whatever else the process holds: it begins to collect. */
const NOTICED_BYTES = 72 * 1024 * 1024;

/** What V8 has not been told of. */
let untold = 0;

/**
 * Memory of frames, which wait by the thousand between two stages.
 *
 * V8 counts each ArrayBuffer as growth of the heap that it watches: while frames pile up it marks all objects of the
 * process again after every ten megabytes or so, the user's included, although a frame holds nothing that it could
 * follow. Memory that could be shared is not counted. For dropped frames not to stay for ever V8 is told of all of it
 * from time to time, by a buffer of that size that nobody writes to, so it takes no memory itself.
 */
export function frameMemory(bytes: number): SharedArrayBuffer {
  untold += bytes;
  if (untold >= NOTICED_BYTES) untold -= new ArrayBuffer(NOTICED_BYTES).byteLength;
  return new SharedArrayBuffer(bytes);
}

/** The same, to write elements to. */
export function frameBuffer(capacity: number): NativeBuffer {
  return Buffer.from(frameMemory(capacity)) as NativeBuffer;
}

/** A copy of the first `length` numbers of an index. */
export function frameIndex(numbers: Int32Array, length: number): Int32Array {
  const index = new Int32Array(frameMemory(length * 4));
  index.set(numbers.subarray(0, length));
  return index;
}
