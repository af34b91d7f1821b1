import { copyBytes } from '#portability/wire/copy-run.js';

const SLAB_WORDS = 4096;
/** Longer pieces have memory of their own. */
const MOST_WORDS = 256;

let slab = new Int32Array(SLAB_WORDS);
let used = 0;

/**
 * `count` zeros. Short arrays are cut from a larger one: memory of its own costs more to be had, and to be
 * followed by the collector, than all that a window of a few keys does with it. No piece is used again, so a slab
 * goes when the last of its pieces has gone.
 */
export function zeroWords(count: number): Int32Array {
  if (count > MOST_WORDS) return new Int32Array(count);
  const at = take(count);
  return new Int32Array(slab.buffer, at << 2, count);
}

/** The same of doubles. */
export function zeroCells(count: number): Float64Array {
  if (count > MOST_WORDS >>> 1) return new Float64Array(count);
  used += used & 1;
  const at = take(2 * count);
  return new Float64Array(slab.buffer, at << 2, count);
}

/** A copy of `bytes[start, end)`. */
export function keptBytes(bytes: Uint8Array, start: number, end: number): Uint8Array {
  const count = end - start;
  if (count > MOST_WORDS << 2) return new Uint8Array(bytes.subarray(start, end));
  const at = take((count + 3) >>> 2);
  const copy = new Uint8Array(slab.buffer, at << 2, count);
  copyBytes(bytes, start, end, copy, 0);
  return copy;
}

/** The place of so many words in the slab. */
function take(count: number): number {
  if (used + count > SLAB_WORDS) {
    slab = new Int32Array(SLAB_WORDS);
    used = 0;
  }
  const at = used;
  used += count;
  return at;
}
