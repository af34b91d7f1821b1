/** From this length on, in bytes, a call into the runtime beats a loop over words. */
const LONG_RUN = 512;

/**
 * Copies `source[start, end)` to `target` at `at`; they are different memory. By words: that needs neither a call
 * nor a view for the run, each of which costs more than copying a short one.
 */
export function copyRun(
  source: DataView,
  start: number,
  end: number,
  target: DataView,
  at: number,
): void {
  const size = end - start;
  if (size < 4) {
    for (let i = 0; i < size; i++) target.setUint8(at + i, source.getUint8(start + i));
  } else if (size < LONG_RUN) {
    const last = end - 4;
    // The last word may lie over the one before: no bytes are left to be copied one by one.
    target.setInt32(at + size - 4, source.getInt32(last, true), true);
    for (let from = start, to = at; from < last; from += 4, to += 4)
      target.setInt32(to, source.getInt32(from, true), true);
  } else {
    const run = new Uint8Array(source.buffer, source.byteOffset + start, size);
    new Uint8Array(target.buffer, target.byteOffset + at, size).set(run);
  }
}

/** Up to here, in bytes, a loop over bytes beats a call into the runtime. */
const SHORT_BYTES = 48;

/** As `copyRun`, for who has no view of the source: making one would cost more than copying what is short. */
export function copyBytes(
  source: Uint8Array,
  start: number,
  end: number,
  target: Uint8Array,
  at: number,
): void {
  if (end - start > SHORT_BYTES) target.set(source.subarray(start, end), at);
  else for (let i = start, to = at; i < end; i++, to++) target[to] = source[i]!;
}

/** Whether `a[start, end)` and `b[from, to)` are the same bytes. */
export function isSameRun(
  a: DataView,
  start: number,
  end: number,
  b: DataView,
  from: number,
  to: number,
): boolean {
  if (to - from !== end - start) return false;
  let i = start;
  let k = from;
  for (; i + 4 <= end; i += 4, k += 4)
    if (a.getInt32(i, true) !== b.getInt32(k, true)) return false;
  for (; i < end; i++, k++) if (a.getUint8(i) !== b.getUint8(k)) return false;
  return true;
}
